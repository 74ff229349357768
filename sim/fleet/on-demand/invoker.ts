// Hot: `invoke` and `complete` run for every invocation. No allocation, no closures.
import { billedMs } from '../../billing/rules/billed-duration.ts';
import { CalendarQueue } from '../../kernel/calendar-queue.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { grownFloat64 } from '../../kernel/typed-arrays.ts';
import { HourlyCounts } from '../../observe/hourly-counts.ts';
import type { LimitedBy, Observation } from '../../observe/observation.ts';
import type { Recorder } from '../../observe/recorder.ts';
import type { ThrottleReason } from '../../observe/throttle-reason.ts';
import type { ProgramBase } from '../../workload/program.ts';
import { Admission } from './admission.ts';
import { EnvironmentPool } from './environment-pool.ts';
import type { FunctionPlan, OnDemandPlan } from './plan.ts';
import { Provisioned } from './provisioned.ts';

/**
 * Invokes functions: admits or throttles, finds or starts an environment, and knows when it will be free
 * again. An engine drives it, and decides what an invocation is for: a request that waits for its answer, an
 * event, a batch of messages.
 *
 * The engine calls in the order of simulated time, and at one instant `complete`, then `tick`, then `invoke`,
 * then `expire`. What `invoke` has to tell stands in the fields until the next call.
 */
export class Invoker {
  /** When the last invocation ends: answered, stopped or failed. */
  endAt = 0;
  /** What the last invocation comes to as far as the platform knows; null: the code ends by itself. */
  outcome: 'timedOut' | 'error' | null = null;
  /** Whether an environment was started for the last invocation. */
  isCold = false;
  /** The environment of the last invocation: `complete` gives it back. */
  environment = -1;
  /** Why the last call of `invoke` was refused. */
  throttleReason: ThrottleReason = 'accountConcurrency';
  /** When the next tick is due; Infinity when none is. */
  nextTickAt: number;
  /** Environments by the end of their invocation, and those that are idle: to look at, not to change. */
  readonly completions: CalendarQueue;
  readonly pool: EnvironmentPool;
  private readonly recorder: Recorder;
  /** By environment: number of the invocation that it serves. Breaks ties of completions. */
  private order: Float64Array;
  private readonly functions: readonly FunctionPlan[];
  private readonly startRandoms: readonly { setup: Random; init: Random }[];
  private readonly idleRandoms: readonly Random[];
  private readonly crashRandoms: readonly Random[];
  private readonly aheadRandoms: readonly Random[];
  private readonly admission: Admission;
  private readonly invocations: Float64Array;
  private readonly billedMs: Float64Array;
  /** By function: environments started for a request, or ahead of one. */
  private readonly started: Float64Array;
  /** Null when no function has any. */
  private readonly provisioned: Provisioned | null;
  /** Null, and never, unless commitments ask what was used in each hour. */
  private readonly hourly: HourlyCounts | null;
  private hourEndsAt = Number.POSITIVE_INFINITY;
  /** What starting the environment of the last invocation took. */
  private setupMicros = 0;
  private initMicros = 0;

  constructor(plan: OnDemandPlan, replication: number, recorder: Recorder) {
    const { program } = plan;
    const count = plan.functions.length;
    this.recorder = recorder;
    this.functions = plan.functions;
    const isProvisioned = plan.functions.some((each) => each.provisioned !== null);
    this.pool = new EnvironmentPool(count * (isProvisioned ? 2 : 1), recorder.capacity);
    this.admission = new Admission(plan);
    const parts = { pool: this.pool, admission: this.admission, recorder };
    this.provisioned = isProvisioned
      ? new Provisioned(plan.functions, parts, { program, replication })
      : null;
    this.nextTickAt = this.provisioned?.nextAt ?? Number.POSITIVE_INFINITY;
    this.order = new Float64Array(this.pool.slots);
    this.completions = new CalendarQueue(this.order);
    const random = (purpose: string, name: string) => openRandom(program.seed, replication, purpose, name);
    this.startRandoms = program.workloads.map(({ name }) => ({
      setup: random('setup', name),
      init: random('init', name),
    }));
    this.idleRandoms = program.workloads.map(({ name }) => random('idle', name));
    this.crashRandoms = program.workloads.map(({ name }) => random('crash', name));
    this.aheadRandoms = program.workloads.map(({ name }) => random('proactive-init', name));
    this.invocations = new Float64Array(count);
    this.billedMs = new Float64Array(count);
    this.started = new Float64Array(count);
    this.hourly = program.billing.byHour ? this.countHourly(program) : null;
  }

  /** When the next invocation ends; Infinity when none is under way. */
  get nextCompletionAt(): number {
    return this.completions.nextTime;
  }

  /** When the next idle environment may expire; Infinity when none can. */
  get nextExpiryAt(): number {
    return this.pool.nextExpiry;
  }

  /**
   * Invokes a function.
   * @param cpuMicros CPU work on one reference vCPU
   * @param waitMicros time spent waiting for others
   * @param order of two invocations that end at one instant the smaller comes first
   * @returns whether it was accepted; if not, `throttleReason` says why
   */
  invoke(now: number, functionIndex: number, cpuMicros: number, waitMicros: number, order: number): boolean {
    const { pool, admission } = this;
    if (admission.isTooFast(now, functionIndex)) return this.refuse('requestRate');
    const plan = this.functions[functionIndex]!;
    if (now >= this.hourEndsAt) this.turnHour(now);
    let environment = this.provisioned === null ? -1 : this.provisioned.take(functionIndex, now);
    const isProvisioned = environment >= 0;
    if (!isProvisioned) {
      const reason = admission.refusal(now, functionIndex, plan);
      if (reason !== null) return this.refuse(reason);
      environment = pool.takeIdle(functionIndex);
    }
    let serviceMicros = Math.round(cpuMicros * plan.serviceMicrosPerCpuMicro) + waitMicros;
    if (serviceMicros < plan.leastServiceMicros) serviceMicros = plan.leastServiceMicros;
    let startMicros = 0;
    let initMicros = 0;
    this.isCold = environment < 0;
    if (environment < 0) {
      if (!admission.mayStart(now, functionIndex)) return this.refuse('scalingRate');
      environment = this.start(now, functionIndex, plan);
      initMicros = this.initMicros;
      startMicros = this.setupMicros + initMicros;
    }
    if (pool.needsInit[environment] === 1) {
      pool.needsInit[environment] = 0;
      serviceMicros += plan.init.sample(this.startRandoms[functionIndex]!.init);
    }
    const timedOut = serviceMicros > plan.timeoutMicros;
    if (timedOut) {
      serviceMicros = plan.timeoutMicros;
      pool.needsInit[environment] = 1;
    }
    const crashes = plan.crashRate > 0 && this.crashRandoms[functionIndex]!() < plan.crashRate;
    if (crashes) pool.needsInit[environment] = 1;
    this.outcome = timedOut ? 'timedOut' : crashes ? 'error' : null;
    admission.accept(now, functionIndex, plan, isProvisioned);
    this.invocations[functionIndex]!++;
    if (isProvisioned) this.provisioned!.billedMs[functionIndex]! += billedMs(serviceMicros);
    else this.billedMs[functionIndex]! += billedMs(serviceMicros, initMicros);
    const endAt = now + startMicros + serviceMicros;
    this.endAt = endAt;
    this.environment = environment;
    this.order[environment] = order;
    this.completions.push(endAt, environment);
    this.recorder.busy(now, endAt);
    return true;
  }

  /** The invocation that ends first has ended: its environment is free. @returns the environment */
  complete(): number {
    const now = this.completions.nextTime;
    const environment = this.completions.pop();
    const functionIndex = this.pool.functionOf[environment]!;
    if (functionIndex >= this.functions.length) {
      this.provisioned!.release(environment, now);
      return environment;
    }
    const plan = this.functions[functionIndex]!;
    const { idle } = plan;
    this.admission.leave(functionIndex, plan);
    const idleMicros =
      idle === null ? Number.POSITIVE_INFINITY : idle.sample(this.idleRandoms[functionIndex]!);
    this.pool.release(environment, now, idleMicros, plan.maxAgeMicros);
    return environment;
  }

  /** Does what is due at `nextTickAt`: provisioned environments become ready, more or fewer. */
  tick(): void {
    if (this.nextTickAt >= this.hourEndsAt) this.turnHour(this.nextTickAt);
    this.provisioned!.tick();
    if (this.pool.slots > this.order.length) this.growOrder();
    this.nextTickAt = this.provisioned!.nextAt;
  }

  /** Ends the environment that expires at `nextExpiryAt`, unless it has been used since. */
  expire(): void {
    this.pool.expireNext();
  }

  /** The window is over: writes what was used, and what limited it, into the observation. */
  close(observation: Observation): void {
    const { usage } = observation;
    this.functions.forEach((_, index) => {
      usage[`invocations.${index}`] = this.invocations[index]!;
      usage[`billedMs.${index}`] = this.billedMs[index]!;
      usage[`started.${index}`] = this.started[index]!;
    });
    this.provisioned?.close(usage);
    if (this.hourly !== null) {
      this.hourly.close();
      Object.assign(observation.hours.usage, this.hourly.usage);
      this.provisioned?.closeHours(observation.hours.usage);
    }
    observation.limitedBy = limitOf(observation.throttles);
  }

  private refuse(reason: ThrottleReason): false {
    this.throttleReason = reason;
    return false;
  }

  private countHourly(program: ProgramBase): HourlyCounts {
    const hourly = new HourlyCounts(program);
    hourly.follow('invocations', this.invocations);
    hourly.follow('billedMs', this.billedMs);
    if (this.provisioned !== null) {
      hourly.follow('provisionedMs', this.provisioned.billedMs);
      hourly.follow('provisionedInitMs', this.provisioned.initMs);
    }
    this.hourEndsAt = hourly.endsAt;
    return hourly;
  }

  private turnHour(now: number): void {
    this.hourly!.pass(now);
    this.hourEndsAt = this.hourly!.endsAt;
  }

  /**
   * Starts an environment for a request, or ahead of it: then its init is billed by itself, and nobody waits.
   * An init beyond the limit is stopped, and done again in the invocation.
   */
  private start(now: number, functionIndex: number, plan: FunctionPlan): number {
    const randoms = this.startRandoms[functionIndex]!;
    const environment = this.pool.start(functionIndex, now);
    if (environment >= this.order.length) this.growOrder();
    this.setupMicros = plan.setup.sample(randoms.setup);
    if (plan.restore !== null) {
      const restoreMicros = plan.restore.duration.sample(randoms.init);
      this.initMicros = Math.min(plan.restore.billedMicros, restoreMicros);
      this.setupMicros += restoreMicros - this.initMicros;
    } else {
      this.initMicros = plan.init.sample(randoms.init);
      if (this.initMicros > plan.initLimitMicros) {
        this.initMicros = plan.initLimitMicros;
        this.pool.needsInit[environment] = 1;
      }
    }
    this.admission.started(now, functionIndex);
    this.started[functionIndex]!++;
    if (plan.proactiveShare > 0 && this.aheadRandoms[functionIndex]!() < plan.proactiveShare) {
      this.billedMs[functionIndex]! += billedMs(0, this.initMicros);
      this.setupMicros = 0;
      this.initMicros = 0;
      this.isCold = false;
      this.recorder.startAhead(now);
    } else {
      this.recorder.coldStart(now);
    }
    return environment;
  }

  private growOrder(): void {
    this.order = grownFloat64(this.order, this.pool.slots);
    this.completions.useOrder(this.order);
  }
}

/** What refused the most requests. */
function limitOf(throttles: Observation['throttles']): LimitedBy {
  const byQuota = throttles.accountConcurrency + throttles.requestRate + throttles.frontDoor;
  const byConcurrency = throttles.reservedConcurrency + throttles.provisionedConcurrency;
  const most = Math.max(byQuota, byConcurrency, throttles.scalingRate);
  if (most === 0) return 'nothing';
  if (most === byQuota) return 'quota';
  return most === byConcurrency ? 'concurrency' : 'scaling-speed';
}
