// Hot: asked for every request. No allocation, no closures.
import { MICROS_PER_SECOND } from '../../kernel/time.ts';

/** How much faster the requests to a function may become. */
export interface RampPlan {
  /** Requests/s by which the rate may rise at once, and which it may rise by again after `perMicros`. */
  readonly requestsPerSecond: number;
  readonly perMicros: number;
}

/**
 * The half of the scaling rate that counts requests: "10,000 additional requests per second every ten
 * seconds" (Lambda Developer Guide, lambda-concurrency, 2026). Each function has a bucket of requests/s. A
 * second with more requests than what the function has come to takes the difference out of it, and no second
 * gets more than there is; the bucket gains steadily and holds no more than at the start. What the function
 * has come to falls, when requests fail to come, as fast as it may rise. AWS does not say how it looks at
 * rates; here it is second by second.
 */
export class RequestRamp {
  private readonly plan: RampPlan;
  private readonly gainPerSecond: number;
  /** By function: the end of the second that it is in, requests it may take in it, and may yet take. */
  private readonly secondEnd: Float64Array;
  private readonly ceiling: Float64Array;
  private readonly left: Float64Array;
  /** By function: requests/s come to, and by how much they may rise. */
  private readonly reached: Float64Array;
  private readonly tokens: Float64Array;

  constructor(plan: RampPlan, functions: number) {
    this.plan = plan;
    this.gainPerSecond = (plan.requestsPerSecond * MICROS_PER_SECOND) / plan.perMicros;
    this.secondEnd = new Float64Array(functions).fill(MICROS_PER_SECOND);
    this.left = new Float64Array(functions).fill(plan.requestsPerSecond);
    this.ceiling = new Float64Array(functions).fill(plan.requestsPerSecond);
    this.reached = new Float64Array(functions);
    this.tokens = new Float64Array(functions).fill(plan.requestsPerSecond);
  }

  /** Whether a function may take one more request. Times must not go back. */
  admits(now: number, functionIndex: number): boolean {
    if (now >= this.secondEnd[functionIndex]!) this.turn(now, functionIndex);
    return this.left[functionIndex]! >= 1;
  }

  take(functionIndex: number): void {
    this.left[functionIndex]!--;
  }

  /** One second of a function or several are over. */
  private turn(now: number, functionIndex: number): void {
    const { requestsPerSecond } = this.plan;
    const gain = this.gainPerSecond;
    const taken = this.ceiling[functionIndex]! - this.left[functionIndex]!;
    const reached = this.reached[functionIndex]!;
    const rise = Math.max(0, taken - reached);
    const idle = Math.floor((now - this.secondEnd[functionIndex]!) / MICROS_PER_SECOND);
    const tokens = Math.min(requestsPerSecond, this.tokens[functionIndex]! - rise + gain * (1 + idle));
    this.tokens[functionIndex] = tokens;
    this.reached[functionIndex] = Math.max(0, Math.max(taken, reached - gain) - gain * idle);
    this.ceiling[functionIndex] = this.reached[functionIndex]! + tokens;
    this.left[functionIndex] = this.ceiling[functionIndex]!;
    this.secondEnd[functionIndex]! += (1 + idle) * MICROS_PER_SECOND;
  }
}
