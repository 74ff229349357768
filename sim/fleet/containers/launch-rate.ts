import type { RateFraction } from '../../traffic/rate-fraction.ts';

/** How fast tasks may be launched; Infinity and null for no limit. */
export interface LaunchRatePlan {
  /** Tasks that may be launched at once after a pause: the size of the account's token bucket. */
  readonly burst: number;
  /** Tokens that the bucket gains. */
  readonly refill: RateFraction;
  /** Most launches of one service in any period of this length: `count` in `perMicros`. */
  readonly perService: RateFraction | null;
}

/**
 * The limits that a launch has to pass: the account's token bucket (kept, as ITU-T I.371 does, as the time at
 * which it would be full again), and the last launches of the service, of which any `count` must span
 * `perMicros`.
 */
export class LaunchRate {
  private readonly microsPerTask: number;
  private readonly fillMicros: number;
  private readonly perMicros: number;
  private fullAt = 0;
  /** When the last launches of the service were, oldest at the cursor. */
  private readonly last: Float64Array;
  private cursor = 0;

  constructor({ burst, refill, perService }: LaunchRatePlan) {
    this.microsPerTask = refill.perMicros / refill.count;
    this.fillMicros = burst * this.microsPerTask;
    this.perMicros = perService?.perMicros ?? 0;
    this.last = new Float64Array(perService?.count ?? 0).fill(Number.NEGATIVE_INFINITY);
  }

  /** The earliest whole microsecond, now or later, at which a task may be launched. */
  readyAt(now: number): number {
    const tokenAt = Math.ceil(this.fullAt + this.microsPerTask - this.fillMicros);
    const serviceAt = this.last.length === 0 ? now : this.last[this.cursor]! + this.perMicros;
    return Math.max(now, tokenAt, serviceAt);
  }

  /** Notes a launch at a time that `readyAt` has allowed. Times must not go back. */
  take(now: number): void {
    this.fullAt = Math.max(this.fullAt, now) + this.microsPerTask;
    if (this.last.length === 0) return;
    this.last[this.cursor] = now;
    this.cursor = (this.cursor + 1) % this.last.length;
  }
}
