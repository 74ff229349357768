import { Alarm } from './alarm.ts';

/** How a data point is held against a threshold, in CloudWatch's words. */
export type ComparisonOperator =
  | 'GreaterThanOrEqualToThreshold'
  | 'GreaterThanThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

export interface ThresholdAlarmPlan {
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  /** Data points in a row that must breach. */
  readonly evaluationPeriods: number;
}

/** Whether an alarm is about values above its threshold. */
export function looksUp(comparison: ComparisonOperator): boolean {
  return comparison === 'GreaterThanOrEqualToThreshold' || comparison === 'GreaterThanThreshold';
}

/** A CloudWatch alarm on a metric, as step and simple scaling have one of their own each. */
export class ThresholdAlarm {
  private readonly plan: ThresholdAlarmPlan;
  private readonly alarm: Alarm;

  constructor(plan: ThresholdAlarmPlan) {
    this.plan = plan;
    this.alarm = new Alarm(plan.evaluationPeriods);
  }

  /** Takes in a data point, null for one that is missing. @returns whether it alarms */
  take(metric: number | null): boolean {
    return this.alarm.take(metric !== null && this.isBreaching(metric));
  }

  private isBreaching(metric: number): boolean {
    const { threshold, comparison } = this.plan;
    switch (comparison) {
      case 'GreaterThanOrEqualToThreshold':
        return metric >= threshold;
      case 'GreaterThanThreshold':
        return metric > threshold;
      case 'LessThanThreshold':
        return metric < threshold;
      case 'LessThanOrEqualToThreshold':
        return metric <= threshold;
    }
  }
}
