// Hot: `fill` runs for every request of a trace of counts.
import type { Random } from '../kernel/random.ts';
import { MICROS_PER_MINUTE } from '../kernel/time.ts';
import type { ArrivalProcess } from './traffic.ts';

/** Counts by the minute of many functions in two columns; minutes without a request are left out. */
export class MinuteCounts {
  minutes = new Uint32Array(1024);
  counts = new Float64Array(1024);
  length = 0;

  push(minute: number, count: number): void {
    if (this.length === this.minutes.length) {
      const minutes = new Uint32Array(2 * this.length);
      const counts = new Float64Array(2 * this.length);
      minutes.set(this.minutes);
      counts.set(this.counts);
      this.minutes = minutes;
      this.counts = counts;
    }
    this.minutes[this.length] = minute;
    this.counts[this.length] = count;
    this.length += 1;
  }
}

/** The places of one function in the columns. */
export interface CountRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Exactly as many arrivals in each minute as were counted: evenly spaced from its start, or at random. Given
 * their number, the arrivals of a Poisson process are a sample of the uniform law (Ross, "Stochastic
 * Processes", 1996, theorem 2.3.1); they are drawn in order, each the least of those that are left.
 */
export class MinuteArrivals implements ArrivalProcess {
  private readonly table: MinuteCounts;
  private readonly to: number;
  private readonly startMicros: number;
  /** null for evenly spaced. */
  private readonly random: Random | null;
  private next: number;
  private minuteMicros = 0;
  private count = 0;
  private left = 0;
  /** Share of the minute that is left. */
  private room = 1;

  constructor(table: MinuteCounts, range: CountRange, startMicros: number, random: Random | null) {
    this.table = table;
    this.next = range.from;
    this.to = range.to;
    this.startMicros = startMicros;
    this.random = random;
  }

  fill(out: Float64Array, count: number): number {
    for (let i = 0; i < count; i += 1) {
      if (this.left === 0 && !this.nextMinute()) return i;
      out[i] = this.minuteMicros + Math.min(MICROS_PER_MINUTE - 1, this.place());
      this.left -= 1;
    }
    return count;
  }

  private place(): number {
    if (this.random === null) return Math.round(((this.count - this.left) * MICROS_PER_MINUTE) / this.count);
    this.room *= Math.exp(Math.log(1 - this.random()) / this.left);
    return Math.floor((1 - this.room) * MICROS_PER_MINUTE);
  }

  private nextMinute(): boolean {
    const { table } = this;
    while (this.next < this.to && table.counts[this.next] === 0) this.next += 1;
    if (this.next >= this.to) return false;
    this.minuteMicros = this.startMicros + table.minutes[this.next]! * MICROS_PER_MINUTE;
    this.count = table.counts[this.next]!;
    this.left = this.count;
    this.room = 1;
    this.next += 1;
    return true;
  }
}
