import type { MetricPlan } from '../../fleet/scaling/scaling-policy.ts';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { queueOf, type ServerFrontDoorOptions } from './common-options.ts';

/**
 * Metrics of a queue by their names in a scenario. The backlog of a worker is what AWS advises to track: a
 * customized metric, ApproximateNumberOfMessagesVisible divided by the capacity in service (Amazon EC2 Auto
 * Scaling User Guide, "Scaling policy based on Amazon SQS", and target tracking with metric math, 2026;
 * AWS Copilot calls that of a task BacklogPerTask).
 */
const METRICS = {
  ApproximateNumberOfMessagesVisible: 'messages-visible',
  BacklogPerInstance: 'messages-per-worker',
  BacklogPerTask: 'messages-per-worker',
} as const;

/**
 * What a policy listens to, if it is a metric of a queue: SQS tells its metrics each minute (SQS Developer
 * Guide, available CloudWatch metrics, 2026).
 */
export function planQueueMetric(metric: string): MetricPlan | null {
  if (!Object.hasOwn(METRICS, metric)) return null;
  return { metric: METRICS[metric as keyof typeof METRICS], periodMicros: MICROS_PER_MINUTE };
}

/**
 * Policies that listen to a queue where there is none.
 * @param policies each with its place in the platform
 */
export function queueMetricProblems(
  policies: readonly { readonly policy: { readonly metric: string }; readonly path: Path }[],
  frontDoor: ServerFrontDoorOptions,
  path: Path,
): Problem[] {
  if (queueOf(frontDoor) !== null) return [];
  return policies
    .filter(({ policy: { metric } }) => planQueueMetric(metric) !== null)
    .map(({ policy: { metric }, path: place }) =>
      problem('needs-queue', [...path, ...place, 'metric'], `${metric} needs a queue`, {
        help: 'add `frontDoor: sqs`',
      }),
    );
}
