// `use` is hot where a function's provisioned concurrency is tracked.
import { TargetTracking } from '../scaling/target-tracking.ts';
import type { ProvisionedTracking } from './provisioned-plan.ts';

/**
 * The metric ProvisionedConcurrencyUtilization of a function, and the target tracking policy that listens to
 * it. The metric is emitted "only when your function is active and receiving requests": a period in which
 * nothing ran gives no data point, the alarms stand at INSUFFICIENT_DATA, and nothing is scaled in. What is
 * added is in proportion, "in large steps", what is removed comes "in smaller periodic steps" (Lambda
 * Developer Guide, provisioned-concurrency, 2026). A data point is the mean over time of environments in use
 * by environments allocated.
 */
export class UtilizationTracking {
  nextAt: number;
  private readonly plan: ProvisionedTracking;
  private readonly policy: TargetTracking;
  private inUse = 0;
  private most = 0;
  private wasActive = false;
  private since = 0;
  private area = 0;

  constructor(plan: ProvisionedTracking) {
    this.plan = plan;
    this.policy = new TargetTracking(plan.rule);
    this.nextAt = plan.periodMicros;
  }

  /** An environment is taken into use (1) or given back (-1). */
  use(now: number, change: number): void {
    this.area += this.inUse * (now - this.since);
    this.since = now;
    this.inUse += change;
    this.wasActive = true;
    if (this.inUse > this.most) this.most = this.inUse;
  }

  /**
   * A period ends.
   * @returns how many environments should be provisioned from now on
   */
  decide(allocated: number, configured: number): number {
    const { min, max, periodMicros, statistic, keptShare } = this.plan;
    const now = this.nextAt;
    this.nextAt = now + periodMicros;
    const metric = allocated === 0 || !this.wasActive ? null : this.dataPoint(now, statistic) / allocated;
    this.area = 0;
    this.since = now;
    this.most = this.inUse;
    this.wasActive = this.inUse > 0;
    const view = { now, metric, contributing: allocated, desired: configured, warming: 0, lastActivityAt: 0 };
    const wanted = this.policy.decide(view) ?? configured;
    const kept = Math.min(configured - 1, Math.ceil(configured * keptShare));
    return Math.max(min, Math.min(max, wanted < configured ? Math.max(wanted, kept) : wanted));
  }

  private dataPoint(now: number, statistic: ProvisionedTracking['statistic']): number {
    if (statistic === 'Maximum') return this.most;
    return (this.area + this.inUse * (now - this.since)) / this.plan.periodMicros;
  }
}
