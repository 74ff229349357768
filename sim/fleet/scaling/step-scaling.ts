import { type AdjustmentType, adjustedCapacity } from './capacity-adjustment.ts';
import type { MetricPlan, ScalingPolicy, ScalingView } from './scaling-policy.ts';
import { looksUp, ThresholdAlarm, type ThresholdAlarmPlan } from './threshold-alarm.ts';

/** What to do while the metric is within bounds, which are relative to the alarm's threshold. */
export interface Step {
  /** −Infinity and Infinity where there is none. */
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly adjustment: number;
}

/** A step scaling policy and its alarm, in numbers. */
export interface StepScalingPlan extends MetricPlan, ThresholdAlarmPlan {
  readonly kind: 'step-scaling';
  readonly adjustmentType: AdjustmentType;
  readonly minAdjustmentMagnitude: number;
  readonly steps: readonly Step[];
}

/**
 * Step scaling: while the alarm stands, at every data point, the step in which the metric lies says what to
 * do. Above the threshold a lower bound is part of its step and an upper bound is not; below it is the other
 * way round. Instances that warm up are part of the desired capacity already: an adjustment is reckoned from
 * the others, so that a breach that goes on within one step is one activity.
 *
 * Source: Amazon EC2 Auto Scaling User Guide, "Step and simple scaling policies" (2023-05).
 */
export class StepScaling implements ScalingPolicy {
  private readonly plan: StepScalingPlan;
  private readonly alarm: ThresholdAlarm;

  constructor(plan: StepScalingPlan) {
    this.plan = plan;
    this.alarm = new ThresholdAlarm(plan);
  }

  decide({ metric, desired, warming }: ScalingView): number | null {
    if (!this.alarm.take(metric)) return null;
    const step = this.stepOf(metric! - this.plan.threshold);
    if (step === undefined) return null;
    const { adjustmentType, minAdjustmentMagnitude } = this.plan;
    const how = { adjustmentType, minAdjustmentMagnitude, adjustment: step.adjustment };
    if (adjustmentType === 'ExactCapacity') return adjustedCapacity(desired, how);
    return step.adjustment > 0
      ? Math.max(desired, adjustedCapacity(desired - warming, how))
      : adjustedCapacity(desired, how);
  }

  private stepOf(breach: number): Step | undefined {
    const isUp = looksUp(this.plan.comparison);
    return this.plan.steps.find(({ lowerBound, upperBound }) =>
      isUp
        ? lowerBound <= breach && (breach < upperBound || upperBound === Number.POSITIVE_INFINITY)
        : lowerBound < breach && breach <= upperBound,
    );
  }
}
