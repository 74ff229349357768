import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import type { MetricSource } from './dynamic-scaling.ts';
import { forecastLoad, LEAST_HOURS } from './load-forecast.ts';
import type { ScalingMetric } from './scaling-policy.ts';

/** A predictive scaling policy in mode ForecastAndScale, in numbers. */
export interface PredictiveScalingPlan {
  readonly metric: ScalingMetric;
  readonly targetValue: number;
  /** When the first full hour of the clock begins. */
  readonly firstHourAt: number;
  /** How long before its hour a capacity is asked for. */
  readonly bufferMicros: number;
  /** A forecast beyond the maximum may raise it to itself and so many percent; null for it may not. */
  readonly maxCapacityBuffer: number | null;
}

/** A forecast is made every six hours for the next 48 (user guide, "Predictive scaling", 2023-05). */
const REFRESH_HOURS = 6;
const AHEAD_HOURS = 48;
/** Below this a part of an instance is noise of binary fractions. */
const NOISE = 1e-9;

/**
 * Predictive scaling: what an hour is going to need, told from the past. It scales out only: its forecast
 * is a floor that holds for the hour, and a little before it.
 *
 * Source: Amazon EC2 Auto Scaling User Guide, "Predictive scaling" (2023-05): from 24 hours of data on, by
 * the hour, 48 hours ahead, renewed every six hours, scaling at the beginning of an hour.
 */
export class PredictiveScaling {
  /** When the floor may next change. */
  nextAt: number;
  /** The least that the present hour is forecast to need; 0 without a forecast. */
  floor = 0;
  private readonly plan: PredictiveScalingPlan;
  private readonly metrics: MetricSource;
  /** Mean load of each full hour so far. */
  private readonly past: number[] = [];
  private loadAtHour = 0;
  private hourAt: number;
  /** Capacity for the hours from `madeAtHour` on. */
  private forecast: number[] = [];
  private madeAtHour = 0;
  private hasBegun = false;

  constructor(plan: PredictiveScalingPlan, metrics: MetricSource) {
    this.plan = plan;
    this.metrics = metrics;
    this.hourAt = plan.firstHourAt;
    this.nextAt = plan.firstHourAt;
  }

  /** What the present forecast lets the maximum grow to. */
  raisedMax(max: number): number {
    const { maxCapacityBuffer } = this.plan;
    if (maxCapacityBuffer === null || this.floor === 0) return max;
    return Math.max(max, Math.ceil((this.floor * (100 + maxCapacityBuffer)) / 100 - NOISE));
  }

  /** Goes on to `nextAt`: an hour begins, or it is time to ask for the next one's capacity. */
  tick(): void {
    const now = this.nextAt;
    if (now === this.hourAt) this.beginHour();
    const hour = this.past.length;
    const comesSoon = now >= this.hourAt - this.plan.bufferMicros;
    this.floor = Math.max(this.capacityOf(hour), comesSoon ? this.capacityOf(hour + 1) : 0);
    const soonAt = this.hourAt - this.plan.bufferMicros;
    this.nextAt = soonAt > now ? soonAt : this.hourAt;
  }

  private beginHour(): void {
    const load = this.metrics.loadSoFar(this.plan.metric);
    if (this.hasBegun) this.past.push((load - this.loadAtHour) / MICROS_PER_HOUR);
    this.hasBegun = true;
    this.loadAtHour = load;
    this.hourAt += MICROS_PER_HOUR;
    const { length } = this.past;
    if (length < LEAST_HOURS || (length - LEAST_HOURS) % REFRESH_HOURS !== 0) return;
    this.madeAtHour = length;
    this.forecast = Array.from({ length: AHEAD_HOURS }, (_, ahead) => {
      const load = forecastLoad(this.past, length + ahead) ?? 0;
      return Math.ceil(load / this.plan.targetValue - NOISE);
    });
  }

  private capacityOf(hour: number): number {
    return this.forecast[hour - this.madeAtHour] ?? 0;
  }
}
