import type { RateFraction } from '../../traffic/rate-fraction.ts';

/** How fast tasks may be launched. */
export interface LaunchRatePlan {
  /** Tasks that may be launched at once after a pause: the size of the account's token bucket. */
  readonly burst: number;
  /** Tokens that the bucket gains. */
  readonly refill: RateFraction;
  /** What one service may launch, evenly: AWS tells it by the minute, and launches went on without pauses. */
  readonly perService: RateFraction;
}

/**
 * The limits that a launch has to pass: the account's token bucket (kept, as ITU-T I.371 does, as the time at
 * which it would be full again), and the pace of the service.
 */
export class LaunchRate {
  private readonly microsPerTask: number;
  private readonly fillMicros: number;
  private readonly paceMicros: number;
  private fullAt = 0;
  private paceAt = 0;

  constructor({ burst, refill, perService }: LaunchRatePlan) {
    this.microsPerTask = refill.perMicros / refill.count;
    this.fillMicros = burst * this.microsPerTask;
    this.paceMicros = perService.perMicros / perService.count;
  }

  /** The earliest whole microsecond, now or later, at which a task may be launched. */
  readyAt(now: number): number {
    const tokenAt = this.fullAt + this.microsPerTask - this.fillMicros;
    return Math.max(now, Math.ceil(tokenAt), Math.ceil(this.paceAt));
  }

  /** Notes a launch at a time that `readyAt` has allowed. Times must not go back. */
  take(now: number): void {
    this.fullAt = Math.max(this.fullAt, now) + this.microsPerTask;
    // A launch at the first whole microsecond does not put off those after it.
    this.paceAt = Math.max(this.paceAt, now - 1) + this.paceMicros;
  }
}
