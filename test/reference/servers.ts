import type { InstancesPlan } from '../../sim/fleet/replicas/plan.ts';
import { openRandom } from '../../sim/kernel/random.ts';
import { Agenda, COMPLETION, type Entry, EXPIRY } from './agenda.ts';
import { type Balancer, openBalancer } from './balancer.ts';
import { Fleet } from './fleet.ts';
import { Journal } from './journal.ts';
import { announceRequests, type Request } from './requests.ts';
import type { Instance, Job } from './server.ts';

/** Servers as the contract tells it: every request by itself, every instance looked at for every event. */
export class ServersReference {
  readonly journal = new Journal();
  private readonly plan: InstancesPlan;
  readonly agenda: Agenda;
  private readonly fleet: Fleet;
  private readonly balance: Balancer;
  private now = 0;
  private loadChanges = 0;
  private jobs = 0;

  constructor(plan: InstancesPlan, replication: number) {
    const { program } = plan;
    this.plan = plan;
    this.agenda = new Agenda(program.windowMicros);
    this.balance = openBalancer(plan.routing, openRandom(program.seed, replication, 'routing'));
    this.fleet = new Fleet(plan, replication, {
      agenda: this.agenda,
      journal: this.journal,
      enter: (instance) => this.loadChanged(instance),
      lose: (instance) => this.lose(instance),
    });
    announceRequests(program, replication, this, (request) => this.arrive(request));
  }

  run(): Journal {
    for (;;) {
      const cpu = this.fleet.instances.flatMap((instance) => this.expectCpu(instance));
      const entry = this.agenda.take();
      for (const each of cpu) if (each !== entry) this.agenda.cancel(each);
      this.elapse(entry === undefined ? this.plan.program.windowMicros : entry.at);
      if (entry === undefined) return this.journal;
      entry.run();
    }
  }

  private expectCpu(instance: Instance): Entry[] {
    const at = instance.cpuDueAt(this.now);
    if (at === Number.POSITIVE_INFINITY) return [];
    const run = () => this.leaveCpu(instance);
    return [this.agenda.add({ at, phase: COMPLETION, rank: [0, instance.number], run })];
  }

  private elapse(to: number): void {
    const { vcpus } = this.plan.instance;
    for (const instance of this.fleet.instances) {
      const level = instance.elapse(to - this.now) / vcpus;
      if (level > 0 && to > this.now) this.journal.busy.push({ from: this.now, to, level });
    }
    this.now = to;
    this.fleet.now = to;
  }

  private arrive(request: Request): void {
    const { now, plan, journal } = this;
    const note = journal.attempt(now, request.workload);
    const instance = this.balance(this.fleet.inService());
    const mustWait = instance !== undefined && instance.inService.length >= plan.instance.concurrency;
    if (instance === undefined || (mustWait && instance.backlog.length >= plan.instance.backlog)) {
      request.failed(now + plan.frontDoorMicros, 'rejected');
      return;
    }
    const job: Job = {
      number: this.jobs++,
      request,
      note,
      instance,
      phase: 'queued',
      left: request.cpu,
      isAbandoned: false,
      waitEnd: null,
    };
    instance.jobs.push(job);
    this.loadChanged(instance);
    this.expectEnd(job, mustWait);
    if (mustWait) journal.queue.push({ at: now, delta: 1 });
    else this.begin(job);
  }

  /** The client gives up when an answer would reach it too late, or earlier while it is still waiting. */
  private expectEnd(job: Job, mustWait: boolean): void {
    const { program, frontDoorMicros } = this.plan;
    const { timeoutMicros } = program.workloads[job.request.workload]!;
    const rank = [job.number];
    const lateAt = this.now + Math.max(0, timeoutMicros - frontDoorMicros);
    const clientAt = this.now + timeoutMicros;
    this.agenda.add({ at: lateAt, phase: EXPIRY, rank, run: () => this.giveUp(job, clientAt) });
    if (!mustWait) return;
    const impatientAt = this.now + job.request.patience;
    const run = () => {
      if (job.phase === 'queued') this.giveUp(job, impatientAt + frontDoorMicros);
    };
    if (impatientAt < lateAt) this.agenda.add({ at: impatientAt, phase: EXPIRY, rank, run });
  }

  private giveUp(job: Job, seenAt: number): void {
    if (job.phase === 'gone' || job.isAbandoned) return;
    job.isAbandoned = true;
    job.note.failed = true;
    this.answer(job, 'timedOut', seenAt);
    if (job.phase !== 'queued') return;
    this.journal.queue.push({ at: this.now, delta: -1 });
    this.drop(job);
  }

  /** Work first, then waiting for others. */
  private begin(job: Job): void {
    job.note.served = true;
    if (job.request.cpu > 0) job.phase = 'cpu';
    else this.wait(job);
  }

  private wait(job: Job): void {
    job.phase = 'waiting';
    const at = this.now + job.request.wait;
    const rank = [1, job.number];
    job.waitEnd = this.agenda.add({ at, phase: COMPLETION, rank, run: () => this.complete(job) });
  }

  private leaveCpu(instance: Instance): void {
    for (const job of instance.cpuDue()) {
      if (job.request.wait > 0) this.wait(job);
      else this.complete(job);
    }
  }

  private complete(job: Job): void {
    const { instance, request } = job;
    if (!job.isAbandoned) {
      const { program, frontDoorMicros } = this.plan;
      const { timeoutMicros } = program.workloads[request.workload]!;
      const latency = this.now + frontDoorMicros - request.at;
      if (latency > timeoutMicros) this.answer(job, 'timedOut', request.at + timeoutMicros);
      else this.answer(job, request.isFaulty ? 'error' : 'completed', request.at + latency);
    }
    this.drop(job);
    const next = instance.backlog[0];
    if (next === undefined) return;
    this.journal.queue.push({ at: this.now, delta: -1 });
    this.begin(next);
  }

  /** The client learns its fate, if that is still within the window. */
  private answer(job: Job, fate: 'completed' | 'error' | 'timedOut', seenAt: number): void {
    if (seenAt > this.plan.program.windowMicros) return;
    if (fate === 'completed') job.request.completed(seenAt);
    else job.request.failed(seenAt, fate);
    if (fate !== 'completed') job.note.failed = true;
  }

  private drop(job: Job): void {
    const { instance } = job;
    job.phase = 'gone';
    instance.jobs = instance.jobs.filter((each) => each !== job);
    this.loadChanged(instance);
    this.fleet.leaveIfDrained(instance);
  }

  private loadChanged(instance: Instance): void {
    instance.loadChanged = ++this.loadChanges;
  }

  /** All that an instance holds is lost with it. */
  private lose(instance: Instance): void {
    for (const job of instance.jobs) {
      if (job.phase === 'queued') this.journal.queue.push({ at: this.now, delta: -1 });
      this.agenda.cancel(job.waitEnd);
      job.phase = 'gone';
      job.note.failed = true;
      if (job.isAbandoned) continue;
      job.request.failed(this.now + this.plan.frontDoorMicros, 'interrupted');
    }
    instance.jobs = [];
  }
}
