/** How a capacity provider scales its Auto Scaling group, in numbers. */
export interface ManagedScalingPlan {
  readonly minSize: number;
  readonly maxSize: number;
  /** Percent of the hosts that shall be in use: below 100 keeps headroom. */
  readonly targetCapacity: number;
  /** Least and most that one scaling step adds. */
  readonly minimumScalingStepSize: number;
  readonly maximumScalingStepSize: number;
  readonly instanceWarmupMicros: number;
}

/** What managed scaling sees each minute. */
export interface ClusterView {
  readonly now: number;
  /** Container instances that are registered, and how many of them run a task that is no daemon. */
  readonly registered: number;
  readonly inUse: number;
  /** Tasks without a place, and how many of them an empty host holds. */
  readonly waiting: number;
  readonly tasksPerHost: number;
  /** Instances of the group, those that still start included. */
  readonly desired: number;
}

/** Data points to the alarms of managed scaling, one a minute. */
const HIGH_POINTS = 1;
const LOW_POINTS = 15;
/** Of its hosts, a minute takes away this share at most. */
const SCALE_IN_SHARE = 0.5;
/** A group without hosts is scaled as if it had one. */
const FROM_ZERO = 1;
const NOISE = 1e-9;

/**
 * The hosts that a capacity provider needs, M: those it has and what the waiting tasks fill, bin-packed on
 * empty hosts; without waiting tasks, those in use.
 */
export function hostsNeeded({ registered, inUse, waiting, tasksPerHost }: ClusterView): number {
  return waiting === 0 ? inUse : registered + Math.ceil(waiting / tasksPerHost);
}

/**
 * CapacityProviderReservation, M / N × 100: 100 for a cluster that has and needs no hosts, 200 for one that
 * needs some and has none. (Amazon ECS Developer Guide, "Amazon ECS cluster auto scaling", 2023-05.)
 */
export function capacityProviderReservation(needed: number, registered: number): number {
  if (registered === 0) return needed === 0 ? 100 : 200;
  return (needed / registered) * 100;
}

/**
 * Managed scaling of a capacity provider: target tracking of CapacityProviderReservation, read each minute.
 *
 * Out at the first point above the target, in proportion, each step within the smallest and the largest step
 * size, and no further step before the last one's hosts have warmed up (300 s by default). In after 15 points
 * in a row below the target, each minute half of the hosts at most; termination protection leaves those with
 * tasks. (Amazon ECS Developer Guide, "Amazon ECS cluster auto scaling", 2023-05; AWS Containers blog, "Deep
 * dive on Amazon ECS cluster auto scaling", 2020. That a group without hosts counts as one for its first step
 * is inferred from its metric of 200.)
 */
export class ManagedScaling {
  private readonly plan: ManagedScalingPlan;
  private high = 0;
  private low = 0;
  private warmUntil = Number.NEGATIVE_INFINITY;

  constructor(plan: ManagedScalingPlan) {
    this.plan = plan;
  }

  /** Takes in a minute. @returns the capacity that is wanted; `desired` to leave it as it is */
  decide(view: ClusterView): number {
    const { targetCapacity } = this.plan;
    const reservation = capacityProviderReservation(hostsNeeded(view), view.registered);
    this.high = reservation > targetCapacity ? this.high + 1 : 0;
    this.low = reservation < targetCapacity ? this.low + 1 : 0;
    const hosts = Math.max(view.registered, FROM_ZERO);
    const wanted = Math.ceil((hosts * reservation) / targetCapacity - NOISE);
    if (this.high >= HIGH_POINTS) return this.scaleOut(view, wanted);
    return this.low >= LOW_POINTS ? this.scaleIn(view, wanted) : view.desired;
  }

  private scaleOut({ now, desired }: ClusterView, wanted: number): number {
    const { minimumScalingStepSize, maximumScalingStepSize, maxSize, instanceWarmupMicros } = this.plan;
    if (now < this.warmUntil || wanted <= desired) return desired;
    const step = Math.min(Math.max(wanted - desired, minimumScalingStepSize), maximumScalingStepSize);
    const next = Math.min(desired + step, maxSize);
    if (next > desired) this.warmUntil = now + instanceWarmupMicros;
    return Math.max(next, desired);
  }

  private scaleIn({ registered, inUse, desired }: ClusterView, wanted: number): number {
    // Half of one host is a host: else the last one could never leave.
    const most = Math.max(1, Math.floor(registered * SCALE_IN_SHARE));
    const empty = registered - inUse;
    const fewer = Math.min(desired - Math.max(wanted, this.plan.minSize), most, empty);
    return fewer > 0 ? desired - fewer : desired;
  }
}
