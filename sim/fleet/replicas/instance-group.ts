import { EventHeap } from '../../kernel/event-heap.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { WorkerSpans } from '../../observe/observation.ts';
import type { InstancesPlan } from './plan.ts';
import { NOTICE_MICROS } from './purchase-mix.ts';
import { SpotFleet } from './spot-fleet.ts';
import { DRAINING, GONE, type GroupParts, IN_SERVICE, type WorkerGroup } from './worker-group.ts';

/** Ordered, not yet running, not billed. */
const PENDING = 1;
/** Running, billed, not yet serving. */
const BOOTING = 2;

/** The instances of a group through their lives: ordered, started, in service, drained, gone. */
export class InstanceGroup implements WorkerGroup {
  desired: number;
  nextAt = Number.POSITIVE_INFINITY;
  /** Requests that each instance holds, in service and waiting; kept by the engine. */
  outstanding = new Int32Array(0);
  state = new Uint8Array(0);
  inServiceSince = new Float64Array(0);
  /** Instances ever given a number are below. */
  used = 0;
  /** Started after the warm-up of the run. */
  startedMeasured = 0;
  lastActivityAt = Number.NEGATIVE_INFINITY;
  /** Instances that are launching or terminating. */
  private moving = 0;
  /** From running to gone, of every instance that ran; Infinity for those that still do. */
  readonly spans: WorkerSpans = { startMicros: [], endMicros: [], isSpot: [] };
  private runningSince = new Float64Array(0);
  private spanOf = new Int32Array(0);
  /** How many instances were ordered before: of several at one instant, the older comes first. */
  private created = new Float64Array(0);
  private ordered = 0;
  /** When the instance's next change is due: entries of other times are stale. */
  private dueAt = new Float64Array(0);
  private readonly lifecycle = new EventHeap(this.created);
  private readonly free: number[] = [];
  private readonly spot: SpotFleet;
  private readonly randoms: { pending: Random; boot: Random; application: Random };

  private readonly plan: InstancesPlan;
  private readonly parts: GroupParts;

  constructor(plan: InstancesPlan, replication: number, parts: GroupParts) {
    const random = (purpose: string) => openRandom(plan.program.seed, replication, purpose);
    this.plan = plan;
    this.parts = parts;
    this.desired = plan.group.initial;
    this.spot = new SpotFleet(plan.group.purchase ?? null, random('interruption'));
    this.randoms = { pending: random('pending'), boot: random('boot'), application: random('application') };
    this.grow(Math.max(1, plan.group.initial));
    for (let count = 0; count < plan.group.initial; count++) this.order(0, plan.group.warm);
  }

  /**
   * Carries out the change that is due.
   * @returns an instance whose time to drain is over and that still holds requests, else -1
   */
  step(): number {
    const isNotice = this.spot.nextNoticeAt < this.lifecycle.nextTime;
    const overdue = isNotice ? this.notice() : this.change();
    this.nextAt = Math.min(this.lifecycle.nextTime, this.spot.nextNoticeAt);
    return overdue;
  }

  private change(): number {
    const now = this.lifecycle.nextTime;
    const instance = this.lifecycle.pop();
    const { boot, applicationStart } = this.plan.instance;
    if (this.dueAt[instance] !== now) return -1;
    this.dueAt[instance] = Number.POSITIVE_INFINITY;
    switch (this.state[instance]) {
      case PENDING: {
        this.run(instance, now);
        const toService = boot.sample(this.randoms.boot) + applicationStart.sample(this.randoms.application);
        this.state[instance] = BOOTING;
        this.expect(instance, now + toService);
        return -1;
      }
      case BOOTING:
        this.enterService(instance, now);
        this.endActivity(now);
        return -1;
      case DRAINING:
        if (this.outstanding[instance] === 0) this.leave(instance, now);
        return this.state[instance] === DRAINING ? instance : -1;
      default:
        return -1;
    }
  }

  /** Orders or drains instances until as many are ordered, starting or in service as wanted. */
  setDesired(desired: number, now: number): void {
    for (let count = this.desired; count < desired; count++) this.order(now, false);
    for (let count = this.desired; count > desired; count--) this.remove(now);
    this.desired = desired;
  }

  /** The instance holds no more requests, or what it held is lost: it is gone, if it was leaving. */
  leave(instance: number, now: number): void {
    if (this.state[instance] !== DRAINING) return;
    const takenAt = this.spot.takenFrom(instance);
    // It runs, and is paid for, until AWS takes it.
    if (takenAt < Number.POSITIVE_INFINITY && now < takenAt) return;
    this.state[instance] = GONE;
    this.spot.end(instance);
    this.endActivity(now);
    this.spans.endMicros[this.spanOf[instance]!] = now;
    this.parts.onEnd(instance, now);
    this.dueAt[instance] = Number.POSITIVE_INFINITY;
    this.free.push(instance);
    if (takenAt < Number.POSITIVE_INFINITY && this.spot.missing > 0) this.replace(now);
  }

  /** Whether an instance is starting, or has been in service for less than the group's warm-up. */
  isWarming(instance: number, now: number): boolean {
    const state = this.state[instance];
    if (state === PENDING || state === BOOTING) return true;
    return state === IN_SERVICE && now - this.inServiceSince[instance]! < this.plan.group.warmupMicros;
  }

  private order(now: number, warm: boolean): void {
    const instance = this.free.pop() ?? this.used++;
    if (instance >= this.state.length) this.grow(this.state.length * 2);
    this.created[instance] = this.ordered++;
    this.spot.order(instance);
    if (now >= this.plan.program.warmupMicros) this.startedMeasured++;
    if (warm) {
      this.run(instance, now);
      this.enterService(instance, now);
      this.inServiceSince[instance] = Number.NEGATIVE_INFINITY;
    } else {
      this.state[instance] = PENDING;
      this.beginActivity();
      this.expect(instance, now + this.plan.instance.pending.sample(this.randoms.pending));
    }
  }

  private beginActivity(): void {
    this.moving++;
    this.lastActivityAt = Number.POSITIVE_INFINITY;
  }

  private endActivity(now: number): void {
    if (--this.moving === 0) this.lastActivityAt = now;
  }

  private expect(instance: number, at: number): void {
    this.dueAt[instance] = at;
    this.lifecycle.push(at, instance);
    if (at < this.nextAt) this.nextAt = at;
  }

  private run(instance: number, now: number): void {
    this.runningSince[instance] = now;
    this.parts.onRun(instance, now);
    this.spanOf[instance] = this.spans.startMicros.length;
    this.spans.startMicros.push(now);
    this.spans.isSpot!.push(this.spot.isSpot(instance));
    this.spot.run(instance, now);
    if (this.spot.nextNoticeAt < this.nextAt) this.nextAt = this.spot.nextNoticeAt;
    this.spans.endMicros.push(Number.POSITIVE_INFINITY);
  }

  private enterService(instance: number, now: number): void {
    this.state[instance] = IN_SERVICE;
    this.inServiceSince[instance] = now;
    this.outstanding[instance] = 0;
    this.parts.capacity.change(now, 1);
    this.parts.router.add(instance);
  }

  /** One instance fewer: of those that are missing anyway, or one that leaves. */
  private remove(now: number): void {
    if (this.spot.missing > 0) this.spot.missing--;
    else this.drain(this.chooseToLeave(now), now);
  }

  private replace(now: number): void {
    this.spot.missing--;
    this.order(now, false);
  }

  /**
   * AWS wants a Spot instance back in two minutes: it gets no more requests and finishes what it can.
   * @returns -1: it holds on to its requests until then
   */
  private notice(): number {
    const now = this.spot.nextNoticeAt;
    const instance = this.spot.takeNotice();
    if (instance < 0) return -1;
    if (this.state[instance] === DRAINING) {
      if (now + NOTICE_MICROS < this.dueAt[instance]!) this.expect(instance, now + NOTICE_MICROS);
      return -1;
    }
    const takenAt = this.spot.take(instance, now);
    this.spot.missing++;
    this.beginLeaving(instance, now);
    this.expect(instance, takenAt);
    if (this.spot.replacesAtNotice) this.replace(now);
    return -1;
  }

  private beginLeaving(instance: number, now: number): void {
    this.spot.leave(instance);
    // One that is still starting stays the launch under way that it is.
    if (this.state[instance] === IN_SERVICE) {
      this.beginActivity();
      this.parts.router.remove(instance);
      this.parts.capacity.change(now, -1);
    } else {
      this.outstanding[instance] = 0;
    }
    this.state[instance] = DRAINING;
  }

  private drain(instance: number, now: number): void {
    this.beginLeaving(instance, now);
    if (this.outstanding[instance] === 0) this.leave(instance, now);
    else this.expect(instance, now + this.plan.instance.deregistrationMicros);
  }

  /**
   * The default termination policy, all instances alike in zone and template: of the kind, on demand or Spot,
   * that there are too many of, the one closest to its next billing hour goes first (Amazon EC2 Auto Scaling
   * User Guide, 2023-05); of several, the oldest.
   */
  private chooseToLeave(now: number): number {
    const { removesOnDemand } = this.spot;
    const ofKind = removesOnDemand === null ? -1 : this.closestToHour(now, !removesOnDemand);
    return ofKind < 0 ? this.closestToHour(now, null) : ofKind;
  }

  private closestToHour(now: number, isSpot: boolean | null): number {
    let chosen = -1;
    for (let instance = 0; instance < this.used; instance++) {
      if (this.state[instance] !== IN_SERVICE) continue;
      if (isSpot !== null && this.spot.isSpot(instance) !== isSpot) continue;
      if (chosen < 0) {
        chosen = instance;
        continue;
      }
      const hour = (now - this.runningSince[instance]!) % MICROS_PER_HOUR;
      const chosenHour = (now - this.runningSince[chosen]!) % MICROS_PER_HOUR;
      const isOlder = this.spanOf[instance]! < this.spanOf[chosen]!;
      if (hour > chosenHour || (hour === chosenHour && isOlder)) chosen = instance;
    }
    return chosen;
  }

  private grow(capacity: number): void {
    this.outstanding = grownInt32(this.outstanding, capacity);
    this.state = grownUint8(this.state, capacity);
    this.inServiceSince = grownFloat64(this.inServiceSince, capacity);
    this.runningSince = grownFloat64(this.runningSince, capacity);
    this.spanOf = grownInt32(this.spanOf, capacity);
    this.dueAt = grownFloat64(this.dueAt, capacity);
    this.created = grownFloat64(this.created, capacity);
    this.lifecycle.order = this.created;
    this.spot.grow(capacity, this.created);
    this.parts.onGrow(capacity, this.created);
  }
}
