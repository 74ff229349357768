import { EntryHeap } from '../../kernel/entry-heap.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { Observation, WorkerSpans } from '../../observe/observation.ts';
import { DRAINING, GONE, type GroupParts, IN_SERVICE, type WorkerGroup } from '../replicas/worker-group.ts';
import type { TasksPlan } from './plan.ts';
import { RollingUpdate, updateStep } from './rolling-update.ts';
import { nextToStop } from './stop-order.ts';
import type { TaskCapacity } from './task-capacity.ts';
import { TaskLine } from './task-line.ts';
import { PROVISIONING, STARTING, WAITING } from './task-states.ts';

/** The tasks of a service through their lives: ordered, placed, pulled, in service, drained, gone. */
export class TaskGroup implements WorkerGroup {
  desired: number;
  nextAt = Number.POSITIVE_INFINITY;
  outstanding = new Int32Array(0);
  state = new Uint8Array(0);
  used = 0;
  startedMeasured = 0;
  private readonly plan: TasksPlan;
  private readonly parts: GroupParts;
  private readonly capacity: TaskCapacity;
  /** From the start of the image pull to the end, of every task that got so far. */
  private readonly taskSpans: WorkerSpans = { startMicros: [], endMicros: [] };
  private readonly randoms: { application: Random; interruption: Random };
  private readonly waiting = new TaskLine();
  private spanOf = new Int32Array(0);
  /** How many tasks were ordered before. */
  private created = new Float64Array(0);
  private ordered = 0;
  /** When the task's next change is due, and its notice of interruption: entries of other times are stale. */
  private dueAt = new Float64Array(0);
  private noticeAt = new Float64Array(0);
  private inServiceSince = new Float64Array(0);
  /** Which task definition the task has. */
  private revision = new Int32Array(0);
  private readonly update: RollingUpdate | null;
  private readonly lifecycle = new EntryHeap();
  private readonly notices = new EntryHeap();
  private readonly free: number[] = [];

  constructor(plan: TasksPlan, replication: number, parts: GroupParts) {
    const { seed } = plan.program;
    this.plan = plan;
    this.parts = parts;
    this.capacity = plan.openCapacity(replication);
    this.desired = plan.group.initial;
    this.update = plan.task.deployments === null ? null : new RollingUpdate(plan.task.deployments);
    this.randoms = {
      application: openRandom(seed, replication, 'application'),
      interruption: openRandom(seed, replication, 'interruption'),
    };
    this.grow(Math.max(1, plan.group.initial));
    for (let count = 0; count < plan.group.initial; count++) {
      if (plan.group.warm) this.orderWarm();
      else this.order(0);
    }
    this.goOn(0);
  }

  get spans(): WorkerSpans {
    return this.capacity.spans ?? this.taskSpans;
  }

  step(): number {
    const now = this.nextAt;
    let overdue = -1;
    if (this.lifecycle.nextTime === now) overdue = this.advance(this.lifecycle.pop(), now);
    else if (this.update?.nextAt === now) this.deploy(now);
    else if (this.notices.nextTime === now) this.notice(this.notices.pop(), now);
    else this.capacity.step(this.waiting.length);
    this.goOn(now);
    return overdue;
  }

  /** A scale-in waits for the end of a deployment (Amazon ECS Developer Guide, auto scaling, 2023-05). */
  setDesired(desired: number, now: number): void {
    if (desired < this.desired && this.update?.isUnderWay) return;
    for (let count = this.desired; count < desired; count++) this.order(now);
    for (let count = this.desired; count > desired; count--)
      this.stop(nextToStop(this, this.created, this.capacity), now);
    this.desired = desired;
    this.goOn(now);
  }

  leave(task: number, now: number): void {
    if (this.state[task] !== DRAINING) return;
    this.depart(task, now);
    this.goOn(now);
  }

  /** ECS's metrics take in a task as soon as it runs, and a start holds up no scale-in: cooldowns do. */
  isWarming(): boolean {
    return false;
  }

  /** The window closes: what the tasks ran on tells its part. */
  close(observation: Observation): void {
    this.capacity.close(observation);
  }

  private newTask(now: number): number {
    const task = this.free.pop() ?? this.used++;
    if (task >= this.state.length) this.grow(this.state.length * 2);
    this.created[task] = this.ordered++;
    this.revision[task] = this.update?.revision ?? 0;
    if (now >= this.plan.program.warmupMicros) this.startedMeasured++;
    return task;
  }

  private order(now: number): void {
    const task = this.newTask(now);
    this.state[task] = WAITING;
    this.waiting.append(task);
  }

  /** A task that was running before the window began, if there is a place for it. */
  private orderWarm(): void {
    const task = this.newTask(0);
    if (!this.capacity.claimWarm(task)) {
      this.state[task] = WAITING;
      this.waiting.append(task);
      return;
    }
    this.openSpan(task, 0);
    this.enterService(task, 0);
  }

  /** Gives places to waiting tasks, first come first served, and finds the next event. */
  private goOn(now: number): void {
    while (this.update?.isUnderWay && this.roll(this.update, now));
    while (this.waiting.length > 0 && this.capacity.claim(this.waiting.first, now)) {
      const task = this.waiting.shift();
      this.state[task] = PROVISIONING;
      this.expect(task, now + this.capacity.provisionMicros(task));
    }
    const updateAt = this.update?.nextAt ?? Number.POSITIVE_INFINITY;
    this.nextAt = Math.min(this.lifecycle.nextTime, this.notices.nextTime, this.capacity.nextAt, updateAt);
  }

  /** @returns the task when its time to drain is over and it still holds requests, else -1 */
  private advance(task: number, now: number): number {
    if (this.dueAt[task] !== now) return -1;
    this.dueAt[task] = Number.POSITIVE_INFINITY;
    if (this.state[task] === PROVISIONING) {
      const { applicationStart } = this.plan.task;
      this.openSpan(task, now);
      this.state[task] = STARTING;
      const pull = this.capacity.pullMicros(task, now);
      this.expect(task, now + pull + applicationStart.sample(this.randoms.application));
    } else if (this.state[task] === STARTING) {
      this.enterService(task, now);
    } else if (this.state[task] === DRAINING) {
      return task;
    }
    return -1;
  }

  private enterService(task: number, now: number): void {
    const { interruption } = this.plan.task;
    this.state[task] = IN_SERVICE;
    this.outstanding[task] = 0;
    this.inServiceSince[task] = now;
    this.update?.watch(now);
    const host = this.capacity.sharedHost?.(task);
    if (host !== undefined) this.parts.onRun(task, now, host.id, host.vcpus);
    this.parts.capacity.change(now, 1);
    this.parts.router.add(task, now);
    if (interruption === null) return;
    this.noticeAt[task] = now + interruption.after.sample(this.randoms.interruption);
    this.notices.push(this.noticeAt[task]!, task, this.created[task]!);
  }

  private deploy(now: number): void {
    if (this.update!.step(now)) this.capacity.renewImage?.();
  }

  /** Starts and stops as many tasks as the update may now. @returns whether that may have made room */
  private roll(update: RollingUpdate, now: number): boolean {
    const { healthyMicros, configuration } = update.plan;
    const old: number[] = [];
    const view = { desired: this.desired, oldInService: 0, old: 0, healthy: 0, fresh: 0 };
    for (let task = 0; task < this.used; task++) {
      const state = this.state[task];
      if (state === GONE || state === DRAINING) continue;
      if (this.revision[task] === update.revision) {
        view.fresh++;
        if (state === IN_SERVICE && now - this.inServiceSince[task]! >= healthyMicros) view.healthy++;
      } else if (state === IN_SERVICE) {
        view.oldInService++;
        old.push(task);
      } else {
        // What does not serve yet would only be stopped later.
        this.stop(task, now);
      }
    }
    view.old = view.oldInService;
    const { start, stop } = updateStep(view, configuration);
    for (let count = 0; count < start; count++) this.order(now);
    old.sort((a, b) => this.created[a]! - this.created[b]!);
    for (const task of old.slice(0, stop)) this.stop(task, now);
    update.isUnderWay = view.oldInService > stop || view.healthy < this.desired;
    return stop > 0;
  }

  /** Capacity is taken back: the task drains for as long as the notice is, and another is ordered at once. */
  private notice(task: number, now: number): void {
    if (this.noticeAt[task] !== now || this.state[task] !== IN_SERVICE) return;
    this.drain(task, now, this.plan.task.interruption!.noticeMicros);
    this.order(now);
  }

  private stop(task: number, now: number): void {
    switch (this.state[task]) {
      case WAITING:
        this.waiting.remove(task);
        this.state[task] = GONE;
        this.free.push(task);
        return;
      case STARTING:
        this.capacity.stopping(task);
        this.taskSpans.endMicros[this.spanOf[task]!] = now;
        this.vanish(task, now);
        return;
      case PROVISIONING:
        this.capacity.stopping(task);
        this.vanish(task, now);
        return;
      default:
        this.drain(task, now, this.plan.task.drainMicros);
    }
  }

  private drain(task: number, now: number, forMicros: number): void {
    this.state[task] = DRAINING;
    this.capacity.stopping(task);
    this.parts.router.remove(task);
    this.parts.capacity.change(now, -1);
    if (this.outstanding[task] === 0) this.depart(task, now);
    else this.expect(task, now + forMicros);
  }

  private depart(task: number, now: number): void {
    if (this.capacity.sharedHost !== undefined) this.parts.onEnd(task, now);
    this.taskSpans.endMicros[this.spanOf[task]!] = now;
    this.vanish(task, now);
  }

  private vanish(task: number, now: number): void {
    this.state[task] = GONE;
    this.dueAt[task] = Number.POSITIVE_INFINITY;
    this.noticeAt[task] = Number.POSITIVE_INFINITY;
    this.capacity.release(task, now);
    this.free.push(task);
  }

  private expect(task: number, at: number): void {
    this.dueAt[task] = at;
    this.lifecycle.push(at, task, this.created[task]!);
  }

  private openSpan(task: number, now: number): void {
    this.spanOf[task] = this.taskSpans.startMicros.length;
    this.taskSpans.startMicros.push(now);
    this.taskSpans.endMicros.push(Number.POSITIVE_INFINITY);
  }

  private grow(capacity: number): void {
    this.outstanding = grownInt32(this.outstanding, capacity);
    this.state = grownUint8(this.state, capacity);
    this.spanOf = grownInt32(this.spanOf, capacity);
    this.dueAt = grownFloat64(this.dueAt, capacity);
    this.noticeAt = grownFloat64(this.noticeAt, capacity);
    this.inServiceSince = grownFloat64(this.inServiceSince, capacity);
    this.revision = grownInt32(this.revision, capacity);
    this.created = grownFloat64(this.created, capacity);
    this.parts.onGrow(capacity, this.created);
  }
}
