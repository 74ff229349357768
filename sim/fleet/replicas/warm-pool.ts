import type { Distribution } from '../../distributions/distribution.ts';
import { EventHeap } from '../../kernel/event-heap.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { grownFloat64 } from '../../kernel/typed-arrays.ts';
import type { InstancesPlan } from './plan.ts';

/** The state in which instances of a warm pool wait, in AWS's words. */
export type PoolState = 'Stopped' | 'Running' | 'Hibernated';

/** A warm pool, in numbers. */
export interface WarmPoolPlan {
  readonly poolState: PoolState;
  readonly minSize: number;
  /** Instances in the group and the pool together; null for the largest size of the group. */
  readonly maxGroupPreparedCapacity: number | null;
  /** Whether an instance that the group lets go comes back. */
  readonly reuseOnScaleIn: boolean;
  /** From being called to running again, and from there to the operating system's answer. */
  readonly pending: Distribution;
  readonly boot: Distribution;
  /** From the end of an instance's preparation, or of its service, to the pool's state. */
  readonly stopping: Distribution;
}

/** What an instance brings along from the pool. */
export interface Warmed {
  /** Its running span, which goes on; −1 when it stood still. */
  readonly span: number;
}

/** How the group notes when instances run. */
export interface SpanNotes {
  open(now: number): number;
  close(span: number, now: number): void;
}

/** Ordered; running and being prepared; on the way to the pool's state; there. */
type Phase = 'pending' | 'preparing' | 'stopping' | 'ready' | 'gone';

interface Member {
  phase: Phase;
  /** When its next change is due: entries of other times are stale. */
  dueAt: number;
  /** Its running span; −1 while it does not run. */
  span: number;
  stoppedSince: number;
}

/**
 * How many instances a pool holds: what is missing to the prepared capacity, by default the largest size of
 * the group, and no fewer than its own minimum (Amazon EC2 Auto Scaling User Guide, "Warm pools", 2023-05).
 */
export function warmPoolSize(
  { minSize, maxGroupPreparedCapacity }: Pick<WarmPoolPlan, 'minSize' | 'maxGroupPreparedCapacity'>,
  group: { readonly max: number; readonly desired: number },
): number {
  return Math.max(minSize, (maxGroupPreparedCapacity ?? group.max) - group.desired);
}

/**
 * Instances that have been prepared ahead: started, their program too, and then stopped, hibernated or kept
 * running until the group needs them. A stopped one is paid for its volume only, a running one in full; one
 * that hibernates is paid in full while it is stopping.
 */
export class WarmPool {
  /** Instances that leave the group and are going to come back. */
  private readonly returning = new Set<number>();
  private readonly windowMicros: number;
  private readonly plan: WarmPoolPlan;
  private readonly instance: InstancesPlan['instance'];
  private readonly notes: SpanNotes;
  private readonly members: Member[] = [];
  private readonly lifecycle = new EventHeap(new Float64Array(16));
  private readonly ready: number[] = [];
  private size = 0;
  /** Exact also for thousands of instances over months. */
  private stoppedMicros = 0n;
  private readonly random: Random;

  constructor(
    plan: WarmPoolPlan,
    { instance, program }: InstancesPlan,
    replication: number,
    notes: SpanNotes,
  ) {
    this.plan = plan;
    this.instance = instance;
    this.notes = notes;
    this.windowMicros = program.windowMicros;
    this.random = openRandom(program.seed, replication, 'warm-pool');
  }

  /** When the next instance of the pool changes its state; Infinity when none is going to. */
  get nextAt(): number {
    return this.lifecycle.nextTime;
  }

  /** Carries out the change that is due. */
  step(): void {
    const now = this.lifecycle.nextTime;
    const id = this.lifecycle.pop();
    const member = this.members[id]!;
    if (member.dueAt !== now) return;
    if (member.phase === 'pending') {
      member.span = this.notes.open(now);
      member.phase = 'preparing';
      const { boot, applicationStart } = this.instance;
      this.expect(id, now + boot.sample(this.random) + applicationStart.sample(this.random));
    } else if (member.phase === 'preparing') {
      this.putAside(id, now);
    } else if (member.phase === 'stopping') {
      this.standStill(member, now);
      this.beReady(id);
    }
  }

  /** Takes an instance that is ready, the one that has been so for longest; null when none is. */
  take(now: number): Warmed | null {
    const id = this.ready.shift();
    if (id === undefined) return null;
    const { span } = this.members[id]!;
    this.drop(id, now);
    return { span };
  }

  /** The volume of an instance that was taken, until it runs. */
  keepVolume(now: number, micros: number): void {
    this.stoppedMicros += BigInt(Math.min(micros, this.windowMicros - now));
  }

  /** The group lets an instance go: it may be going to come back. */
  expectBack(instance: number): void {
    if (this.plan.reuseOnScaleIn) this.returning.add(instance);
  }

  /**
   * An instance has left the group. If it comes back its span goes on for as long as the pool's state pays.
   * @returns whether it does
   */
  takeBack(instance: number, span: number, now: number, isLost: boolean): boolean {
    if (!this.returning.delete(instance) || isLost) return false;
    const id = this.add();
    this.members[id]!.span = span;
    this.putAside(id, now);
    return true;
  }

  /** Launches or terminates instances until, with those that come back, there are as many as told. */
  resize(size: number, now: number, isReady = false): void {
    while (this.size + this.returning.size < size) {
      const id = this.add();
      if (isReady) this.beginReady(id, now);
      else this.expect(id, now + this.instance.pending.sample(this.random));
    }
    for (let id = this.members.length - 1; id >= 0 && this.size + this.returning.size > size; id--) {
      if (this.members[id]!.phase === 'gone') continue;
      this.terminate(id, now);
    }
  }

  /** Instance-microseconds that volumes were kept for instances standing still. */
  stoppedUntil(now: number): bigint {
    const still = this.members.filter((each) => each.stoppedSince < now);
    return still.reduce((sum, { stoppedSince }) => sum + BigInt(now - stoppedSince), this.stoppedMicros);
  }

  private add(): number {
    const id = this.members.length;
    this.members.push({
      phase: 'pending',
      dueAt: Number.POSITIVE_INFINITY,
      span: -1,
      stoppedSince: Number.POSITIVE_INFINITY,
    });
    if (id >= this.lifecycle.order.length) this.lifecycle.order = grownFloat64(this.lifecycle.order, 2 * id);
    this.lifecycle.order[id] = id;
    this.size++;
    return id;
  }

  /** There at the beginning of the run. */
  private beginReady(id: number, now: number): void {
    const member = this.members[id]!;
    if (this.plan.poolState === 'Running') member.span = this.notes.open(now);
    else member.stoppedSince = now;
    this.beReady(id);
  }

  /** Prepared or out of service: on the way to the pool's state. */
  private putAside(id: number, now: number): void {
    const member = this.members[id]!;
    if (this.plan.poolState === 'Running') {
      this.beReady(id);
      return;
    }
    member.phase = 'stopping';
    if (this.plan.poolState === 'Stopped') this.standStill(member, now);
    this.expect(id, now + this.plan.stopping.sample(this.random));
  }

  /** From now on only its volume is paid. */
  private standStill(member: Member, now: number): void {
    if (member.span < 0) return;
    this.notes.close(member.span, now);
    member.span = -1;
    member.stoppedSince = now;
  }

  private beReady(id: number): void {
    this.members[id]!.phase = 'ready';
    this.ready.push(id);
  }

  private terminate(id: number, now: number): void {
    const place = this.ready.indexOf(id);
    if (place >= 0) this.ready.splice(place, 1);
    const { span } = this.members[id]!;
    if (span >= 0) this.notes.close(span, now);
    this.drop(id, now);
  }

  private drop(id: number, now: number): void {
    const member = this.members[id]!;
    if (member.stoppedSince < now) this.stoppedMicros += BigInt(now - member.stoppedSince);
    this.members[id] = { phase: 'gone', dueAt: Number.NaN, span: -1, stoppedSince: Number.POSITIVE_INFINITY };
    this.size--;
  }

  private expect(id: number, at: number): void {
    this.members[id]!.dueAt = at;
    this.lifecycle.push(at, id);
  }
}
