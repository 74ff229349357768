import { Alarm } from './alarm.ts';
import type { MetricPlan, ScalingPolicy, ScalingView } from './scaling-policy.ts';

/** A target tracking policy, in numbers. */
export interface TargetTrackingPlan extends MetricPlan {
  readonly kind: 'target-tracking';
  readonly targetValue: number;
  /** The low alarm stands at this share of the target. */
  readonly lowAlarmShare: number;
  readonly highPoints: number;
  readonly lowPoints: number;
  readonly disableScaleIn: boolean;
}

/** What the policy needs to know, whatever its metric is. */
export type TargetTrackingRule = Omit<TargetTrackingPlan, 'kind' | keyof MetricPlan>;

/** Below this a part of an instance is noise of binary fractions. */
const NOISE = 1e-9;

/**
 * Target tracking. Two alarms watch the metric: high when it was above the target for 3 data points in a row,
 * low when below a share of it for 15. While an alarm stands the capacity is set in proportion,
 * ceil(contributing × metric / target): what is added is rounded up, what is removed rounded down. A policy
 * that may not scale in keeps out of it, and does not stop others.
 *
 * Sources: Amazon EC2 Auto Scaling User Guide, "Target tracking scaling policies" (2023-05); the low alarm's
 * share of 0.7 and the points are read off published alarms (75 → 52.5, 50 → 35, 40 → 28), not documented;
 * the proportional formula is an inference from "proportional" in the guide.
 */
export class TargetTracking implements ScalingPolicy {
  private readonly plan: TargetTrackingRule;
  private readonly high: Alarm;
  private readonly low: Alarm;

  constructor(plan: TargetTrackingRule) {
    this.plan = plan;
    this.high = new Alarm(plan.highPoints);
    this.low = new Alarm(plan.lowPoints);
  }

  decide({ metric, contributing, desired }: ScalingView): number | null {
    const { targetValue, lowAlarmShare, disableScaleIn } = this.plan;
    const isHigh = this.high.take(metric !== null && metric > targetValue);
    const isLow = this.low.take(metric !== null && metric < targetValue * lowAlarmShare);
    const wanted = Math.ceil((contributing * (metric ?? 0)) / targetValue - NOISE);
    if (isHigh) return Math.max(desired, wanted);
    if (disableScaleIn) return null;
    return isLow ? Math.min(desired, wanted) : desired;
  }
}
