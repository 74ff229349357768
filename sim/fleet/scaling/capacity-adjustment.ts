/** How an adjustment changes a capacity, in AWS's words (Amazon EC2 Auto Scaling API, 2023). */
export type AdjustmentType = 'ChangeInCapacity' | 'PercentChangeInCapacity' | 'ExactCapacity';

export interface Adjustment {
  readonly adjustmentType: AdjustmentType;
  /** Instances to add or to remove, percent of the capacity, or the capacity itself. */
  readonly adjustment: number;
  /** Percent moves at least so many instances; 0 for no such rule. */
  readonly minAdjustmentMagnitude: number;
}

/** Noise of binary fractions: 30 % of 10 is 3, not a little less. */
const NOISE = 1e-9;

/**
 * The capacity after an adjustment, not yet held to the group's limits. Percent is rounded: above 1 down,
 * between 0 and 1 up to 1, between −1 and 0 to −1, below −1 towards zero (Amazon EC2 Auto Scaling User Guide,
 * "Scaling adjustment types", 2023-05).
 */
export function adjustedCapacity(capacity: number, how: Adjustment): number {
  switch (how.adjustmentType) {
    case 'ExactCapacity':
      return how.adjustment;
    case 'ChangeInCapacity':
      return Math.max(0, capacity + how.adjustment);
    case 'PercentChangeInCapacity': {
      const sign = how.adjustment < 0 ? -1 : 1;
      const size = (capacity * Math.abs(how.adjustment)) / 100;
      if (size === 0) return capacity;
      const whole = Math.max(1, Math.floor(size + NOISE), how.minAdjustmentMagnitude);
      return Math.max(0, capacity + sign * whole);
    }
  }
}
