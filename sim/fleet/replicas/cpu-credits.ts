// Hot on burstable instances: `settle` and `limitAt` run twice for every request. No allocation, no closures.
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MS } from '../../kernel/time.ts';
import { grownFloat64, grownUint8 } from '../../kernel/typed-arrays.ts';

/** Credits are held in hundredths of a vCPU-microsecond: every size earns a whole number of them each one. */
const PER_VCPU = 100;
/** A CPU credit is one vCPU at 100 % for a minute. */
export const UNITS_PER_CREDIT = 60_000_000 * PER_VCPU;

/** CPU credits of one instance type, in hundredths of a vCPU-microsecond. */
export interface CpuCreditPlan {
  readonly vcpus: number;
  /** What an instance earns each microsecond, which is also its baseline in hundredths of a vCPU. */
  readonly earnedPerMicro: number;
  /** Whether it may spend more than it has, and pays for that. */
  readonly isUnlimited: boolean;
  /** What it has at its launch: spent first, never earned again, not counted to the most it may hold. */
  readonly launchCredits: number;
  /** What those have that are in service at t = 0. */
  readonly initialBalance: number;
}

/**
 * The CPU credit accounts of burstable instances: earned and spent by the microsecond, in whole numbers.
 *
 * A balance holds what is earned in 24 hours at most. Standard: launch credits go first, and what is earned
 * meanwhile beyond the most is lost; without credits the instance has its baseline only. Unlimited: what is
 * spent beyond the balance is surplus; what is earned pays the surplus down before anything else; surplus
 * above the earnings of 24 hours is charged at the end of the hour, all of it when the instance ends.
 *
 * Source: EC2 User Guide, "Burstable performance instances" (2023-05). AWS throttles "gradually" where this
 * does it at once; an instance that ran out bursts again when it holds a millisecond of all its vCPUs, the
 * resolution at which AWS counts. Hours are those of the simulated window.
 */
export class CpuCredits {
  /** Charged so far, of all instances. */
  charged = 0n;
  /** Time that instances have spent held to their baseline with more to do, together. */
  limitedMicros = 0;
  /** Credits that are earned, up to those of 24 hours; less than none by what one microsecond spends. */
  balance = new Float64Array(0);
  launch = new Float64Array(0);
  surplus = new Float64Array(0);
  private settledAt = new Float64Array(0);
  private spentBefore = new Float64Array(0);
  private isLimited = new Uint8Array(0);
  private wantsMore = new Uint8Array(0);
  private readonly plan: CpuCreditPlan;
  private readonly max: number;
  private readonly enough: number;

  constructor(plan: CpuCreditPlan) {
    this.plan = plan;
    this.max = plan.earnedPerMicro * MICROS_PER_DAY;
    this.enough = plan.vcpus * PER_VCPU * MICROS_PER_MS;
  }

  grow(capacity: number): void {
    this.balance = grownFloat64(this.balance, capacity);
    this.launch = grownFloat64(this.launch, capacity);
    this.surplus = grownFloat64(this.surplus, capacity);
    this.settledAt = grownFloat64(this.settledAt, capacity);
    this.spentBefore = grownFloat64(this.spentBefore, capacity);
    this.isLimited = grownUint8(this.isLimited, capacity);
    this.wantsMore = grownUint8(this.wantsMore, capacity);
  }

  /** An instance is launched. `busyMicros`: what its place has ever used, in vCPU-microseconds. */
  open(instance: number, now: number, busyMicros: number): void {
    const { plan } = this;
    this.balance[instance] = now === 0 ? plan.initialBalance : 0;
    this.launch[instance] = plan.launchCredits;
    this.surplus[instance] = 0;
    this.settledAt[instance] = now;
    this.spentBefore[instance] = Math.round(busyMicros * PER_VCPU);
    this.isLimited[instance] = plan.isUnlimited || !this.isEmpty(instance) ? 0 : 1;
    this.wantsMore[instance] = 0;
  }

  /** An instance ends: what it owes is charged. Settle it first. */
  close(instance: number): void {
    this.charged += BigInt(this.surplus[instance]!);
    this.surplus[instance] = 0;
  }

  /**
   * Brings an account up to `now`; the instance has used the same share of its CPU since it was last.
   * @param busyMicros what its place has ever used, in vCPU-microseconds
   */
  settle(instance: number, now: number, busyMicros: number): void {
    const from = this.settledAt[instance]!;
    if (now <= from) return;
    const spentEver = Math.round(busyMicros * PER_VCPU);
    const spent = spentEver - this.spentBefore[instance]!;
    this.spentBefore[instance] = spentEver;
    this.settledAt[instance] = now;
    if (this.wantsMore[instance] === 1) this.limitedMicros += now - from;
    if (this.plan.isUnlimited) this.settleUnlimited(instance, from, now, spent);
    else this.settleStandard(instance, now - from, spent);
  }

  /** How many vCPUs an instance may use: all, or its baseline. Settle it first. */
  limitAt(instance: number): number {
    const { plan } = this;
    if (plan.isUnlimited) return plan.vcpus;
    if (this.isEmpty(instance)) this.isLimited[instance] = 1;
    else if (this.launch[instance]! + this.balance[instance]! >= this.enough) this.isLimited[instance] = 0;
    return this.isLimited[instance] === 1 ? plan.earnedPerMicro / PER_VCPU : plan.vcpus;
  }

  /**
   * From now on `vcpus` of the instance are busy.
   * @returns when to settle and look at the limit again: launch credits or the balance have run out then, if
   * nothing changes; Infinity when they never do
   */
  spend(instance: number, now: number, vcpus: number): number {
    const { isUnlimited, earnedPerMicro } = this.plan;
    if (isUnlimited) return Number.POSITIVE_INFINITY;
    const spentPerMicro = vcpus * PER_VCPU;
    // A millionth of a credit unit is the noise of shares that are binary fractions.
    const isShort = spentPerMicro > earnedPerMicro + 1e-6;
    this.wantsMore[instance] =
      this.isLimited[instance] === 1 && spentPerMicro > earnedPerMicro - 1e-6 ? 1 : 0;
    if (!isShort) return Number.POSITIVE_INFINITY;
    const launch = this.launch[instance]!;
    const micros =
      launch > 0 ? launch / spentPerMicro : this.balance[instance]! / (spentPerMicro - earnedPerMicro);
    return now + Math.max(1, Math.ceil(micros));
  }

  /** Surplus that is not charged yet, of all instances. */
  get owed(): number {
    return this.surplus.reduce((sum, each) => sum + each, 0);
  }

  private isEmpty(instance: number): boolean {
    return this.launch[instance]! + this.balance[instance]! <= 0;
  }

  private settleStandard(instance: number, elapsed: number, spent: number): void {
    const { earnedPerMicro } = this.plan;
    const launch = this.launch[instance]!;
    const earned = earnedPerMicro * elapsed;
    if (launch === 0) {
      this.add(instance, earned - spent);
    } else if (spent <= launch) {
      this.launch[instance] = launch - spent;
      this.add(instance, earned);
    } else {
      const earnedBefore = earnedPerMicro * Math.round((elapsed * launch) / spent);
      this.launch[instance] = 0;
      this.add(instance, earnedBefore);
      this.add(instance, earned - earnedBefore - (spent - launch));
    }
  }

  private settleUnlimited(instance: number, from: number, now: number, spent: number): void {
    const elapsed = now - from;
    let at = from;
    let spentAt = 0;
    while (at < now) {
      const hourEnd = at - (at % MICROS_PER_HOUR) + MICROS_PER_HOUR;
      const to = hourEnd < now ? hourEnd : now;
      const spentTo = to === now ? spent : Math.round(spent * ((to - from) / elapsed));
      this.borrowOrRepay(instance, this.plan.earnedPerMicro * (to - at) - (spentTo - spentAt));
      if (to === hourEnd) this.chargeHour(instance);
      at = to;
      spentAt = spentTo;
    }
  }

  private borrowOrRepay(instance: number, net: number): void {
    if (net >= 0) {
      const repaid = net < this.surplus[instance]! ? net : this.surplus[instance]!;
      this.surplus[instance]! -= repaid;
      this.add(instance, net - repaid);
    } else {
      const used = -net < this.balance[instance]! ? -net : this.balance[instance]!;
      this.balance[instance]! -= used;
      this.surplus[instance]! += -net - used;
    }
  }

  private chargeHour(instance: number): void {
    const excess = this.surplus[instance]! - this.max;
    if (excess <= 0) return;
    this.charged += BigInt(excess);
    this.surplus[instance] = this.max;
  }

  private add(instance: number, net: number): void {
    const balance = this.balance[instance]! + net;
    this.balance[instance] = balance < this.max ? balance : this.max;
  }
}
