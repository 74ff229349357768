import { billedMs } from '../../billing/rules/billed-duration.ts';
import type { Distribution } from '../../distributions/distribution.ts';
import { openRandom } from '../../kernel/random.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { EnvironmentPool } from './environment-pool.ts';
import { type BucketPlan, bucketOf, TokenBuckets } from './token-buckets.ts';

/** Environments that are kept ready for a function, whether requests come or not. */
export interface ProvisionedPlan {
  readonly count: number;
  /** Whether they are ready at t = 0 or are asked for then. */
  readonly warm: boolean;
  /** From asking to the start of the allocation; then `count` at `perMicro`, usable when all are there. */
  readonly delay: Distribution;
  readonly perMicro: number;
  /** Requests that each of them stands for, in all: what comes faster spills over. Null for no limit. */
  readonly requestsPerMicroEach: number | null;
  /** What initialising one of them takes; billed when it happens inside the window. */
  readonly init: Distribution;
}

/**
 * Provisioned concurrency: the environments of each function that stand ready. In the pool they are functions
 * of their own, numbered after the others, whose environments never expire.
 *
 * Allocation begins after a delay and goes on at a rate; none is usable until all of it is there. They take
 * requests up to their number, and up to ten a second for each of them in all; what is beyond spills over to
 * on-demand environments (Lambda Developer Guide, lambda-concurrency, 2026).
 */
export class Provisioned {
  /** When the next function's environments are all there; Infinity when none is waited for. */
  nextReadyAt = Number.POSITIVE_INFINITY;
  /** By function: what was billed for initialising its environments. */
  readonly initMs: Float64Array;
  /** By function: what its invocations on them were billed. */
  readonly billedMs: Float64Array;
  private readonly plans: readonly (ProvisionedPlan | null)[];
  private readonly pool: EnvironmentPool;
  private readonly buckets: TokenBuckets;
  private readonly readyAt: Float64Array;

  constructor(
    plans: readonly (ProvisionedPlan | null)[],
    pool: EnvironmentPool,
    run: { program: ProgramBase; replication: number },
  ) {
    const { program, replication } = run;
    this.plans = plans;
    this.pool = pool;
    this.initMs = new Float64Array(plans.length);
    this.billedMs = new Float64Array(plans.length);
    this.buckets = new TokenBuckets(plans.map((plan) => bucketOfPlan(plan)));
    this.readyAt = Float64Array.from(plans, (plan, index) => {
      if (plan === null) return Number.POSITIVE_INFINITY;
      const { name } = program.workloads[index]!;
      const random = (purpose: string) => openRandom(program.seed, replication, purpose, name);
      if (!plan.warm) this.initMs[index] = initMsOf(plan, random('provisioned-init'));
      return plan.warm
        ? 0
        : plan.delay.sample(random('provisioned')) + Math.round(plan.count / plan.perMicro);
    });
    this.nextReadyAt = earliest(this.readyAt);
  }

  /** All environments of the functions that are due have been allocated: they stand ready. */
  makeReady(): void {
    const now = this.nextReadyAt;
    this.plans.forEach((plan, index) => {
      if (plan === null || this.readyAt[index] !== now) return;
      this.readyAt[index] = Number.POSITIVE_INFINITY;
      for (let count = 0; count < plan.count; count++) {
        this.release(this.pool.start(this.plans.length + index, now), now);
      }
    });
    this.nextReadyAt = earliest(this.readyAt);
  }

  /** @returns an environment that stands ready for a request of the function, or -1: it spills over */
  take(functionIndex: number, now: number): number {
    if (this.plans[functionIndex] === null || !this.buckets.has(now, functionIndex)) return -1;
    const environment = this.pool.takeIdle(this.plans.length + functionIndex);
    if (environment >= 0) this.buckets.take(now, functionIndex);
    return environment;
  }

  release(environment: number, now: number): void {
    this.pool.release(environment, now, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  }
}

function bucketOfPlan(plan: ProvisionedPlan | null): BucketPlan | null {
  if (plan === null || plan.requestsPerMicroEach === null) return null;
  return bucketOf(plan.requestsPerMicroEach * plan.count);
}

function initMsOf({ count, init }: ProvisionedPlan, random: ReturnType<typeof openRandom>): number {
  let total = 0;
  for (let environment = 0; environment < count; environment++) total += billedMs(0, init.sample(random));
  return total;
}

function earliest(times: Float64Array): number {
  return times.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY);
}
