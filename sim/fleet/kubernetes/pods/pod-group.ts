import { EntryHeap } from '../../../kernel/entry-heap.ts';
import { openRandom, type Random } from '../../../kernel/random.ts';
import { grownFloat64, grownInt32, grownUint8 } from '../../../kernel/typed-arrays.ts';
import type { Observation, WorkerSpans } from '../../../observe/observation.ts';
import { WaitingLine } from '../../replicas/waiting-line.ts';
import {
  DRAINING,
  GONE,
  type GroupParts,
  IN_SERVICE,
  type WorkerGroup,
} from '../../replicas/worker-group.ts';
import type { PodsPlan } from './plan.ts';
import { PodCreation } from './pod-creation.ts';
import type { PodPlaces } from './pod-places.ts';
import { readyAfterMicros } from './readiness.ts';

/** Pending: no node has room for it. */
export const UNSCHEDULED = 1;
/** Bound to its place, not yet there. */
const BOUND = 2;
/** Pulls its image, starts its program, waits for its readiness probe. */
const STARTING = 5;

/**
 * The pods of a Deployment through their lives: pending, bound, starting, ready, terminating, gone. Pods of
 * one template are alike, so where the first in line finds no place none does.
 */
export class PodGroup implements WorkerGroup {
  desired: number;
  nextAt = Number.POSITIVE_INFINITY;
  outstanding = new Int32Array(0);
  state = new Uint8Array(0);
  used = 0;
  startedMeasured = 0;
  /** When each container started and became ready: −Infinity before the window, Infinity for not yet. */
  startedAt = new Float64Array(0);
  readyAt = new Float64Array(0);
  readonly spans: WorkerSpans;
  private readonly plan: PodsPlan;
  private readonly parts: GroupParts;
  private readonly places: PodPlaces;
  private readonly application: Random;
  private readonly waiting = new WaitingLine();
  /** Null where pods are made as soon as they are wanted. */
  private readonly creation: PodCreation | null;
  private spanOf = new Int32Array(0);
  /** How many pods were made before. */
  private created = new Float64Array(0);
  private made = 0;
  /** When the pod's next change is due: entries of other times are stale. */
  private dueAt = new Float64Array(0);
  private readonly lifecycle = new EntryHeap();
  private readonly free: number[] = [];

  constructor(plan: PodsPlan, replication: number, parts: GroupParts) {
    this.plan = plan;
    this.parts = parts;
    this.places = plan.openPlaces(replication);
    this.spans = this.places.spans ?? { startMicros: [], endMicros: [] };
    this.desired = plan.group.initial;
    this.application = openRandom(plan.program.seed, replication, 'application');
    this.creation = plan.pod.creation === null ? null : new PodCreation(plan.pod.creation);
    this.grow(Math.max(1, plan.group.initial));
    for (let count = 0; count < plan.group.initial; count++) {
      if (plan.group.warm) this.make(0, true);
      else this.want(0);
    }
    this.goOn(0);
  }

  step(): number {
    const now = this.nextAt;
    let overdue = -1;
    if (this.lifecycle.nextTime === now) {
      overdue = this.advance(this.lifecycle.pop(), now);
    } else if (this.places.nextAt === now) {
      this.places.step(this.waiting.length);
      this.replaceLost(now);
      this.evict(now);
    }
    this.goOn(now);
    return overdue;
  }

  setDesired(desired: number, now: number): void {
    for (let count = this.desired; count < desired; count++) this.want(now);
    const fewer = Math.max(0, this.desired - desired);
    const surplus = this.creation?.forgo(fewer) ?? fewer;
    for (let count = 0; count < surplus; count++) this.delete(this.chooseToDelete(), now);
    this.desired = desired;
    this.goOn(now);
  }

  leave(pod: number, now: number): void {
    if (this.state[pod] !== DRAINING) return;
    this.endSpan(pod, now);
    this.vanish(pod, now);
    this.goOn(now);
  }

  /** The HPA looks at each pod's readiness itself. */
  isWarming(): boolean {
    return false;
  }

  close(observation: Observation): void {
    observation.unplaced = this.waiting.unplacedAt(this.plan.program.windowMicros);
    this.places.close(observation);
  }

  /** The ReplicaSet wants one more pod. */
  private want(now: number): void {
    if (this.creation === null) this.make(now, false);
    else this.creation.owed++;
  }

  private make(now: number, warm: boolean): void {
    const pod = this.free.pop() ?? this.used++;
    if (pod >= this.state.length) this.grow(this.state.length * 2);
    this.created[pod] = this.made++;
    this.startedAt[pod] = Number.POSITIVE_INFINITY;
    this.readyAt[pod] = Number.POSITIVE_INFINITY;
    if (now >= this.plan.program.warmupMicros) this.startedMeasured++;
    if (warm && this.places.claimWarm(pod)) {
      this.startedAt[pod] = Number.NEGATIVE_INFINITY;
      this.openSpan(pod, now);
      this.enterService(pod, now);
      this.readyAt[pod] = Number.NEGATIVE_INFINITY;
    } else {
      this.state[pod] = UNSCHEDULED;
      this.waiting.append(pod, now);
    }
  }

  /** Makes pods that are owed, binds waiting ones first come first served, and finds the next event. */
  private goOn(now: number): void {
    while (this.creation !== null && this.creation.nextAt(now) <= now) {
      this.creation.take(now);
      this.make(now, false);
    }
    while (this.waiting.length > 0 && this.places.claim(this.waiting.first, now)) {
      const pod = this.waiting.shift();
      this.state[pod] = BOUND;
      this.expect(pod, now + this.places.provisionMicros(pod));
    }
    this.places.await?.(this.waiting.length, now);
    const makingAt = this.creation?.nextAt(now) ?? Number.POSITIVE_INFINITY;
    this.nextAt = Math.min(this.lifecycle.nextTime, this.places.nextAt, makingAt);
  }

  /** @returns the pod when its grace period is over and it still holds requests, else -1 */
  private advance(pod: number, now: number): number {
    if (this.dueAt[pod] !== now) return -1;
    this.dueAt[pod] = Number.POSITIVE_INFINITY;
    if (this.state[pod] === BOUND) {
      const { applicationStart, readinessProbe } = this.plan.pod;
      this.openSpan(pod, now);
      this.state[pod] = STARTING;
      this.startedAt[pod] = now + this.places.pullMicros(pod, now);
      const start = applicationStart.sample(this.application);
      this.expect(pod, this.startedAt[pod]! + readyAfterMicros(start, readinessProbe));
    } else if (this.state[pod] === STARTING) {
      this.enterService(pod, now);
    } else if (this.state[pod] === DRAINING) {
      return pod;
    }
    return -1;
  }

  private enterService(pod: number, now: number): void {
    this.state[pod] = IN_SERVICE;
    this.readyAt[pod] = now;
    this.outstanding[pod] = 0;
    const host = this.places.hostOf?.(pod);
    this.parts.onRun(pod, now, host?.id, host?.vcpus);
    this.parts.capacity.change(now, 1);
    this.parts.router.add(pod, now);
  }

  /** What is lost with its node or its zone is made anew; the requests that it holds are lost too. */
  private replaceLost(now: number): void {
    for (let pod = this.places.takeLost(); pod >= 0; pod = this.places.takeLost()) {
      if (this.state[pod] === DRAINING) {
        this.expect(pod, now);
        continue;
      }
      if (this.state[pod] === IN_SERVICE) this.drain(pod, now, 0);
      else this.delete(pod, now);
      this.make(now, false);
    }
  }

  /** Pods that have to leave their node are deleted, and the ReplicaSet makes others at once. */
  private evict(now: number): void {
    if (this.places.takeEvicted === undefined) return;
    for (let pod = this.places.takeEvicted(); pod >= 0; pod = this.places.takeEvicted()) {
      if (this.state[pod] === DRAINING) continue;
      this.delete(pod, now);
      this.want(now);
    }
  }

  /**
   * The ReplicaSet's choice: a pod without a node, then one that is not ready, then one of the node with most
   * of them, then the newest.
   * (kubernetes/kubernetes pkg/controller/controller_utils.go, ActivePodsWithRanks, 2025.)
   */
  private chooseToDelete(): number {
    let chosen = -1;
    for (let pod = 0; pod < this.used; pod++) {
      const state = this.state[pod];
      if (state === GONE || state === DRAINING) continue;
      if (chosen < 0 || this.goesBefore(pod, chosen)) chosen = pod;
    }
    return chosen;
  }

  private goesBefore(pod: number, other: number): boolean {
    const [rank, otherRank] = [this.deletionRank(pod), this.deletionRank(other)];
    if (rank !== otherRank) return rank > otherRank;
    const [ready, otherReady] = [this.readyAt[pod]!, this.readyAt[other]!];
    return ready !== otherReady ? ready > otherReady : this.created[pod]! > this.created[other]!;
  }

  private deletionRank(pod: number): number {
    const state = this.state[pod];
    if (state === UNSCHEDULED) return Number.POSITIVE_INFINITY;
    return state === IN_SERVICE ? this.places.stopRank(pod) : Number.MAX_VALUE;
  }

  private delete(pod: number, now: number): void {
    switch (this.state[pod]) {
      case UNSCHEDULED:
        this.waiting.remove(pod);
        this.state[pod] = GONE;
        this.free.push(pod);
        return;
      case BOUND:
      case STARTING:
        this.endSpan(pod, now);
        this.vanish(pod, now);
        return;
      default:
        this.drain(pod, now, this.plan.pod.graceMicros);
    }
  }

  private drain(pod: number, now: number, forMicros: number): void {
    this.state[pod] = DRAINING;
    this.parts.router.remove(pod);
    this.parts.capacity.change(now, -1);
    if (this.outstanding[pod] === 0) {
      this.endSpan(pod, now);
      this.vanish(pod, now);
    } else {
      this.expect(pod, now + forMicros);
    }
  }

  private vanish(pod: number, now: number): void {
    if (this.readyAt[pod]! < Number.POSITIVE_INFINITY) this.parts.onEnd(pod, now);
    this.state[pod] = GONE;
    this.dueAt[pod] = Number.POSITIVE_INFINITY;
    this.places.release(pod, now);
    this.free.push(pod);
  }

  private expect(pod: number, at: number): void {
    this.dueAt[pod] = at;
    this.lifecycle.push(at, pod, this.created[pod]!);
  }

  /** Pods that are themselves what is paid for: from the start of the image pull. */
  private openSpan(pod: number, now: number): void {
    if (this.places.spans !== undefined) return;
    this.spanOf[pod] = this.spans.startMicros.length;
    this.spans.startMicros.push(now);
    this.spans.endMicros.push(Number.POSITIVE_INFINITY);
  }

  private endSpan(pod: number, now: number): void {
    if (this.places.spans === undefined && this.state[pod] !== BOUND) {
      this.spans.endMicros[this.spanOf[pod]!] = now;
    }
  }

  private grow(capacity: number): void {
    this.outstanding = grownInt32(this.outstanding, capacity);
    this.state = grownUint8(this.state, capacity);
    this.startedAt = grownFloat64(this.startedAt, capacity);
    this.readyAt = grownFloat64(this.readyAt, capacity);
    this.spanOf = grownInt32(this.spanOf, capacity);
    this.dueAt = grownFloat64(this.dueAt, capacity);
    this.created = grownFloat64(this.created, capacity);
    this.parts.onGrow(capacity, this.created);
  }
}
