import type { OnDemandPlan } from '../../sim/fleet/on-demand/plan.ts';
import { openRandom } from '../../sim/kernel/random.ts';
import type { ThrottleReason } from '../../sim/observe/throttle-reason.ts';
import { Agenda, COMPLETION, type Entry, EXPIRY } from './agenda.ts';
import { Journal } from './journal.ts';
import { Rates, Tokens } from './limits.ts';
import { announceRequests, type Request } from './requests.ts';

interface Environment {
  readonly number: number;
  readonly functionIndex: number;
  readonly bornAt: number;
  isBusy: boolean;
  /** How many uses of any environment had ended when this one's last did. */
  lastUse: number;
  /** Its last invocation timed out: the next one initialises it again, at its own expense. */
  mustInit: boolean;
  expiry: Entry | null;
}

/** A pool of environments as the contract tells it, one request each, with nothing done to be fast. */
export class OnDemandReference {
  readonly journal = new Journal();
  private readonly plan: OnDemandPlan;
  readonly agenda: Agenda;
  private environments: Environment[] = [];
  private now = 0;
  private readonly frontDoor: Tokens | null;
  private readonly rates: Rates;
  private uses = 0;
  private born = 0;
  private readonly randoms;

  constructor(plan: OnDemandPlan, replication: number) {
    const { program, frontDoorThrottle: throttle } = plan;
    this.plan = plan;
    this.rates = new Rates(plan);
    this.frontDoor =
      throttle &&
      new Tokens(Math.round(throttle.fillMicros / throttle.microsPerRequest), throttle.microsPerRequest);
    this.agenda = new Agenda(program.windowMicros);
    this.randoms = program.workloads.map(({ name }) => ({
      setup: openRandom(program.seed, replication, 'setup', name),
      init: openRandom(program.seed, replication, 'init', name),
      idle: openRandom(program.seed, replication, 'idle', name),
      crash: openRandom(program.seed, replication, 'crash', name),
      ahead: openRandom(program.seed, replication, 'proactive-init', name),
    }));
    announceRequests(program, replication, this, (request) => this.arrive(request));
  }

  run(): Journal {
    const { journal, plan } = this;
    plan.functions.forEach((_, index) => {
      journal.usage[`invocations.${index}`] = 0;
      journal.usage[`billedMs.${index}`] = 0;
      journal.usage[`started.${index}`] = 0;
      if (plan.frontDoorThrottle !== null) journal.usage[`frontDoorRequests.${index}`] = 0;
    });
    for (let entry = this.agenda.take(); entry !== undefined; entry = this.agenda.take()) {
      this.now = entry.at;
      entry.run();
    }
    journal.limitedBy = limitOf(journal.throttles);
    return journal;
  }

  private arrive(request: Request): void {
    const { now, plan, journal } = this;
    const index = request.workload;
    const note = journal.attempt(now, index);
    const needsStart = this.idleOf(index).length === 0;
    const reason = this.refusal(index, needsStart);
    if (reason !== null) {
      journal.throttles[reason] = (journal.throttles[reason] ?? 0) + 1;
      request.failed(now + plan.frontDoorMicros, 'throttled');
      return;
    }
    this.rates.accept(now, index, needsStart);
    const { setup, init, environment, isCold } = this.environmentFor(index, needsStart);
    note.cold = isCold;
    const own = plan.functions[index]!;
    let service = Math.round(request.cpu * own.serviceMicrosPerCpuMicro) + request.wait;
    if (environment.mustInit) service += own.init.sample(this.randoms[index]!.init);
    const isStopped = service > own.timeoutMicros;
    const crashes = own.crashRate > 0 && this.randoms[index]!.crash() < own.crashRate;
    environment.mustInit = isStopped || crashes;
    service = Math.min(service, own.timeoutMicros);
    const endAt = now + setup + init + service;
    const rank = [journal.attempts.length];
    this.agenda.add({ at: endAt, phase: COMPLETION, rank, run: () => this.release(environment) });
    note.served = true;
    journal.busy.push({ from: now, to: endAt, level: 1 });
    journal.usage[`invocations.${index}`]! += 1;
    journal.usage[`billedMs.${index}`]! += Math.ceil((init + service) / 1000);
    note.failed = this.answer({ ...request, isFaulty: request.isFaulty || crashes }, endAt, isStopped);
  }

  /**
   * What the client sees: the answer, or the end of its own patience if that is sooner.
   * @returns whether that was a failure
   */
  private answer(request: Request, endAt: number, isStopped: boolean): boolean {
    const { program, frontDoorMicros } = this.plan;
    const { timeoutMicros } = program.workloads[request.workload]!;
    const latency = endAt + frontDoorMicros - request.at;
    const seenAt = request.at + Math.min(latency, timeoutMicros);
    const isLate = latency > timeoutMicros || isStopped;
    if (seenAt > program.windowMicros) return false;
    if (isLate) request.failed(seenAt, 'timedOut');
    else if (request.isFaulty) request.failed(seenAt, 'error');
    else request.completed(seenAt);
    return isLate || request.isFaulty;
  }

  /** Front door, request rate, concurrency, scaling rate: the first that says no. */
  private refusal(index: number, needsStart: boolean): ThrottleReason | null {
    const { now } = this;
    if (this.frontDoor !== null) {
      if (!this.frontDoor.has(now)) return 'frontDoor';
      this.frontDoor.take(now);
      this.journal.usage[`frontDoorRequests.${index}`]! += 1;
    }
    if (this.rates.isTooFast(now, index)) return 'requestRate';
    const { functions, sharedConcurrency } = this.plan;
    const { reservedConcurrency } = functions[index]!;
    const busy = this.environments.filter((each) => each.isBusy);
    const own = busy.filter((each) => each.functionIndex === index);
    const shared = busy.filter((each) => functions[each.functionIndex]!.reservedConcurrency === null);
    if (reservedConcurrency !== null && own.length >= reservedConcurrency) return 'reservedConcurrency';
    if (reservedConcurrency === null && shared.length >= sharedConcurrency) return 'accountConcurrency';
    return this.rates.growsTooFast(now, index, needsStart) ? 'scalingRate' : null;
  }

  private idleOf(index: number): Environment[] {
    return this.environments.filter((each) => each.functionIndex === index && !each.isBusy);
  }

  private environmentFor(index: number, needsStart: boolean) {
    if (!needsStart) {
      const environment = this.idleOf(index).sort((a, b) => b.lastUse - a.lastUse)[0]!;
      this.agenda.cancel(environment.expiry);
      environment.isBusy = true;
      return { environment, setup: 0, init: 0, isCold: false };
    }
    const own = this.plan.functions[index]!;
    const environment: Environment = {
      number: this.born++,
      functionIndex: index,
      bornAt: this.now,
      isBusy: true,
      lastUse: 0,
      mustInit: false,
      expiry: null,
    };
    this.environments.push(environment);
    this.journal.capacity.push({ at: this.now, delta: 1 });
    this.journal.orderedAt.push(this.now);
    const setup = own.setup.sample(this.randoms[index]!.setup);
    const drawn = (own.restore?.duration ?? own.init).sample(this.randoms[index]!.init);
    const billed = Math.min(drawn, own.restore?.billedMicros ?? own.initLimitMicros);
    environment.mustInit = own.restore === null && drawn > own.initLimitMicros;
    const unbilled = own.restore === null ? 0 : drawn - billed;
    this.journal.usage[`started.${index}`]! += 1;
    if (own.proactiveShare > 0 && this.randoms[index]!.ahead() < own.proactiveShare) {
      this.journal.usage[`billedMs.${index}`]! += Math.ceil(billed / 1000);
      return { environment, setup: 0, init: 0, isCold: false };
    }
    return { environment, setup: setup + unbilled, init: billed, isCold: true };
  }

  private release(environment: Environment): void {
    const { idle, maxAgeMicros } = this.plan.functions[environment.functionIndex]!;
    const random = this.randoms[environment.functionIndex]!.idle;
    // Drawn for every use, also where the age limit ends the environment at once: streams stay in step.
    const idleMicros = idle === null ? Number.POSITIVE_INFINITY : idle.sample(random);
    const oldestAt = environment.bornAt + maxAgeMicros;
    if (this.now >= oldestAt) {
      this.end(environment);
      return;
    }
    environment.isBusy = false;
    environment.lastUse = ++this.uses;
    environment.expiry = this.agenda.add({
      at: Math.min(this.now + idleMicros, oldestAt),
      phase: EXPIRY,
      rank: [environment.number],
      run: () => this.end(environment),
    });
  }

  private end(environment: Environment): void {
    this.environments = this.environments.filter((each) => each !== environment);
    this.journal.capacity.push({ at: this.now, delta: -1 });
  }
}

/** What refused the most; of two, the quota before the concurrency, and that before the scaling rate. */
function limitOf(throttles: Journal['throttles']): string {
  const count = (...reasons: ThrottleReason[]) =>
    reasons.reduce((sum, reason) => sum + (throttles[reason] ?? 0), 0);
  const limits = [
    { name: 'quota', count: count('accountConcurrency', 'requestRate', 'frontDoor') },
    { name: 'concurrency', count: count('reservedConcurrency') },
    { name: 'scaling-speed', count: count('scalingRate') },
  ];
  const worst = limits.sort((a, b) => b.count - a.count)[0]!;
  return worst.count === 0 ? 'nothing' : worst.name;
}
