// Hot: `advance` and what it calls run for every request. No allocation, no closures.
import { CalendarQueue } from '../../kernel/calendar-queue.ts';
import { EntryHeap } from '../../kernel/entry-heap.ts';
import { openRandom } from '../../kernel/random.ts';
import type { FailureKind } from '../../observe/failure-kind.ts';
import type { Observation } from '../../observe/observation.ts';
import { Recorder } from '../../observe/recorder.ts';
import { RequestFeed } from '../../workload/request-feed.ts';
import { Clients } from '../clients.ts';
import type { Engine } from '../engine.ts';
import { GroupSteering } from './group-steering.ts';
import type { ReplicasPlan } from './plan.ts';
import { Processors } from './processors.ts';
import { Backlog, LOST, ON_CPU, QUEUED, RequestTable, WAITING } from './request-table.ts';
import { openRouter, type Router } from './routing/index.ts';
import { DRAINING, type WorkerGroup } from './worker-group.ts';

/** Instances that serve many requests each, steered by a controller: the machine of EC2, ECS and EKS. */
export class ReplicasEngine implements Engine {
  nowMicros = 0;
  arrived = 0;
  private readonly plan: ReplicasPlan;
  private readonly feed: RequestFeed;
  private readonly recorder: Recorder;
  private readonly clients: Clients;
  private readonly table = new RequestTable();
  /** Rows that the queues have room for. */
  private rowsKnown: number;
  private readonly processors: Processors;
  private readonly router: Router;
  private readonly group: WorkerGroup;
  private readonly steering: GroupSteering;
  private readonly waits: CalendarQueue;
  private readonly deadlines = new EntryHeap();
  private readonly backlogs: Backlog[] = [];
  private readonly timeouts: Float64Array;
  private readonly hasDeadlines: boolean;

  constructor(plan: ReplicasPlan, replication: number) {
    const { program } = plan;
    this.plan = plan;
    this.feed = new RequestFeed(program, replication);
    this.recorder = new Recorder(program, plan.frontDoorMicros);
    this.clients = new Clients(program, plan.frontDoorMicros, this.feed, this.recorder);
    this.rowsKnown = this.table.capacity;
    this.waits = new CalendarQueue(this.table.order);
    this.timeouts = Float64Array.from(program.workloads, (each) => each.timeoutMicros - plan.frontDoorMicros);
    this.hasDeadlines = program.workloads.some(
      (each) => each.patience !== null || each.timeoutMicros < Infinity,
    );
    const threads = program.workloads.map((workload) => workload.threads);
    this.processors = new Processors(plan.instance, threads);
    this.router = openRouter(plan.routing, openRandom(program.seed, replication, 'routing'));
    this.group = plan.openGroup(replication, {
      router: this.router,
      capacity: this.recorder.capacity,
      onGrow: (capacity, created) => this.growInstances(capacity, created),
      onRun: (instance, now, host = 0, vcpus = 0) => this.processors.launch(instance, now, host, vcpus),
      onEnd: (instance, now) => this.processors.terminate(instance, now),
    });
    this.steering = new GroupSteering(plan, this.group, this.processors, this.recorder);
  }

  advance(requests: number): boolean {
    const { feed, waits, deadlines, group, steering } = this;
    const cpus = this.processors.next;
    const { windowMicros } = this.plan.program;
    const stopAt = this.arrived + requests;
    for (;;) {
      const arrivalAt = feed.nextAt;
      const completionAt = cpus.nextKey <= waits.nextTime ? cpus.nextKey : waits.nextTime;
      const tickAt = group.nextAt < steering.nextAt ? group.nextAt : steering.nextAt;
      const expiryAt = deadlines.nextTime;
      if (completionAt <= arrivalAt && completionAt <= tickAt && completionAt <= expiryAt) {
        if (completionAt > windowMicros) return this.close();
        if (completionAt === cpus.nextKey) this.leaveCpu(cpus.nextId, completionAt);
        else this.complete(waits.pop(), completionAt);
      } else if (tickAt <= arrivalAt && tickAt <= expiryAt) {
        if (tickAt >= windowMicros) return this.close();
        if (group.nextAt <= steering.nextAt) this.stepGroup(tickAt);
        else steering.tick();
      } else if (arrivalAt <= expiryAt) {
        if (arrivalAt >= windowMicros) return this.close();
        if (this.arrived === stopAt) return false;
        this.nowMicros = arrivalAt;
        this.arrived++;
        this.arrive(arrivalAt);
      } else {
        if (expiryAt > windowMicros) return this.close();
        this.expire(expiryAt);
      }
    }
  }

  observation(): Observation {
    return this.recorder.observation;
  }

  private close(): true {
    const { recorder, table, deadlines } = this;
    const { windowMicros } = this.plan.program;
    this.nowMicros = windowMicros;
    // What ends with the window has ended, as completions have.
    while (deadlines.nextTime <= windowMicros) this.expire(windowMicros);
    for (let row = 0; row < table.used; row++) {
      if (!table.isOpen(row)) continue;
      recorder.observation.heldAtEnd++;
      const isWaitedFor = table.abandoned[row] === 0;
      if (table.state[row] !== QUEUED)
        recorder.serveUnseen(table.arrivedAt[row]!, table.workload[row]!, isWaitedFor);
      if (isWaitedFor) recorder.cutOff();
    }
    this.steering.close();
    recorder.observation.spans = this.group.spans;
    Object.assign(recorder.observation.largeUsage, this.group.usageAt?.(windowMicros));
    this.group.close?.(recorder.observation);
    recorder.observation.measured.started = this.group.startedMeasured;
    return true;
  }

  private arrive(now: number): void {
    const { feed, clients, table } = this;
    const { workload, user } = feed;
    const ticket = clients.arrive(now);
    const instance = this.router.pick(now);
    const { concurrency, backlog } = this.plan.instance;
    const held = instance < 0 ? 0 : this.group.outstanding[instance]!;
    const mustWait = held >= concurrency && held - this.backlogs[instance]!.length >= concurrency;
    if (instance < 0 || (mustWait && this.backlogs[instance]!.length >= backlog)) {
      clients.fail(now, now + this.plan.frontDoorMicros, 'rejected', user, ticket);
      feed.advance();
      return;
    }
    const row = table.open();
    if (table.capacity > this.rowsKnown) this.growRows();
    table.arrivedAt[row] = now;
    table.cpu[row] = feed.cpu;
    table.wait[row] = feed.wait;
    table.workload[row] = workload;
    table.user[row] = user;
    table.ticket[row] = ticket;
    table.fails[row] = feed.fails;
    table.instance[row] = instance;
    this.router.load(instance, ++this.group.outstanding[instance]!);
    if (this.hasDeadlines) this.expectEnd(row, now, mustWait);
    if (mustWait) this.enqueue(instance, row, now);
    else this.serve(instance, row, now);
    feed.advance();
  }

  private expectEnd(row: number, now: number, mustWait: boolean): void {
    const { table, feed } = this;
    const timeout = this.timeouts[feed.workload]!;
    const rank = table.order[row]!;
    table.giveUpAt[row] = now + (timeout > 0 ? timeout : 0);
    table.patienceEndsAt[row] = mustWait ? now + feed.patience : Number.POSITIVE_INFINITY;
    if (timeout < Number.POSITIVE_INFINITY) this.deadlines.push(table.giveUpAt[row]!, row, rank);
    if (table.patienceEndsAt[row]! < table.giveUpAt[row]!)
      this.deadlines.push(table.patienceEndsAt[row]!, row, rank);
  }

  private enqueue(instance: number, row: number, now: number): void {
    this.table.state[row] = QUEUED;
    this.table.append(this.backlogs[instance]!, row);
    this.recorder.queue.change(now, 1);
  }

  /** Work first, then waiting for others. */
  private serve(instance: number, row: number, now: number): void {
    const { table } = this;
    if (table.cpu[row]! > 0) {
      table.state[row] = ON_CPU;
      this.processors.add(instance, row, table.workload[row]!, table.cpu[row]!, now);
    } else {
      table.state[row] = WAITING;
      this.waits.push(now + table.wait[row]!, row);
    }
  }

  private leaveCpu(instance: number, now: number): void {
    const { processors, table } = this;
    processors.settle(instance, now);
    for (let row = processors.takeDue(instance); row >= 0; row = processors.takeDue(instance)) {
      if (table.wait[row]! > 0) {
        table.state[row] = WAITING;
        this.waits.push(now + table.wait[row]!, row);
      } else {
        this.complete(row, now);
      }
    }
    processors.share(instance, now);
  }

  private complete(row: number, now: number): void {
    const { table } = this;
    if (table.state[row] === LOST) {
      table.close(row);
      return;
    }
    const instance = table.instance[row]!;
    if (table.abandoned[row] === 0) {
      const failure = table.fails[row] === 1 ? 'error' : null;
      const user = table.user[row]!;
      const ticket = table.ticket[row]!;
      this.clients.answer(table.arrivedAt[row]!, now, table.workload[row]!, failure, user, ticket);
    } else {
      this.recorder.serveUnseen(table.arrivedAt[row]!, table.workload[row]!, false);
    }
    table.close(row);
    this.release(instance, now);
  }

  /** A request has left its place in service: the next in line takes it. */
  private release(instance: number, now: number): void {
    this.router.load(instance, --this.group.outstanding[instance]!);
    if (this.recorder.queue.now > 0 && this.backlogs[instance]!.length > 0) {
      const next = this.backlogs[instance]!.first;
      this.table.unlink(this.backlogs[instance]!, next);
      this.recorder.queue.change(now, -1);
      this.serve(instance, next, now);
    } else if (this.group.outstanding[instance] === 0 && this.group.state[instance] === DRAINING) {
      this.group.leave(instance, now);
    }
  }

  /** A client may have given up; entries of requests that are through are stale. */
  private expire(now: number): void {
    const { table, group, deadlines } = this;
    const rank = deadlines.nextRank;
    const row = deadlines.pop();
    if (table.order[row] !== rank) return;
    const isQueued = table.state[row] === QUEUED;
    const isLate = table.giveUpAt[row] === now;
    const isDue = isLate || (isQueued && table.patienceEndsAt[row] === now);
    if (!table.isOpen(row) || table.abandoned[row] === 1 || !isDue) return;
    // An answer sent now would come too late: the client gives up while it is on its way.
    const { frontDoorMicros, program } = this.plan;
    const timeout = program.workloads[table.workload[row]!]!.timeoutMicros;
    const gaveUpAt = isLate ? table.arrivedAt[row]! + timeout : now + frontDoorMicros;
    if (gaveUpAt > program.windowMicros) this.recorder.cutOff();
    else this.fail(row, gaveUpAt, 'timedOut');
    if (isQueued) {
      const instance = table.instance[row]!;
      table.unlink(this.backlogs[instance]!, row);
      this.recorder.queue.change(now, -1);
      table.close(row);
      this.router.load(instance, --group.outstanding[instance]!);
    } else {
      table.abandoned[row] = 1;
    }
  }

  private fail(row: number, at: number, kind: FailureKind): void {
    const { table } = this;
    this.clients.fail(table.arrivedAt[row]!, at, kind, table.user[row]!, table.ticket[row]!);
  }

  private stepGroup(now: number): void {
    const overdue = this.group.step();
    if (overdue >= 0 && this.group.outstanding[overdue]! > 0) this.interrupt(overdue, now);
  }

  /** All that an instance holds is lost with it. */
  private interrupt(instance: number, now: number): void {
    const { table, processors } = this;
    processors.settle(instance, now);
    for (const row of table.rowsOf(instance)) {
      if (table.state[row] === QUEUED) {
        table.unlink(this.backlogs[instance]!, row);
        this.recorder.queue.change(now, -1);
      }
      this.lose(row, now);
    }
    while (processors.takeAny(instance) >= 0);
    processors.share(instance, now);
    this.group.outstanding[instance] = 0;
    this.group.leave(instance, now);
  }

  private lose(row: number, now: number): void {
    const { table } = this;
    if (table.state[row] !== QUEUED)
      this.recorder.serveUnseen(table.arrivedAt[row]!, table.workload[row]!, false);
    if (table.abandoned[row] === 0) this.fail(row, now + this.plan.frontDoorMicros, 'interrupted');
    if (table.state[row] === WAITING) table.state[row] = LOST;
    else table.close(row);
  }

  private growRows(): void {
    this.rowsKnown = this.table.capacity;
    this.waits.useOrder(this.table.order);
    this.processors.useOrder(this.table.order);
  }

  private growInstances(capacity: number, created: Float64Array): void {
    this.processors.grow(capacity, created, this.table.order);
    while (this.backlogs.length < capacity) this.backlogs.push(new Backlog());
  }
}
