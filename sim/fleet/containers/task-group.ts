import { EntryHeap } from '../../kernel/entry-heap.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { observeDeployments } from '../../observe/deployments.ts';
import type { Observation, WorkerSpans } from '../../observe/observation.ts';
import { NOTICE_MICROS } from '../replicas/purchase-mix.ts';
import { WaitingLine } from '../replicas/waiting-line.ts';
import { DRAINING, GONE, type GroupParts, IN_SERVICE, type WorkerGroup } from '../replicas/worker-group.ts';
import type { TasksPlan } from './plan.ts';
import { RollingUpdate, updateStep } from './rolling-update.ts';
import { nextToStop } from './stop-order.ts';
import type { TaskCapacity } from './task-capacity.ts';
import { TaskColumns } from './task-columns.ts';
import { FAILING, PROVISIONING, STARTING, WAITING } from './task-states.ts';

/** The tasks of a service through their lives: ordered, placed, pulled, in service, drained, gone. */
export class TaskGroup extends TaskColumns implements WorkerGroup {
  desired: number;
  nextAt = Number.POSITIVE_INFINITY;
  startedMeasured = 0;
  private readonly plan: TasksPlan;
  private readonly parts: GroupParts;
  private readonly capacity: TaskCapacity;
  private readonly randoms: { application: Random; interruption: Random };
  private readonly waiting = new WaitingLine();
  private ordered = 0;
  private readonly update: RollingUpdate | null;
  private readonly lifecycle = new EntryHeap();
  private readonly notices = new EntryHeap();
  private readonly free: number[] = [];

  constructor(plan: TasksPlan, replication: number, parts: GroupParts) {
    super();
    const { seed } = plan.program;
    this.plan = plan;
    this.parts = parts;
    this.capacity = plan.openCapacity(replication);
    this.desired = plan.group.initial;
    const { deployments } = plan.task;
    const failures = openRandom(seed, replication, 'deployment-failures');
    this.update = deployments === null ? null : new RollingUpdate(deployments, failures);
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
    else this.stepCapacity(now);
    this.goOn(now);
    return overdue;
  }

  /** A scale-in waits for the end of a deployment (Amazon ECS Developer Guide, auto scaling, 2023-05). */
  setDesired(desired: number, now: number): void {
    if (desired < this.desired && this.update?.isUnderWay) return;
    for (let count = this.desired; count < desired; count++) this.replace(now);
    const surplus = desired < this.desired ? this.present() - desired : 0;
    for (let count = 0; count < surplus; count++)
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
    if (this.update !== null) observation.deployments = observeDeployments(this.update.outcomes);
    observation.unplaced = this.waiting.unplacedAt(this.plan.program.windowMicros);
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
    this.waiting.append(task, now);
  }

  /** One task more is wanted: an update under way sees that for itself, a failed one launches none. */
  private replace(now: number): void {
    if (!this.update?.isUnderWay && !this.update?.isBlocked) this.order(now);
  }

  /** A task that was running before the window began, if there is a place for it. */
  private orderWarm(): void {
    const task = this.newTask(0);
    if (!this.capacity.claimWarm(task)) {
      this.state[task] = WAITING;
      this.waiting.append(task, 0);
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
      this.start(task, now);
    } else if (this.state[task] === STARTING) {
      this.enterService(task, now);
    } else if (this.state[task] === FAILING) {
      this.fail(task, now);
    } else if (this.state[task] === DRAINING) {
      return task;
    }
    return -1;
  }

  /** The image is pulled, then the program starts, or does not. */
  private start(task: number, now: number): void {
    const revision = this.revision[task]!;
    this.openSpan(task, now);
    const running = now + this.capacity.pullMicros(task, now);
    const isFailing = this.update?.isFailing(revision) ?? false;
    this.state[task] = isFailing ? FAILING : STARTING;
    if (isFailing && this.update!.failsToStart(revision)) this.expect(task, running);
    else this.expect(task, running + this.plan.task.applicationStart.sample(this.randoms.application));
  }

  /** What has failed is replaced, and counted. */
  private fail(task: number, now: number): void {
    this.end(task, now);
    const { revision } = this.update!;
    this.update!.fail(this.revision[task]!, this.desired, now);
    if (this.update!.revision !== revision) this.capacity.useImage?.(this.update!.revision);
    this.replace(now);
  }

  private enterService(task: number, now: number): void {
    const { interruption } = this.plan.task;
    this.state[task] = IN_SERVICE;
    this.outstanding[task] = 0;
    this.inServiceSince[task] = now;
    this.update?.watch(now);
    const host = this.capacity.sharedHost?.(task);
    this.parts.onRun(task, now, host?.id, host?.vcpus);
    this.parts.capacity.change(now, 1);
    this.parts.router.add(task, now);
    if (interruption === null) return;
    this.noticeAt[task] = now + interruption.after.sample(this.randoms.interruption);
    this.notices.push(this.noticeAt[task]!, task, this.created[task]!);
  }

  /** What runs the tasks changes: some have lost their host, or have to leave it. */
  private stepCapacity(now: number): void {
    const { capacity, plan } = this;
    capacity.step(this.waiting.length);
    for (let task = capacity.takeLost(); task >= 0; task = capacity.takeLost()) this.giveUp(task, now, 0);
    if (capacity.takeEvicted === undefined) return;
    const forMicros = Math.min(plan.task.drainMicros, NOTICE_MICROS);
    for (let task = capacity.takeEvicted(); task >= 0; task = capacity.takeEvicted())
      this.giveUp(task, now, forMicros);
  }

  /** Replaces a task at once that has so long to finish what it holds. */
  private giveUp(task: number, now: number, forMicros: number): void {
    if (this.state[task] === DRAINING) {
      if (forMicros === 0) this.expect(task, now);
      return;
    }
    if (this.state[task] === IN_SERVICE) this.drain(task, now, forMicros);
    else this.stop(task, now);
    this.replace(now);
  }

  private deploy(now: number): void {
    this.update!.step(now);
    this.capacity.useImage?.(this.update!.revision);
  }

  /** Starts and stops as many tasks as the update may now. @returns whether that may have made room */
  private roll(update: RollingUpdate, now: number): boolean {
    const { view, old, early } = this.survey(update, this.desired, now);
    // What does not serve yet would only be stopped later.
    for (const task of early) this.stop(task, now);
    const { start, stop } = updateStep(view, update.plan.configuration);
    if (!update.throttle.isClosed(now)) for (let count = 0; count < start; count++) this.order(now);
    for (const task of old.slice(0, stop)) this.stop(task, now);
    if (view.oldInService <= stop && view.healthy >= this.desired) update.finish();
    return stop > 0;
  }

  /** Capacity is taken back: the task drains for as long as the notice is, and another is ordered at once. */
  private notice(task: number, now: number): void {
    if (this.noticeAt[task] !== now || this.state[task] !== IN_SERVICE) return;
    this.giveUp(task, now, this.plan.task.interruption!.noticeMicros);
  }

  private stop(task: number, now: number): void {
    switch (this.state[task]) {
      case WAITING:
        this.waiting.remove(task);
        this.state[task] = GONE;
        this.free.push(task);
        return;
      case STARTING:
      case FAILING:
        this.end(task, now);
        return;
      case PROVISIONING:
        this.capacity.stopping(task);
        this.vanish(task, now);
        return;
      default:
        this.drain(task, now, this.plan.task.drainMicros);
    }
  }

  /** Of a task that has begun to start and does not serve. */
  private end(task: number, now: number): void {
    this.capacity.stopping(task);
    this.closeSpan(task, now);
    this.vanish(task, now);
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
    this.parts.onEnd(task, now);
    this.closeSpan(task, now);
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

  private grow(capacity: number): void {
    this.growColumns(capacity);
    this.parts.onGrow(capacity, this.created);
  }
}
