import type { OnDemandPlan } from '../../sim/fleet/on-demand/plan.ts';

const SECOND = 1_000_000;

/** Tokens that are given back one after the other, each some time after the one before. */
export class Tokens {
  private backAt: number[] = [];
  private readonly count: number;
  private readonly micros: number;

  constructor(count: number, micros: number) {
    this.count = count;
    this.micros = micros;
  }

  has(now: number): boolean {
    this.backAt = this.backAt.filter((at) => at > now + 1);
    return this.backAt.length < this.count;
  }

  take(now: number): void {
    this.backAt.push(Math.max(this.backAt.at(-1) ?? now, now) + this.micros);
  }
}

/** By how much the requests of one function may become faster, worked out anew for every request. */
class Ramp {
  private readonly inSecond: number[] = [];
  private readonly cap: number;
  private readonly gain: number;

  constructor({ requestsPerSecond, perMicros }: { requestsPerSecond: number; perMicros: number }) {
    this.cap = requestsPerSecond;
    this.gain = (requestsPerSecond / perMicros) * SECOND;
  }

  has(now: number): boolean {
    const count = (second: number) => this.inSecond[second] ?? 0;
    let [reached, tokens] = [0, this.cap];
    const present = Math.floor(now / SECOND);
    for (let second = 0; second < present; second++) {
      tokens = Math.min(this.cap, tokens - Math.max(0, count(second) - reached) + this.gain);
      reached = Math.max(0, count(second), reached - this.gain);
    }
    return count(present) + 1 <= reached + tokens + 1e-9;
  }

  take(now: number): void {
    const second = Math.floor(now / SECOND);
    this.inSecond[second] = (this.inSecond[second] ?? 0) + 1;
  }
}

type Limit = Pick<Tokens, 'has' | 'take'>;

/** The rates that requests and starts of a function are held against, as the documentation tells them. */
export class Rates {
  private readonly account: Limit[] = [];
  private readonly own: Limit[][];
  private readonly ramps: Limit[][];
  private readonly starts: Limit[][];

  constructor(plan: OnDemandPlan) {
    const { requestsPerMicroPerConcurrency: rate, scalingRate, accountConcurrency } = plan;
    const bucket = (concurrency: number | null) =>
      rate === null || concurrency === null || concurrency === 0 || !Number.isFinite(concurrency)
        ? []
        : [new Tokens(Math.round(rate * concurrency * SECOND), 1 / (rate * concurrency))];
    this.account = bucket(accountConcurrency);
    this.own = plan.functions.map((each) => bucket(each.reservedConcurrency));
    this.ramps = plan.functions.map(() => (scalingRate === null ? [] : [new Ramp(scalingRate.requests)]));
    this.starts = plan.functions.map(() => {
      if (scalingRate === null) return [];
      const { microsPerToken, fillMicros } = scalingRate.starts;
      return [new Tokens(Math.round(fillMicros / microsPerToken), microsPerToken)];
    });
  }

  isTooFast(now: number, index: number): boolean {
    return ![...this.account, ...this.own[index]!].every((each) => each.has(now));
  }

  growsTooFast(now: number, index: number, needsStart: boolean): boolean {
    const limits = [...this.ramps[index]!, ...(needsStart ? this.starts[index]! : [])];
    return !limits.every((each) => each.has(now));
  }

  accept(now: number, index: number, needsStart: boolean): void {
    const limits = [...this.account, ...this.own[index]!, ...this.ramps[index]!];
    for (const limit of needsStart ? [...limits, ...this.starts[index]!] : limits) limit.take(now);
  }
}
