import { EventHeap } from '../../kernel/event-heap.ts';
import type { Random } from '../../kernel/random.ts';
import { grownFloat64, grownUint8 } from '../../kernel/typed-arrays.ts';
import { NOTICE_MICROS, onDemandOf, type PurchasePlan } from './purchase-mix.ts';

/** Which instances of a group are Spot, and when AWS takes them back. All are on demand without a plan. */
export class SpotFleet {
  /** Instances that AWS takes or has taken and that no other has been ordered for yet. */
  missing = 0;
  private readonly plan: PurchasePlan | null;
  private readonly random: Random;
  private isSpotAt = new Uint8Array(0);
  /** When an instance is told; when it is taken: Infinity until it is told. */
  private noticeAt = new Float64Array(0);
  private takenAt = new Float64Array(0);
  private readonly notices = new EventHeap(new Float64Array(0));
  /** Instances ordered and not leaving, and those of them on demand. */
  private staying = 0;
  private onDemand = 0;

  constructor(plan: PurchasePlan | null, random: Random) {
    this.plan = plan;
    this.random = random;
  }

  grow(capacity: number, created: Float64Array): void {
    this.isSpotAt = grownUint8(this.isSpotAt, capacity);
    this.noticeAt = grownFloat64(this.noticeAt, capacity);
    this.takenAt = grownFloat64(this.takenAt, capacity);
    this.notices.order = created;
  }

  /** When the next instance is told; Infinity when none is. */
  get nextNoticeAt(): number {
    return this.notices.nextTime;
  }

  get replacesAtNotice(): boolean {
    return this.plan!.replacesAtNotice;
  }

  isSpot(instance: number): boolean {
    return this.isSpotAt[instance] === 1;
  }

  /** An instance is ordered: of the kind that the mix is short of. */
  order(instance: number): void {
    this.staying++;
    const isOnDemand = this.plan === null || this.onDemand < onDemandOf(this.staying, this.plan);
    this.isSpotAt[instance] = isOnDemand ? 0 : 1;
    if (isOnDemand) this.onDemand++;
    this.noticeAt[instance] = Number.POSITIVE_INFINITY;
    this.takenAt[instance] = Number.POSITIVE_INFINITY;
  }

  /** An instance runs from now on. @param timeToNotice where types differ in how often they are taken */
  run(instance: number, now: number, timeToNotice = this.plan?.timeToNotice): void {
    if (this.isSpotAt[instance] === 0) return;
    const at = now + timeToNotice!.sample(this.random);
    this.noticeAt[instance] = at;
    if (at < Number.POSITIVE_INFINITY) this.notices.push(at, instance);
  }

  /** An instance is on its way out, whoever wanted that. */
  leave(instance: number): void {
    this.staying--;
    if (this.isSpotAt[instance] === 0) this.onDemand--;
  }

  /** An instance is gone: an entry of its notice is stale. */
  end(instance: number): void {
    this.noticeAt[instance] = Number.POSITIVE_INFINITY;
  }

  /**
   * Takes the next notice.
   * @returns the instance that is told, or -1 when it is gone already
   */
  takeNotice(): number {
    const at = this.notices.nextTime;
    const instance = this.notices.pop();
    return this.noticeAt[instance] === at ? instance : -1;
  }

  /** An instance that was told so is taken after the two minutes of the notice. @returns when */
  take(instance: number, now: number): number {
    this.takenAt[instance] = now + NOTICE_MICROS;
    return this.takenAt[instance]!;
  }

  /** When AWS takes an instance that would have stayed; Infinity when it does not. */
  takenFrom(instance: number): number {
    return this.takenAt[instance]!;
  }

  /** Whether the next to be removed should be on demand, so that the mix stays; null when either will do. */
  get removesOnDemand(): boolean | null {
    if (this.plan === null) return null;
    return this.onDemand > onDemandOf(this.staying - 1, this.plan);
  }
}
