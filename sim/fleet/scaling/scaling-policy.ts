/**
 * What a policy can listen to: the mean CPU utilisation in percent, requests per target and minute, messages
 * of a queue that can be received, or these for each worker in service.
 */
export type ScalingMetric =
  | 'cpu-percent'
  | 'requests-per-target-minute'
  | 'messages-visible'
  | 'messages-per-worker';

/** How long an activity of Application Auto Scaling keeps others back, in microseconds. */
export interface CooldownPlan {
  readonly scaleOutMicros: number;
  readonly scaleInMicros: number;
}

/** Which metric a policy listens to, and how wide a data point of it is. */
export interface MetricPlan {
  readonly metric: ScalingMetric;
  readonly periodMicros: number;
  /** Of Application Auto Scaling; an Auto Scaling group has none around its dynamic policies. */
  readonly cooldowns?: CooldownPlan;
}

/** What a policy sees when a data point of its metric is there. */
export interface ScalingView {
  readonly now: number;
  /** The data point; null when nobody gave one (INSUFFICIENT_DATA). */
  readonly metric: number | null;
  /** Instances, tasks or pods that the data point speaks for. */
  readonly contributing: number;
  /** The desired capacity, those that still start or warm up included. */
  readonly desired: number;
  /** How many of them start or warm up. */
  readonly warming: number;
  /** When the last launch or termination was over; Infinity while one is under way. */
  readonly lastActivityAt: number;
}

/**
 * A dynamic scaling policy: a data point in, a wanted capacity out. A policy knows neither the limits of the
 * group nor the other policies, and holds no more than the memory of its alarms.
 */
export interface ScalingPolicy {
  /**
   * Takes in a data point.
   * @returns the capacity that the policy wants; `desired` to keep it as it is, against those that want less;
   * null when it has nothing to say
   */
  decide(view: ScalingView): number | null;
}

/**
 * What several policies want together: the largest capacity. So any of them scales out, and all that have a
 * say must agree to scale in (Amazon EC2 Auto Scaling User Guide, "Multiple dynamic scaling policies",
 * 2023-05).
 * @param votes null for who has nothing to say
 */
export function largestVote(votes: readonly (number | null)[], desired: number): number {
  const said = votes.filter((vote) => vote !== null);
  return said.length === 0 ? desired : Math.max(...said);
}
