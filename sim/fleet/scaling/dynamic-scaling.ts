import { openPolicy, type PolicyPlan } from './open-policy.ts';
import { largestVote, type MetricPlan, type ScalingMetric, type ScalingPolicy } from './scaling-policy.ts';

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
  /**
   * The load so far on all together: the metric as if one had borne it all, times microseconds. Its rise over
   * a time is the mean load of that time.
   */
  loadSoFar(metric: ScalingMetric): number;
}

/** A metric and the policies that listen to it. */
interface Clock extends MetricPlan {
  nextAt: number;
  readonly policies: readonly number[];
}

/**
 * Dynamic scaling policies and the metrics they listen to: each metric is read at the end of its period and
 * its policies asked. Policies whose metric is slower keep their last vote meanwhile, as alarms keep their
 * state.
 */
export class DynamicScaling {
  /** When the next data point is due; Infinity without policies. */
  nextAt = Number.POSITIVE_INFINITY;
  private readonly metrics: MetricSource;
  private readonly policies: readonly ScalingPolicy[];
  private readonly clocks: readonly Clock[];
  private readonly votes: (number | null)[];

  constructor(plans: readonly PolicyPlan[], metrics: MetricSource) {
    this.metrics = metrics;
    this.policies = plans.map(openPolicy);
    this.votes = plans.map(() => null);
    this.clocks = clocksOf(plans);
    this.findNext();
  }

  /**
   * Takes in the data points that are due at `nextAt`.
   * @param desired the desired capacity
   * @returns the capacity that the policies want together; never less while anything warms up
   */
  decide(desired: number): number {
    const { metrics, nextAt: now } = this;
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
    const wanted = largestVote(this.votes, desired);
    return warming > 0 ? Math.max(desired, wanted) : wanted;
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
