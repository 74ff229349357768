import { type Path, type Problem, problem } from '../../problems/problem.ts';

/**
 * Two target tracking policies with one metric: AWS takes several only "provided that each of them uses a
 * different metric" (Amazon EC2 Auto Scaling and Application Auto Scaling User Guides, "Target tracking
 * scaling policies", 2023-05).
 *
 * @param policies each with its place in the file
 */
export function sameMetricProblems(
  policies: readonly { readonly policy: { readonly metric: string }; readonly path: Path }[],
  path: Path,
): Problem[] {
  const seen = new Set<string>();
  return policies.flatMap(({ policy: { metric }, path: place }) => {
    if (!seen.has(metric)) {
      seen.add(metric);
      return [];
    }
    const message = `two target tracking policies use ${metric}`;
    const help = 'AWS: each of them uses a different metric; keep one';
    return [problem('refused-scaling-policy', [...path, ...place, 'metric'], message, { help })];
  });
}
