import { type Adjustment, adjustedCapacity } from './capacity-adjustment.ts';
import type { MetricPlan, ScalingPolicy, ScalingView } from './scaling-policy.ts';
import { ThresholdAlarm, type ThresholdAlarmPlan } from './threshold-alarm.ts';

/** A simple scaling policy and its alarm, in numbers. */
export interface SimpleScalingPlan extends MetricPlan, ThresholdAlarmPlan, Adjustment {
  readonly kind: 'simple-scaling';
  readonly cooldownMicros: number;
}

/**
 * Simple scaling: while the alarm stands, one adjustment, and then none until the cooldown is over. It begins
 * when the last instance that was launching or terminating has done so, whoever asked for that.
 *
 * Source: Amazon EC2 Auto Scaling User Guide, "Scaling cooldowns" (2023-05).
 */
export class SimpleScaling implements ScalingPolicy {
  private readonly plan: SimpleScalingPlan;
  private readonly alarm: ThresholdAlarm;

  constructor(plan: SimpleScalingPlan) {
    this.plan = plan;
    this.alarm = new ThresholdAlarm(plan);
  }

  decide({ now, metric, desired, lastActivityAt }: ScalingView): number | null {
    const isAlarming = this.alarm.take(metric);
    const isReady = now - lastActivityAt >= this.plan.cooldownMicros;
    return isAlarming && isReady ? adjustedCapacity(desired, this.plan) : null;
  }
}
