import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { DynamicScaling, type MetricSource } from './dynamic-scaling.ts';
import type { PolicyPlan } from './open-policy.ts';
import { PredictiveScaling, type PredictiveScalingPlan } from './predictive-scaling.ts';

/** What is scaled: a group of instances, a service of tasks, a set of pods. */
export interface ScalingTarget {
  readonly desired: number;
  setDesired(desired: number, now: number): void;
  /** Told when the largest size changes, where that matters. */
  limit?(max: number, now: number): void;
}

/** A scheduled action at one of its times; null for what it leaves as it is. */
export interface ScheduledAction {
  readonly atMicros: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly desired: number | null;
}

/** The limits of the desired capacity, and what moves it within them. */
export interface ScalingPlan {
  readonly min: number;
  readonly max: number;
  readonly policies: readonly PolicyPlan[];
  /** In order of time. */
  readonly schedule: readonly ScheduledAction[];
  readonly predictive: PredictiveScalingPlan | null;
}

/**
 * Steers the desired capacity of a target: scheduled actions set it and its limits, a forecast holds it up,
 * and dynamic policies move it within the limits. At one instant in this order.
 */
export class AutoScaler {
  /** When there is next something to do; Infinity for never. */
  nextAt = Number.POSITIVE_INFINITY;
  private readonly plan: ScalingPlan;
  private readonly target: ScalingTarget;
  private readonly dynamic: DynamicScaling;
  private readonly predictive: PredictiveScaling | null;
  private min: number;
  private max: number;
  private done = 0;
  /** The target would not come down to its maximum, as during a deployment: it is asked again. */
  private isHeldUp = false;

  constructor(plan: ScalingPlan, target: ScalingTarget, metrics: MetricSource) {
    this.plan = plan;
    this.target = target;
    this.min = plan.min;
    this.max = plan.max;
    this.dynamic = new DynamicScaling(plan.policies, metrics);
    this.predictive = plan.predictive === null ? null : new PredictiveScaling(plan.predictive, metrics);
    this.findNext();
  }

  /** Whether the target is steered at all, and could still grow beyond a capacity. */
  canGrow(capacity: number): boolean {
    const { policies, schedule, predictive } = this.plan;
    if (policies.length === 0 && schedule.length === 0 && predictive === null) return false;
    return capacity < schedule.reduce((most, { max }) => Math.max(most, max ?? 0), this.plan.max);
  }

  /** Carries out what is due at `nextAt`. */
  tick(): void {
    const { target, predictive, dynamic, nextAt: now } = this;
    while (this.plan.schedule[this.done]?.atMicros === now) this.act(this.plan.schedule[this.done++]!);
    if (predictive?.nextAt === now) predictive.tick();
    const wanted = dynamic.nextAt === now ? dynamic.decide(target.desired) : target.desired;
    this.set(wanted, now);
    this.findNext();
  }

  /** Sets what is wanted, within the limits, and no less than the forecast. */
  private set(wanted: number, now: number): void {
    const { target, predictive } = this;
    const max = predictive === null ? this.max : predictive.raisedMax(this.max);
    const floor = Math.min(max, Math.max(this.min, predictive?.floor ?? 0));
    const within = Math.max(floor, Math.min(max, wanted));
    if (within !== target.desired) target.setDesired(within, now);
    this.isHeldUp = target.desired > max;
  }

  private act({ min, max, desired, atMicros }: ScheduledAction): void {
    this.min = min ?? this.min;
    this.max = max ?? this.max;
    if (max !== null) this.target.limit?.(max, atMicros);
    this.set(desired ?? this.target.desired, atMicros);
  }

  private findNext(): void {
    const actionAt = this.plan.schedule[this.done]?.atMicros ?? Number.POSITIVE_INFINITY;
    const forecastAt = this.predictive?.nextAt ?? Number.POSITIVE_INFINITY;
    const againAt = this.isHeldUp ? this.nextAt + MICROS_PER_MINUTE : Number.POSITIVE_INFINITY;
    this.nextAt = Math.min(this.dynamic.nextAt, actionAt, forecastAt, againAt);
  }
}
