import { addSpan } from './time-series.ts';

/** A whole number that changes at instants, as the count of environments: its mean, its peak and its bins. */
export class Level {
  now = 0;
  /** Peak and area (level × microseconds) from the end of the warm-up on. */
  max = 0;
  area = 0;
  private since = 0;
  private readonly bins: Float64Array;
  private readonly stepMicros: number;
  private readonly warmupMicros: number;

  /** @param bins area of each bin, from a time series */
  constructor(bins: Float64Array, stepMicros: number, warmupMicros: number) {
    this.bins = bins;
    this.stepMicros = stepMicros;
    this.warmupMicros = warmupMicros;
  }

  /** Accounts for the time up to `at`, then changes the level by `delta`. Times must not go back. */
  change(at: number, delta: number): void {
    if (at > this.since) {
      addSpan(this.bins, this.stepMicros, this.since, at, this.now);
      const measuredFrom = Math.max(this.since, this.warmupMicros);
      if (at > measuredFrom) {
        this.area += this.now * (at - measuredFrom);
        if (this.now > this.max) this.max = this.now;
      }
      this.since = at;
    }
    this.now += delta;
    if (at >= this.warmupMicros && this.now > this.max) this.max = this.now;
  }
}
