// Hot: `advance` and `arrive` run for every request. No allocation, no closures.
import { billedMs } from '../../billing/rules/billed-duration.ts';
import { CalendarQueue } from '../../kernel/calendar-queue.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { grownFloat64 } from '../../kernel/typed-arrays.ts';
import type { Observation } from '../../observe/observation.ts';
import { Recorder } from '../../observe/recorder.ts';
import { RequestFeed } from '../../workload/request-feed.ts';
import type { Engine } from '../engine.ts';
import { EnvironmentPool } from './environment-pool.ts';
import type { FunctionPlan, OnDemandPlan } from './plan.ts';
import { Provisioned } from './provisioned.ts';
import { RequestThrottle } from './request-throttle.ts';

/**
 * Environments that serve one request each and are started by the request that finds none idle: Lambda's
 * machine.
 */
export class OnDemandEngine implements Engine {
  nowMicros = 0;
  arrived = 0;
  private readonly plan: OnDemandPlan;
  private readonly feed: RequestFeed;
  private readonly recorder: Recorder;
  private readonly pool: EnvironmentPool;
  private readonly completions: CalendarQueue;
  /** By environment: number of the request that it serves. Breaks ties of completions. */
  private order: Float64Array;
  private readonly functions: readonly FunctionPlan[];
  private readonly startRandoms: readonly { setup: Random; init: Random }[];
  private readonly idleRandoms: readonly Random[];
  private readonly busy: Int32Array;
  private readonly invocations: Float64Array;
  private readonly billedMs: Float64Array;
  /** Null when no function has any. */
  private readonly provisioned: Provisioned | null;
  private readonly frontDoor: RequestThrottle | null;
  private sharedBusy = 0;
  private throttledByQuota = 0;

  constructor(plan: OnDemandPlan, replication: number) {
    const { program } = plan;
    this.plan = plan;
    this.feed = new RequestFeed(program, replication);
    this.recorder = new Recorder(program, plan.frontDoorMicros);
    const provisioned = plan.functions.map((each) => each.provisioned);
    const isProvisioned = provisioned.some((each) => each !== null);
    const lines = plan.functions.length * (isProvisioned ? 2 : 1);
    this.pool = new EnvironmentPool(lines, this.recorder.capacity);
    this.provisioned = isProvisioned
      ? new Provisioned(provisioned, this.pool, { program, replication })
      : null;
    this.order = new Float64Array(this.pool.slots);
    this.completions = new CalendarQueue(this.order);
    this.functions = plan.functions;
    const random = (purpose: string, name: string) => openRandom(program.seed, replication, purpose, name);
    this.startRandoms = program.workloads.map(({ name }) => ({
      setup: random('setup', name),
      init: random('init', name),
    }));
    this.idleRandoms = program.workloads.map(({ name }) => random('idle', name));
    this.busy = new Int32Array(plan.functions.length);
    this.invocations = new Float64Array(plan.functions.length);
    this.billedMs = new Float64Array(plan.functions.length);
    const { frontDoorThrottle } = plan;
    this.frontDoor =
      frontDoorThrottle === null ? null : new RequestThrottle(frontDoorThrottle, plan.functions.length);
  }

  advance(requests: number): boolean {
    const { feed, completions, pool } = this;
    const { windowMicros } = this.plan.program;
    const stopAt = this.arrived + requests;
    let readyAt = this.provisioned?.nextReadyAt ?? Number.POSITIVE_INFINITY;
    for (;;) {
      const arrivalAt = feed.nextAt;
      const completionAt = completions.nextTime;
      const next = completionAt <= arrivalAt ? completionAt : arrivalAt;
      if (pool.nextExpiry < next && pool.nextExpiry < readyAt && pool.nextExpiry < windowMicros) {
        pool.expireNext();
      } else if (readyAt <= arrivalAt && readyAt < completionAt && readyAt < windowMicros) {
        readyAt = this.makeReady();
      } else if (next >= windowMicros) {
        return this.close();
      } else if (completionAt <= arrivalAt) {
        this.complete(completionAt);
      } else if (this.arrived === stopAt) {
        return false;
      } else {
        this.nowMicros = arrivalAt;
        this.arrived++;
        this.arrive(arrivalAt);
      }
    }
  }

  observation(): Observation {
    return this.recorder.observation;
  }

  private close(): true {
    const { recorder, plan } = this;
    const { observation } = recorder;
    this.nowMicros = plan.program.windowMicros;
    plan.functions.forEach((_, index) => {
      observation.usage[`invocations.${index}`] = this.invocations[index]!;
      observation.usage[`billedMs.${index}`] = this.billedMs[index]!;
      if (this.frontDoor !== null)
        observation.usage[`frontDoorRequests.${index}`] = this.frontDoor.passed[index]!;
      if (this.provisioned !== null) {
        observation.usage[`provisionedMs.${index}`] = this.provisioned.billedMs[index]!;
        observation.usage[`provisionedInitMs.${index}`] = this.provisioned.initMs[index]!;
      }
    });
    const { throttled } = observation.requests.failures;
    const byQuota = this.throttledByQuota + (this.frontDoor?.refused ?? 0);
    if (throttled > 0) observation.limitedBy = byQuota * 2 >= throttled ? 'quota' : 'concurrency';
    recorder.finish();
    return true;
  }

  private complete(now: number): void {
    const environment = this.completions.pop();
    const functionIndex = this.pool.functionOf[environment]!;
    if (functionIndex >= this.functions.length) {
      this.provisioned!.release(environment, now);
      return;
    }
    const plan = this.functions[functionIndex]!;
    const { idle } = plan;
    this.busy[functionIndex]!--;
    if (plan.reservedConcurrency === null) this.sharedBusy--;
    const idleMicros =
      idle === null ? Number.POSITIVE_INFINITY : idle.sample(this.idleRandoms[functionIndex]!);
    this.pool.release(environment, now, idleMicros, plan.maxAgeMicros);
  }

  private arrive(now: number): void {
    const { feed, recorder, pool } = this;
    const { workload: functionIndex, user } = feed;
    const plan = this.functions[functionIndex]!;
    recorder.arrive(now, functionIndex);
    if (this.frontDoor !== null && !this.frontDoor.take(now, functionIndex)) {
      this.throttle(now);
      return;
    }
    const ready = this.provisioned === null ? -1 : this.provisioned.take(functionIndex, now);
    if (ready < 0 && this.isThrottled(plan, functionIndex)) {
      this.throttle(now);
      return;
    }
    let serviceMicros = Math.round(feed.cpu * plan.serviceMicrosPerCpuMicro) + feed.wait;
    let setupMicros = 0;
    let initMicros = 0;
    let environment = ready < 0 ? pool.takeIdle(functionIndex) : ready;
    if (environment < 0) {
      const randoms = this.startRandoms[functionIndex]!;
      environment = pool.start(functionIndex, now);
      if (environment >= this.order.length) this.growOrder();
      setupMicros = plan.setup.sample(randoms.setup);
      initMicros = plan.init.sample(randoms.init);
      if (initMicros > plan.initLimitMicros) {
        initMicros = plan.initLimitMicros;
        serviceMicros += plan.init.sample(randoms.init);
      }
      recorder.coldStart(now);
    } else if (pool.needsInit[environment] === 1) {
      pool.needsInit[environment] = 0;
      serviceMicros += plan.init.sample(this.startRandoms[functionIndex]!.init);
    }
    const timedOut = serviceMicros > plan.timeoutMicros;
    if (timedOut) {
      serviceMicros = plan.timeoutMicros;
      pool.needsInit[environment] = 1;
    }
    const endAt = now + setupMicros + initMicros + serviceMicros;
    this.invocations[functionIndex]!++;
    if (ready < 0) {
      this.busy[functionIndex]!++;
      if (plan.reservedConcurrency === null) this.sharedBusy++;
      this.billedMs[functionIndex]! += billedMs(serviceMicros, initMicros);
    } else {
      this.provisioned!.billedMs[functionIndex]! += billedMs(serviceMicros);
    }
    this.order[environment] = this.arrived;
    this.completions.push(endAt, environment);
    recorder.busy(now, endAt);
    const failed = recorder.serve(
      now,
      endAt,
      functionIndex,
      timedOut ? 'timedOut' : feed.fails === 1 ? 'error' : null,
    );
    const answeredAt = recorder.answeredAt;
    feed.advance();
    if (user >= 0) feed.userDone(user, answeredAt, failed);
  }

  /** The request that has just arrived is refused. */
  private throttle(now: number): void {
    const { feed } = this;
    const { user } = feed;
    this.recorder.fail(now, 'throttled');
    feed.advance();
    if (user >= 0) feed.userDone(user, now + this.plan.frontDoorMicros, true);
  }

  private isThrottled(plan: FunctionPlan, functionIndex: number): boolean {
    if (plan.reservedConcurrency !== null) return this.busy[functionIndex]! >= plan.reservedConcurrency;
    if (this.sharedBusy < this.plan.sharedConcurrency) return false;
    this.throttledByQuota++;
    return true;
  }

  /** @returns when the next provisioned environments are ready */
  private makeReady(): number {
    this.provisioned!.makeReady();
    if (this.pool.slots > this.order.length) this.growOrder();
    return this.provisioned!.nextReadyAt;
  }

  private growOrder(): void {
    this.order = grownFloat64(this.order, this.pool.slots);
    this.completions.useOrder(this.order);
  }
}
