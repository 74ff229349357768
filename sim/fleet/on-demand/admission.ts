// Hot: asked for every request. No allocation, no closures.
import type { ThrottleReason } from '../../observe/throttle-reason.ts';
import type { FunctionPlan, OnDemandPlan } from './plan.ts';
import { RequestRamp } from './request-ramp.ts';
import { type BucketPlan, bucketOf, TokenBuckets, UNLIMITED, wantingMax } from './token-buckets.ts';

/**
 * The limits of an account and its functions: who may be invoked now. First it is asked in the order of its
 * methods, then an invocation that met no refusal is told to it; one that is refused uses nothing up.
 */
export class Admission {
  /** By function that reserves concurrency: invocations under way on what is not provisioned. */
  private readonly busy: Int32Array;
  /** By function: environments that are provisioned, which its reservation or the account has less. */
  private readonly provisioned: Int32Array;
  private sharedBusy = 0;
  private sharedRoom: number;
  /** Ten requests/s for each unit of concurrency: of functions that reserve some, and of the account. */
  private readonly ownRates: TokenBuckets | null;
  /** The account's bucket, in fields: every request takes of it. See `TokenBuckets`. */
  private readonly accountCost: number;
  private readonly accountWantingMax: number;
  private accountFullAt = 0;
  private readonly starts: TokenBuckets | null;
  private readonly ramp: RequestRamp | null;

  constructor(plan: OnDemandPlan) {
    const { functions, requestsPerMicroPerConcurrency: perMicro, scalingRate } = plan;
    this.busy = new Int32Array(functions.length);
    this.provisioned = new Int32Array(functions.length);
    this.sharedRoom = plan.sharedConcurrency;
    const reservations = functions.map((each) => each.reservedConcurrency);
    this.ownRates = rateBuckets(reservations, perMicro);
    const account = perMicro === null ? null : rateBucket(plan.accountConcurrency, perMicro);
    this.accountCost = (account ?? UNLIMITED).microsPerToken;
    this.accountWantingMax = wantingMax(account ?? UNLIMITED);
    this.starts = scalingRate && new TokenBuckets(functions.map(() => scalingRate.starts));
    this.ramp = scalingRate && new RequestRamp(scalingRate.requests, functions.length);
  }

  /**
   * Whether requests come faster than ten a second for each unit of concurrency. Of totals: an environment
   * may serve any number (Lambda Developer Guide, lambda-concurrency, 2026).
   */
  isTooFast(now: number, functionIndex: number): boolean {
    return (
      this.accountFullAt - now > this.accountWantingMax ||
      (this.ownRates !== null && !this.ownRates.has(now, functionIndex))
    );
  }

  /** Why a request for an environment that is not provisioned is refused; null when it is not. */
  refusal(now: number, functionIndex: number, { reservedConcurrency }: FunctionPlan): ThrottleReason | null {
    if (reservedConcurrency === null) {
      if (this.sharedBusy >= this.sharedRoom) return 'accountConcurrency';
    } else if (this.busy[functionIndex]! + this.provisioned[functionIndex]! >= reservedConcurrency) {
      return this.provisioned[functionIndex]! > 0 && this.provisioned[functionIndex]! >= reservedConcurrency
        ? 'provisionedConcurrency'
        : 'reservedConcurrency';
    }
    return this.ramp !== null && !this.ramp.admits(now, functionIndex) ? 'scalingRate' : null;
  }

  /** Whether the scaling rate allows the function one more environment. */
  mayStart(now: number, functionIndex: number): boolean {
    return this.starts === null || this.starts.has(now, functionIndex);
  }

  /** An environment of the function was started. */
  started(now: number, functionIndex: number): void {
    this.starts?.take(now, functionIndex);
  }

  /** A request was accepted, on a provisioned environment or not. */
  accept(now: number, functionIndex: number, plan: FunctionPlan, isProvisioned: boolean): void {
    this.accountFullAt = (this.accountFullAt > now ? this.accountFullAt : now) + this.accountCost;
    if (this.ownRates !== null) this.ownRates.take(now, functionIndex);
    if (isProvisioned) return;
    if (this.ramp !== null) this.ramp.take(functionIndex);
    if (plan.reservedConcurrency === null) this.sharedBusy++;
    else this.busy[functionIndex]!++;
  }

  /** An invocation on an environment that is not provisioned has ended. */
  leave(functionIndex: number, { reservedConcurrency }: FunctionPlan): void {
    if (reservedConcurrency === null) this.sharedBusy--;
    else this.busy[functionIndex]!--;
  }

  /** The function has `change` more provisioned environments. */
  provision(functionIndex: number, { reservedConcurrency }: FunctionPlan, change: number): void {
    this.provisioned[functionIndex]! += change;
    if (reservedConcurrency === null) this.sharedRoom -= change;
  }
}

/** A second's worth of requests, for each concurrency that is a limit; null where none is. */
function rateBuckets(
  concurrencies: readonly (number | null)[],
  perMicro: number | null,
): TokenBuckets | null {
  if (perMicro === null) return null;
  const buckets = concurrencies.map((concurrency) => rateBucket(concurrency, perMicro));
  return buckets.every((bucket) => bucket === null) ? null : new TokenBuckets(buckets);
}

/** None for a concurrency without a limit, and none of zero: nothing is accepted there. */
function rateBucket(concurrency: number | null, perMicro: number): BucketPlan | null {
  if (concurrency === null || concurrency === 0 || concurrency === Number.POSITIVE_INFINITY) return null;
  return bucketOf(perMicro * concurrency);
}
