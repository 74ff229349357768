import type { Distribution } from '../../distributions/distribution.ts';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';

/** How the instances of a group are bought. */
export interface PurchasePlan {
  /** So many instances come first, on demand. */
  readonly onDemandBaseCapacity: number;
  /** Of those above the base, this share is on demand; the rest is Spot. */
  readonly onDemandPercentageAboveBaseCapacity: number;
  /** How long a Spot instance runs until AWS says that it wants it back. */
  readonly timeToNotice: Distribution;
  /** Whether its replacement is ordered at the notice (capacity rebalancing), or when it is gone. */
  readonly replacesAtNotice: boolean;
}

/** AWS says so two minutes before (EC2 User Guide, "Spot Instance interruptions", current). */
export const NOTICE_MICROS = 2 * MICROS_PER_MINUTE;

/**
 * How many of `count` instances are to be on demand: the base, and the percentage of the others, rounded up
 * in favour of on-demand.
 *
 * Source: Amazon EC2 Auto Scaling API, InstancesDistribution (2023); the rounding is AWS's documented habit,
 * not part of that page, and uncertain.
 */
export function onDemandOf(count: number, purchase: PurchasePlan): number {
  const base = Math.min(count, purchase.onDemandBaseCapacity);
  return base + Math.ceil(((count - base) * purchase.onDemandPercentageAboveBaseCapacity) / 100 - 1e-9);
}
