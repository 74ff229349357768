/** A target tracking policy, in numbers. */
export interface TargetTrackingPlan {
  readonly metric: 'cpu-percent' | 'requests-per-target-minute';
  readonly targetValue: number;
  /** The low alarm stands at this share of the target. */
  readonly lowAlarmShare: number;
  readonly highPoints: number;
  readonly lowPoints: number;
  readonly disableScaleIn: boolean;
}

/** What a policy sees at the end of a metric period. */
export interface GroupView {
  /** The data point; null when no instance gave one (INSUFFICIENT_DATA). */
  readonly metric: number | null;
  /** Instances that the data point speaks for. */
  readonly contributing: number;
  readonly desired: number;
  readonly warming: boolean;
}

/**
 * Target tracking as an Auto Scaling group does it. Two alarms watch the metric: high when it was above the
 * target for 3 data points in a row, low when below a share of it for 15. While an alarm stands the capacity
 * is set in proportion, ceil(contributing × metric / target): what is added is rounded up, what is removed
 * rounded down. Nothing is removed while an instance warms up.
 *
 * Sources: Amazon EC2 Auto Scaling User Guide, "Target tracking scaling policies" (2023-05); the low alarm's
 * share of 0.7 and the points are read off published alarms (75 → 52.5, 50 → 35, 40 → 28), not documented;
 * the proportional formula is an inference from "proportional" in the guide.
 */
export class TargetTracking {
  private readonly plan: TargetTrackingPlan;
  private high = 0;
  private low = 0;

  constructor(plan: TargetTrackingPlan) {
    this.plan = plan;
  }

  /**
   * Takes in a data point.
   * @returns the capacity that the policy wants; `desired` when it has nothing to say
   */
  decide({ metric, contributing, desired, warming }: GroupView): number {
    const { targetValue, lowAlarmShare, highPoints, lowPoints, disableScaleIn } = this.plan;
    this.high = metric !== null && metric > targetValue ? this.high + 1 : 0;
    this.low = metric !== null && metric < targetValue * lowAlarmShare ? this.low + 1 : 0;
    if (metric === null) return desired;
    const wanted = Math.ceil((contributing * metric) / targetValue - 1e-9);
    if (this.high >= highPoints) return Math.max(desired, wanted);
    if (this.low >= lowPoints && !warming && !disableScaleIn) return Math.min(desired, wanted);
    return desired;
  }
}
