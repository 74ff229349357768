import { EntryHeap } from '../../kernel/entry-heap.ts';
import { openRandom } from '../../kernel/random.ts';
import { GroupZones } from './group-zones.ts';
import { BOOTING, InstanceColumns, PENDING } from './instance-columns.ts';
import { InstanceStarts } from './instance-starts.ts';
import type { InstancesPlan } from './plan.ts';
import { NOTICE_MICROS } from './purchase-mix.ts';
import { SpotFleet } from './spot-fleet.ts';
import { chooseToLeave } from './termination.ts';
import { WarmPool, warmPoolSize } from './warm-pool.ts';
import { DRAINING, GONE, type GroupParts, IN_SERVICE, type WorkerGroup } from './worker-group.ts';
import { ZoneFaults, type ZoneHost } from './zone-faults.ts';

/** The instances of a group through their lives: ordered, started, in service, drained, gone. */
export class InstanceGroup extends InstanceColumns implements WorkerGroup, ZoneHost {
  desired: number;
  max: number;
  nextAt = Number.POSITIVE_INFINITY;
  /** Started after the warm-up of the run. */
  startedMeasured = 0;
  lastActivityAt = Number.NEGATIVE_INFINITY;
  /** Instances that are launching or terminating. */
  private moving = 0;
  private readonly lifecycle = new EntryHeap();
  private readonly spot: SpotFleet;
  private readonly zones: GroupZones;
  private readonly faults: ZoneFaults;
  private readonly pool: WarmPool | null;
  private readonly starts: InstanceStarts;
  private readonly plan: InstancesPlan;
  private readonly parts: GroupParts;

  constructor(plan: InstancesPlan, replication: number, parts: GroupParts) {
    super();
    const { program } = plan;
    const { initial, max, purchase, zones, warm, warmPool } = plan.group;
    this.plan = plan;
    this.parts = parts;
    this.desired = initial;
    this.max = max;
    this.spot = new SpotFleet(purchase ?? null, openRandom(program.seed, replication, 'interruption'));
    this.zones = new GroupZones(zones);
    this.faults = new ZoneFaults(program.faults, this.zones, this);
    this.starts = new InstanceStarts(plan, replication);
    const notes = { open: (now: number) => this.openSpan(now, false), close: this.closeSpan.bind(this) };
    this.pool = warmPool === null ? null : new WarmPool(warmPool, plan, replication, notes);
    this.makeRoom(Math.max(1, initial));
    for (let count = 0; count < initial; count++) this.order(0, warm);
    this.fillPool(0, warm);
    this.findNext();
  }

  step(): number {
    const now = this.nextAt;
    let overdue = -1;
    if (this.lifecycle.nextTime === now) overdue = this.change();
    else if (this.spot.nextNoticeAt === now) this.notice();
    else if (this.pool?.nextAt === now) this.pool.step();
    else this.faults.step();
    this.findNext();
    return overdue;
  }

  /** Orders or drains instances until as many are ordered, starting or in service as wanted. */
  setDesired(desired: number, now: number): void {
    for (let count = this.desired; count < desired; count++) this.orderOrMiss(now);
    for (let count = this.desired; count > desired; count--) this.remove(now);
    this.desired = desired;
    this.fillPool(now, false);
    this.findNext();
  }

  /** The largest size of the group has changed. */
  limit(max: number, now: number): void {
    this.max = max;
    this.fillPool(now, false);
    this.findNext();
  }

  /** The instance holds no more requests, or what it held is lost: it is gone, if it was leaving. */
  leave(instance: number, now: number): void {
    if (this.state[instance] !== DRAINING) return;
    const takenAt = this.spot.takenFrom(instance);
    const isLost = this.zones.isLostWith(instance);
    // It runs, and is paid for, until AWS takes it.
    if (takenAt < Number.POSITIVE_INFINITY && now < takenAt && !isLost) return;
    const span = this.spanOf[instance]!;
    if (this.pool?.takeBack(instance, span, now, isLost) !== true) this.closeSpan(span, now);
    this.end(instance, now);
    if (takenAt < Number.POSITIVE_INFINITY) this.orderMissing(now, 1);
    this.findNext();
  }

  /** Whether an instance is starting, or has been in service for less than the group's warm-up. */
  isWarming(instance: number, now: number): boolean {
    if (this.isStarting(instance)) return true;
    return this.isInService(instance) && now - this.inServiceSince[instance]! < this.plan.group.warmupMicros;
  }

  usageAt(now: number): Record<string, bigint> {
    return this.pool === null ? {} : { stoppedInstanceMicros: this.pool.stoppedUntil(now) };
  }

  orderOrMiss(now: number): void {
    if (this.zones.canLaunch) this.order(now, false);
    else this.spot.missing++;
  }

  orderMissing(now: number, most = Number.POSITIVE_INFINITY): void {
    for (let count = 0; count < most && this.spot.missing > 0 && this.zones.canLaunch; count++) {
      this.spot.missing--;
      this.order(now, false);
    }
  }

  drainOne(now: number): void {
    this.drain(this.chooseToLeave(now), now);
  }

  destroy(instance: number, now: number): void {
    if (this.isStarting(instance)) this.callOff(instance, now);
    else if (this.state[instance] !== GONE) {
      if (this.isInService(instance)) this.beginLeaving(instance, now);
      this.expect(instance, now);
    }
  }

  private findNext(): void {
    const poolAt = this.pool === null ? Number.POSITIVE_INFINITY : this.pool.nextAt;
    this.nextAt = Math.min(this.lifecycle.nextTime, this.spot.nextNoticeAt, poolAt, this.faults.nextAt);
  }

  /** Carries out the change of an instance that is due. @returns as `step` */
  private change(): number {
    const now = this.lifecycle.nextTime;
    const instance = this.lifecycle.pop();
    if (this.dueAt[instance] !== now) return -1;
    this.dueAt[instance] = Number.POSITIVE_INFINITY;
    switch (this.state[instance]) {
      case PENDING:
        this.run(instance, now);
        this.state[instance] = BOOTING;
        this.expect(instance, now + this.starts.toService(this.isFromPool[instance] === 1));
        this.isFailing[instance] = this.starts.isFailing ? 1 : 0;
        return -1;
      case BOOTING:
        if (this.isFailing[instance] === 1) {
          this.callOff(instance, now);
          this.orderOrMiss(now);
        } else {
          this.enterService(instance, now);
          this.endActivity(now);
          this.faults.entered(now);
        }
        return -1;
      case DRAINING:
        if (this.outstanding[instance] === 0) this.leave(instance, now);
        return this.state[instance] === DRAINING ? instance : -1;
      default:
        return -1;
    }
  }

  private fillPool(now: number, isReady: boolean): void {
    const { max, desired, pool } = this;
    if (pool !== null) pool.resize(warmPoolSize(this.plan.group.warmPool!, { max, desired }), now, isReady);
  }

  private order(now: number, warm: boolean): void {
    const instance = this.openSlot();
    this.spot.order(instance);
    this.zones.order(instance);
    if (now >= this.plan.program.warmupMicros) this.startedMeasured++;
    if (warm) {
      this.run(instance, now);
      this.enterService(instance, now);
      this.inServiceSince[instance] = Number.NEGATIVE_INFINITY;
      return;
    }
    const warmed = this.pool?.take(now) ?? null;
    if (warmed !== null) {
      this.isFromPool[instance] = 1;
      this.spanOf[instance] = warmed.span;
    }
    const toRunning = this.starts.toRunning(warmed !== null);
    if (warmed !== null && warmed.span < 0) this.pool!.keepVolume(now, toRunning);
    this.state[instance] = PENDING;
    this.moving++;
    this.lastActivityAt = Number.POSITIVE_INFINITY;
    this.expect(instance, now + toRunning);
  }

  private endActivity(now: number): void {
    if (--this.moving === 0) this.lastActivityAt = now;
  }

  private expect(instance: number, at: number): void {
    this.dueAt[instance] = at;
    this.lifecycle.push(at, instance, this.created[instance]!);
    if (at < this.nextAt) this.nextAt = at;
  }

  private run(instance: number, now: number): void {
    this.runningSince[instance] = now;
    this.parts.onRun(instance, now);
    if (this.spanOf[instance]! < 0) this.spanOf[instance] = this.openSpan(now, this.spot.isSpot(instance));
    this.spot.run(instance, now);
  }

  private enterService(instance: number, now: number): void {
    this.state[instance] = IN_SERVICE;
    this.inServiceSince[instance] = now;
    this.outstanding[instance] = 0;
    this.parts.capacity.change(now, 1);
    this.parts.router.add(instance, now);
  }

  /** One instance fewer: of those missing anyway, the newest of those that start, or one that is chosen. */
  private remove(now: number): void {
    if (this.spot.missing > 0) {
      this.spot.missing--;
      return;
    }
    const starting = this.moving > 0 ? this.newestStarting() : -1;
    if (starting >= 0) {
      this.callOff(starting, now);
      this.faults.calledOff(this.countStarting(), now);
      return;
    }
    const chosen = this.chooseToLeave(now);
    this.pool?.expectBack(chosen);
    this.drain(chosen, now);
  }

  /** AWS wants a Spot instance back in two minutes: it gets no more requests and finishes what it can. */
  private notice(): void {
    const now = this.spot.nextNoticeAt;
    const instance = this.spot.takeNotice();
    if (instance < 0) return;
    if (this.state[instance] === DRAINING) {
      if (now + NOTICE_MICROS < this.dueAt[instance]!) this.expect(instance, now + NOTICE_MICROS);
      return;
    }
    const takenAt = this.spot.take(instance, now);
    this.spot.missing++;
    this.beginLeaving(instance, now);
    this.expect(instance, takenAt);
    if (this.spot.replacesAtNotice) this.orderMissing(now, 1);
  }

  private beginLeaving(instance: number, now: number): void {
    this.spot.leave(instance);
    this.zones.leave(instance);
    // One that is still starting stays the launch under way that it is.
    if (this.isInService(instance)) {
      this.moving++;
      this.lastActivityAt = Number.POSITIVE_INFINITY;
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

  /** An instance that is starting is called off, has failed, or is lost with its zone. */
  private callOff(instance: number, now: number): void {
    this.spot.leave(instance);
    this.zones.leave(instance);
    if (this.spanOf[instance]! >= 0) this.closeSpan(this.spanOf[instance]!, now);
    this.end(instance, now);
  }

  private end(instance: number, now: number): void {
    if (this.state[instance] !== PENDING) this.parts.onEnd(instance, now);
    this.spot.end(instance);
    this.endActivity(now);
    this.closeSlot(instance);
  }

  private chooseToLeave(now: number): number {
    return chooseToLeave(this, this.plan.group.terminationPolicies, this.zones, this.spot, now);
  }

  protected onGrown(capacity: number): void {
    this.spot.grow(capacity, this.created);
    this.zones.grow(capacity);
    this.parts.onGrow(capacity, this.created);
  }
}
