// Hot: `take` and `release` run for every invocation of a function with provisioned concurrency.
import { periodMicrosByHour } from '../../billing/hourly-usage.ts';
import { billedMs } from '../../billing/rules/billed-duration.ts';
import { clockHourOffset } from '../../kernel/clock-hours.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import type { Recorder } from '../../observe/recorder.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { Admission } from './admission.ts';
import type { EnvironmentPool } from './environment-pool.ts';
import type { FunctionPlan } from './plan.ts';
import { ProvisionedPeriods } from './provisioned-periods.ts';
import type { ProvisionedPlan } from './provisioned-plan.ts';
import { UtilizationTracking } from './provisioned-tracking.ts';
import { bucketOf, TokenBuckets } from './token-buckets.ts';

/** What a function has provisioned. */
interface Provision {
  readonly plan: ProvisionedPlan;
  readonly functionIndex: number;
  /** Asked for; allocated and usable; beyond what is asked for, to go when it is free. */
  configured: number;
  allocated: number;
  excess: number;
  /** When the allocation under way is complete; Infinity when none is. */
  readyAt: number;
  changesMade: number;
  readonly tracking: UtilizationTracking | null;
  readonly periods: ProvisionedPeriods;
  readonly delayRandom: Random;
  readonly initRandom: Random;
}

/**
 * Provisioned concurrency: the environments of each function that stand ready. In the pool they are functions
 * of their own, numbered after the others, whose environments never expire.
 *
 * Allocation begins after a delay and goes on at a rate; none is usable until all of it is there. What is
 * ready serves on meanwhile. They take requests up to their number, and up to ten a second for each of them
 * in all; what is beyond spills over to on-demand environments (Lambda Developer Guide, lambda-concurrency,
 * 2026). A schedule or a policy changes their number.
 */
export class Provisioned {
  /** When something is due: an allocation complete, a change of the schedule, a data point. */
  nextAt = Number.POSITIVE_INFINITY;
  /** By function: what was billed for initialising its environments. */
  readonly initMs: Float64Array;
  /** By function: what its invocations on them were billed. */
  readonly billedMs: Float64Array;
  private readonly functions: readonly FunctionPlan[];
  private readonly pool: EnvironmentPool;
  private readonly admission: Admission;
  private readonly recorder: Recorder;
  private readonly buckets: TokenBuckets;
  private readonly provisions: readonly (Provision | null)[];
  readonly windowMicros: number;
  /** How far into its clock-hour the window begins. */
  readonly offsetMicros: number;

  constructor(
    functions: readonly FunctionPlan[],
    parts: { pool: EnvironmentPool; admission: Admission; recorder: Recorder },
    run: { program: ProgramBase; replication: number },
  ) {
    this.functions = functions;
    this.pool = parts.pool;
    this.admission = parts.admission;
    this.recorder = parts.recorder;
    this.windowMicros = run.program.windowMicros;
    this.offsetMicros = clockHourOffset(run.program.startAtEpochMs);
    this.initMs = new Float64Array(functions.length);
    this.billedMs = new Float64Array(functions.length);
    this.buckets = new TokenBuckets(functions.map(() => null));
    this.provisions = functions.map(({ provisioned: plan }, index) =>
      plan === null ? null : newProvision(plan, index, run),
    );
    for (const each of this.provisions) {
      if (each === null || each.plan.initial === 0) continue;
      this.configure(each, each.plan.initial, 0);
      if (each.plan.warm) each.readyAt = 0;
    }
    this.findNext();
  }

  /** Carries out what is due at `nextAt`. */
  tick(): void {
    const now = this.nextAt;
    for (const each of this.provisions) {
      if (each === null) continue;
      if (each.readyAt === now) this.makeReady(each, now);
      const change = each.plan.schedule[each.changesMade];
      if (change?.atMicros === now) {
        each.changesMade++;
        this.configure(each, change.capacity, now);
      }
      if (each.tracking?.nextAt === now)
        this.configure(each, each.tracking.decide(each.allocated, each.configured), now);
    }
    this.findNext();
  }

  /** @returns an environment that stands ready for a request of the function, or -1: it spills over */
  take(functionIndex: number, now: number): number {
    const provision = this.provisions[functionIndex]!;
    if (provision === null || !this.buckets.has(now, functionIndex)) return -1;
    const environment = this.pool.takeIdle(this.functions.length + functionIndex);
    if (environment < 0) return -1;
    this.buckets.take(now, functionIndex);
    provision.tracking?.use(now, 1);
    return environment;
  }

  /** An invocation on a provisioned environment has ended. */
  release(environment: number, now: number): void {
    const provision = this.provisions[this.pool.functionOf[environment]! - this.functions.length]!;
    provision.tracking?.use(now, -1);
    if (provision.excess > 0) {
      provision.excess--;
      this.pool.end(environment, now);
    } else {
      this.pool.release(environment, now, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    }
  }

  /** The window is over: writes what was used into it. */
  close(usage: Record<string, number>): void {
    this.functions.forEach((_, index) => {
      const periods = this.provisions[index]?.periods;
      periods?.close(this.windowMicros);
      usage[`provisionedMs.${index}`] = this.billedMs[index]!;
      usage[`provisionedInitMs.${index}`] = this.initMs[index]!;
      usage[`provisionedThroughout.${index}`] = periods?.throughout ?? 0;
      usage[`provisionedFiveMinutes.${index}`] = periods?.fiveMinutes ?? 0;
    });
  }

  /** After `close`: environments × microseconds that are billed, by clock-hour. */
  closeHours(usage: Record<string, Float64Array>): void {
    this.provisions.forEach((provision, index) => {
      const periods = provision?.periods.ended ?? [];
      usage[`provisionedMicros.${index}`] = periodMicrosByHour(periods, this);
    });
  }

  /** From now on so many are asked for. */
  private configure(provision: Provision, capacity: number, now: number): void {
    const { plan, functionIndex, periods } = provision;
    const change = capacity - provision.configured;
    if (change === 0) return;
    provision.configured = capacity;
    this.admission.provision(functionIndex, this.functions[functionIndex]!, change);
    if (change > 0) periods.add(now, change);
    else periods.remove(now, -change);
    const missing = capacity - provision.allocated;
    if (missing <= 0) {
      provision.readyAt = Number.POSITIVE_INFINITY;
      this.retire(provision, -missing, now);
    } else if (change > 0) {
      const delay = plan.delay.sample(provision.delayRandom);
      provision.readyAt = now + delay + Math.round(missing / plan.perMicro);
    }
  }

  private makeReady(provision: Provision, now: number): void {
    const { plan, functionIndex } = provision;
    const started = provision.configured - provision.allocated;
    provision.readyAt = Number.POSITIVE_INFINITY;
    for (let count = 0; count < started; count++) {
      if (!(plan.warm && now === 0))
        this.initMs[functionIndex]! += billedMs(0, plan.init.sample(provision.initRandom));
      const environment = this.pool.start(this.functions.length + functionIndex, now);
      this.recorder.startAhead(now);
      this.pool.release(environment, now, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    }
    this.allocate(provision, started);
  }

  /** Ends environments that stand ready; those that are in use go when they are free. */
  private retire(provision: Provision, count: number, now: number): void {
    if (count === 0) return;
    this.allocate(provision, -count);
    for (let left = count; left > 0; left--) {
      const environment = this.pool.takeIdle(this.functions.length + provision.functionIndex);
      if (environment < 0) {
        provision.excess += left;
        return;
      }
      this.pool.end(environment, now);
    }
  }

  private allocate(provision: Provision, change: number): void {
    provision.allocated += change;
    const { requestsPerMicroEach } = provision.plan;
    if (requestsPerMicroEach === null || provision.allocated === 0) return;
    this.buckets.resize(provision.functionIndex, bucketOf(requestsPerMicroEach * provision.allocated));
  }

  private findNext(): void {
    this.nextAt = Number.POSITIVE_INFINITY;
    for (const each of this.provisions) {
      if (each === null) continue;
      const changeAt = each.plan.schedule[each.changesMade]?.atMicros ?? Number.POSITIVE_INFINITY;
      const pointAt = each.tracking?.nextAt ?? Number.POSITIVE_INFINITY;
      this.nextAt = Math.min(this.nextAt, each.readyAt, changeAt, pointAt);
    }
  }
}

function newProvision(
  plan: ProvisionedPlan,
  functionIndex: number,
  { program, replication }: { program: ProgramBase; replication: number },
): Provision {
  const { name } = program.workloads[functionIndex]!;
  const random = (purpose: string) => openRandom(program.seed, replication, purpose, name);
  return {
    plan,
    functionIndex,
    configured: 0,
    allocated: 0,
    excess: 0,
    readyAt: Number.POSITIVE_INFINITY,
    changesMade: 0,
    tracking: plan.tracking === null ? null : new UtilizationTracking(plan.tracking),
    periods: new ProvisionedPeriods(),
    delayRandom: random('provisioned'),
    initRandom: random('provisioned-init'),
  };
}
