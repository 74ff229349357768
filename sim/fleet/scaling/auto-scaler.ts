import { openPolicy, type PolicyPlan } from './open-policy.ts';
import { largestVote, type MetricPlan, type ScalingMetric, type ScalingPolicy } from './scaling-policy.ts';

/** What is scaled: a group of instances, a service of tasks, a set of pods. */
export interface ScalingTarget {
  readonly desired: number;
  setDesired(desired: number, now: number): void;
}

/** A data point, and how many it speaks for. */
export interface MetricPoint {
  readonly value: number | null;
  readonly contributing: number;
}

/** What can be seen of a target. */
export interface MetricSource {
  /** How many start or warm up. Nothing is removed while any does. */
  countWarming(now: number): number;
  /** When the last launch or termination was over; Infinity while one is under way, −Infinity before any. */
  readonly lastActivityAt: number;
  /** The data point of the period that ends now. Each metric is read once a period. */
  read(metric: ScalingMetric, now: number, periodMicros: number): MetricPoint;
}

/** The limits of the desired capacity, and what moves it within them. */
export interface ScalingPlan {
  readonly min: number;
  readonly max: number;
  readonly policies: readonly PolicyPlan[];
}

/** A metric and the policies that listen to it. */
interface Clock extends MetricPlan {
  nextAt: number;
  readonly policies: readonly number[];
}

/**
 * Lets dynamic scaling policies steer a target: reads each metric at the end of its period, asks the
 * policies, and sets the capacity that the largest vote wants, within the target's limits. Policies whose
 * metric is slower keep their last vote meanwhile, as alarms keep their state.
 */
export class AutoScaler {
  /** When the next data point is due; Infinity without policies. */
  nextAt = Number.POSITIVE_INFINITY;
  private readonly plan: ScalingPlan;
  private readonly target: ScalingTarget;
  private readonly metrics: MetricSource;
  private readonly policies: readonly ScalingPolicy[];
  private readonly clocks: readonly Clock[];
  private readonly votes: (number | null)[];

  constructor(plan: ScalingPlan, target: ScalingTarget, metrics: MetricSource) {
    this.plan = plan;
    this.target = target;
    this.metrics = metrics;
    this.policies = plan.policies.map(openPolicy);
    this.votes = plan.policies.map(() => null);
    this.clocks = clocksOf(plan.policies);
    this.findNext();
  }

  /** Carries out what is due at `nextAt`. */
  tick(): void {
    const { plan, target, metrics, nextAt: now } = this;
    const { desired } = target;
    const { lastActivityAt } = metrics;
    const warming = metrics.countWarming(now);
    for (const clock of this.clocks) {
      if (clock.nextAt !== now) continue;
      clock.nextAt += clock.periodMicros;
      const { value, contributing } = metrics.read(clock.metric, now, clock.periodMicros);
      for (const index of clock.policies) {
        const view = { now, metric: value, contributing, desired, warming, lastActivityAt };
        this.votes[index] = this.policies[index]!.decide(view);
      }
    }
    this.findNext();
    const wanted = Math.max(plan.min, Math.min(plan.max, largestVote(this.votes, desired)));
    if (wanted === desired || (wanted < desired && warming > 0)) return;
    target.setDesired(wanted, now);
  }

  private findNext(): void {
    this.nextAt = this.clocks.reduce(
      (first, { nextAt }) => Math.min(first, nextAt),
      Number.POSITIVE_INFINITY,
    );
  }
}

function clocksOf(plans: readonly PolicyPlan[]): Clock[] {
  const clocks: (MetricPlan & { nextAt: number; policies: number[] })[] = [];
  plans.forEach(({ metric, periodMicros }, index) => {
    const known = clocks.find((each) => each.metric === metric && each.periodMicros === periodMicros);
    if (known !== undefined) known.policies.push(index);
    else clocks.push({ metric, periodMicros, nextAt: periodMicros, policies: [index] });
  });
  return clocks;
}
