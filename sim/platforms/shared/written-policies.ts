import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { albOf, type ServerFrontDoorOptions } from './common-options.ts';
import { queueMetricProblems } from './queue-metrics.ts';

/** A scaling policy as written, and its place in the platform. */
export interface Written<Policy> {
  readonly policy: Policy;
  readonly path: Path;
}

/** The policies of a list under `key`, or of one that stands there by itself; none when it is not given. */
export function written<Policy>(
  key: string,
  policies: Policy | readonly Policy[] | undefined,
): Written<Policy>[] {
  if (policies === undefined) return [];
  if (!isList(policies)) return [{ policy: policies, path: [key] }];
  return policies.map((policy, index) => ({ policy, path: [key, index] }));
}

function isList<Policy>(policies: Policy | readonly Policy[]): policies is readonly Policy[] {
  return Array.isArray(policies);
}

/**
 * What AWS would refuse of the metrics that policies go by: those of a load balancer or a queue that is not
 * there, and one metric for two target tracking policies.
 * @param tracking the target tracking policies
 * @param others policies of other kinds
 */
export function metricProblems(
  tracking: readonly Written<{ readonly metric: string }>[],
  others: readonly Written<{ readonly metric: string }>[],
  frontDoor: ServerFrontDoorOptions,
  path: Path,
): Problem[] {
  const all = [...tracking, ...others];
  const withoutBalancer = all
    .filter(({ policy }) => policy.metric === 'ALBRequestCountPerTarget' && albOf(frontDoor) === null)
    .map((each) =>
      problem(
        'needs-load-balancer',
        [...path, ...each.path, 'metric'],
        'ALBRequestCountPerTarget needs a load balancer',
        { help: 'add `frontDoor: alb`: it is none when it is not given' },
      ),
    );
  return [
    ...withoutBalancer,
    ...queueMetricProblems(all, frontDoor, path),
    ...sameMetricProblems(tracking, path),
  ];
}

/**
 * Two target tracking policies with one metric: AWS takes several only "provided that each of them uses a
 * different metric" (Amazon EC2 Auto Scaling and Application Auto Scaling User Guides, "Target tracking
 * scaling policies", 2023-05).
 */
function sameMetricProblems(
  policies: readonly Written<{ readonly metric: string }>[],
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
