// Hot: `advance` and what it calls run for every message. No allocation, no closures.
import { CalendarQueue } from '../../kernel/calendar-queue.ts';
import type { Observation } from '../../observe/observation.ts';
import { Recorder } from '../../observe/recorder.ts';
import { RequestFeed } from '../../workload/request-feed.ts';
import type { Engine } from '../engine.ts';
import { MESSAGES_PER_CALL } from '../event-sources/queue-requests.ts';
import { GroupSteering } from '../replicas/group-steering.ts';
import type { ReplicasPlan } from '../replicas/plan.ts';
import { Processors } from '../replicas/processors.ts';
import { DRAINING, IN_SERVICE, type WorkerGroup } from '../replicas/worker-group.ts';
import { HandlingTable, LOST, ON_CPU, WAITING } from './handling-table.ts';
import { IdleWorkers } from './idle-workers.ts';
import { Inbox } from './inbox.ts';
import type { WorkerQueuePlan } from './plan.ts';

/**
 * Servers and containers that read one queue: the workers of EC2, ECS and EKS behind Amazon SQS. A worker
 * has a poll under way as long as it has room for a message, asks for as many as it has room for, ten at
 * most, and is handed them at the instant at which they are there.
 */
export class QueueWorkersEngine implements Engine {
  nowMicros = 0;
  arrived = 0;
  private readonly plan: ReplicasPlan;
  private readonly feed: RequestFeed;
  private readonly recorder: Recorder;
  private readonly inbox: Inbox;
  private readonly idle: IdleWorkers;
  private readonly table = new HandlingTable();
  /** Rows that the queues have room for. */
  private rowsKnown: number;
  private readonly processors: Processors;
  private readonly group: WorkerGroup;
  private readonly steering: GroupSteering;
  private readonly waits: CalendarQueue;

  constructor(plan: ReplicasPlan, queue: WorkerQueuePlan, replication: number) {
    const { program, frontDoorMicros } = plan;
    this.plan = plan;
    this.feed = new RequestFeed(program, replication);
    this.recorder = new Recorder(program, frontDoorMicros);
    this.inbox = new Inbox(queue, program, replication, this.recorder, frontDoorMicros);
    this.idle = new IdleWorkers(queue.waitMicros);
    this.rowsKnown = this.table.capacity;
    this.waits = new CalendarQueue(this.table.order);
    this.processors = new Processors(
      plan.instance,
      program.workloads.map(({ threads }) => threads),
    );
    this.group = plan.openGroup(replication, {
      router: this.idle,
      capacity: this.recorder.capacity,
      onGrow: (capacity, created) => this.processors.grow(capacity, created, this.table.order),
      onRun: (worker, now, host = 0, vcpus = 0) => this.processors.launch(worker, now, host, vcpus),
      onEnd: (worker, now) => this.processors.terminate(worker, now),
    });
    this.steering = new GroupSteering(plan, this.group, this.processors, this.recorder, this.inbox);
  }

  advance(requests: number): boolean {
    const { feed, waits, inbox, group, steering } = this;
    const cpus = this.processors.next;
    const { windowMicros } = this.plan.program;
    const stopAt = this.arrived + requests;
    for (;;) {
      const arrivalAt = feed.nextAt;
      const completionAt = cpus.nextKey <= waits.nextTime ? cpus.nextKey : waits.nextTime;
      const tickAt = group.nextAt < steering.nextAt ? group.nextAt : steering.nextAt;
      const expiryAt = inbox.nextAt;
      if (completionAt <= arrivalAt && completionAt <= tickAt && completionAt <= expiryAt) {
        if (completionAt > windowMicros) return this.close();
        if (completionAt === cpus.nextKey) this.leaveCpu(cpus.nextId, completionAt);
        else this.complete(waits.pop(), completionAt);
        this.handOut(completionAt);
      } else if (tickAt <= arrivalAt && tickAt <= expiryAt) {
        if (tickAt >= windowMicros) return this.close();
        this.tick(tickAt);
        this.handOut(tickAt);
      } else if (arrivalAt <= expiryAt) {
        if (arrivalAt >= windowMicros) return this.close();
        if (this.arrived === stopAt) return false;
        this.nowMicros = arrivalAt;
        this.arrived++;
        this.recorder.arrive(arrivalAt, feed.workload);
        inbox.send(arrivalAt, feed);
        this.handOut(arrivalAt);
        feed.advance();
      } else {
        if (expiryAt >= windowMicros) return this.close();
        inbox.expire(expiryAt);
        this.handOut(expiryAt);
      }
    }
  }

  observation(): Observation {
    return this.recorder.observation;
  }

  private close(): true {
    const { idle, inbox, group } = this;
    const { observation } = this.recorder;
    const { windowMicros } = this.plan.program;
    this.nowMicros = windowMicros;
    idle.close(windowMicros);
    inbox.close(observation, idle.emptyReceives);
    this.steering.close();
    if (inbox.isLimitedByQuota) observation.limitedBy = 'quota';
    observation.spans = group.spans;
    Object.assign(observation.usage, group.usageAt?.(windowMicros));
    group.close?.(observation);
    observation.measured.started = group.startedMeasured;
    return true;
  }

  /** Workers that wait are handed what there is, the one first that has waited longest. */
  private handOut(now: number): void {
    const { idle, inbox } = this;
    while (idle.first >= 0 && inbox.visible > 0 && inbox.canReceive(now)) this.fill(idle.first, now);
    inbox.settle(now, idle.first >= 0);
  }

  /** One call of a worker that has room receives as much as there is, and as it may. */
  private fill(worker: number, now: number): void {
    const { idle, inbox, group } = this;
    const { concurrency } = this.plan.instance;
    const room = concurrency - group.outstanding[worker]!;
    let left = room < MESSAGES_PER_CALL ? room : MESSAGES_PER_CALL;
    do this.begin(worker, now);
    while (--left > 0 && inbox.visible > 0 && inbox.canReceive(now));
    inbox.requests.returned();
    idle.received(worker, now, group.outstanding[worker]! >= concurrency);
  }

  /** Work first, then waiting for others. */
  private begin(worker: number, now: number): void {
    const { table, inbox } = this;
    const row = table.open();
    if (table.capacity > this.rowsKnown) this.growRows();
    const message = inbox.receive(now, table.order[row]!);
    const { messages } = inbox;
    table.worker[row] = worker;
    table.message[row] = message;
    table.wait[row] = messages.wait[message]!;
    table.fails[row] = messages.fails[message]!;
    this.group.outstanding[worker]!++;
    if (messages.cpu[message]! > 0) {
      table.state[row] = ON_CPU;
      this.processors.add(worker, row, messages.workload[message]!, messages.cpu[message]!, now);
    } else {
      table.state[row] = WAITING;
      this.waits.push(now + table.wait[row]!, row);
    }
  }

  private leaveCpu(worker: number, now: number): void {
    const { processors, table } = this;
    processors.settle(worker, now);
    for (let row = processors.takeDue(worker); row >= 0; row = processors.takeDue(worker)) {
      if (table.wait[row]! > 0) {
        table.state[row] = WAITING;
        this.waits.push(now + table.wait[row]!, row);
      } else {
        this.complete(row, now);
      }
    }
    processors.share(worker, now);
  }

  /** A worker is through with a message, and has room for another unless it is leaving. */
  private complete(row: number, now: number): void {
    const { table, inbox, group } = this;
    const isLost = table.state[row] === LOST;
    table.close(row);
    if (isLost) return;
    if (table.fails[row] === 1) inbox.failed(table.message[row]!, table.order[row]!);
    else inbox.done(now, table.message[row]!, table.order[row]!);
    const worker = table.worker[row]!;
    const left = --group.outstanding[worker]!;
    if (group.state[worker] === IN_SERVICE) this.idle.freed(worker, now);
    else if (left === 0 && group.state[worker] === DRAINING) group.leave(worker, now);
  }

  private tick(now: number): void {
    const { group, steering, idle } = this;
    idle.now = now;
    if (group.nextAt <= steering.nextAt) {
      const overdue = group.step();
      if (overdue >= 0 && group.outstanding[overdue]! > 0) this.interrupt(overdue, now);
    } else {
      steering.tick();
    }
  }

  /** A worker is gone: what it held comes back when it is visible again. */
  private interrupt(worker: number, now: number): void {
    const { table, processors, inbox, group } = this;
    processors.settle(worker, now);
    for (const row of table.rowsOf(worker)) {
      inbox.lost(table.message[row]!, table.order[row]!);
      if (table.state[row] === WAITING) table.state[row] = LOST;
      else table.close(row);
    }
    while (processors.takeAny(worker) >= 0);
    processors.share(worker, now);
    group.outstanding[worker] = 0;
    group.leave(worker, now);
  }

  private growRows(): void {
    this.rowsKnown = this.table.capacity;
    this.waits.useOrder(this.table.order);
    this.processors.useOrder(this.table.order);
  }
}
