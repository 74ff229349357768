// Hot where there is an API in front: `take` runs for every request.

/** A token bucket that a front door holds its requests against. */
export interface ThrottlePlan {
  /** Time in which the bucket gains one request; 0 for no limit. */
  readonly microsPerRequest: number;
  /** Time in which the empty bucket fills; Infinity for no limit. */
  readonly fillMicros: number;
}

/** Times of arrivals are whole microseconds: one that comes a rounding early is not refused for it. */
const ROUNDING_MICROS = 1;

/**
 * A token bucket, full at t = 0, and the counts of what it let through and what not.
 *
 * Instead of tokens it keeps the time at which the bucket would be full again (the generic cell rate
 * algorithm, ITU-T I.371): each request puts that off by `microsPerRequest`, and none may put it off by more
 * than `fillMicros` from now.
 */
export class RequestThrottle {
  /** By function: requests let through. */
  readonly passed: Float64Array;
  refused = 0;
  private fullAt = 0;
  private readonly plan: ThrottlePlan;

  constructor(plan: ThrottlePlan, functions: number) {
    this.plan = plan;
    this.passed = new Float64Array(functions);
  }

  /** A request comes for a function. Times must not go back. @returns whether there was a token for it */
  take(now: number, functionIndex: number): boolean {
    const { microsPerRequest, fillMicros } = this.plan;
    const fullAt = (this.fullAt > now ? this.fullAt : now) + microsPerRequest;
    if (fullAt - now > fillMicros + ROUNDING_MICROS) {
      this.refused++;
      return false;
    }
    this.fullAt = fullAt;
    this.passed[functionIndex]!++;
    return true;
  }
}
