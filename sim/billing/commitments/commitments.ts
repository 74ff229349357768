import type Fraction from 'fraction.js';
import type { Price } from '../price-book.ts';
import type { OperatingSystem } from '../rules/reserved-hour.ts';

/** Reserved Instances of one purchase. */
export interface ReservedInstances {
  readonly instanceType: string;
  readonly operatingSystem: OperatingSystem;
  readonly scope: 'zonal' | 'regional';
  readonly count: number;
  /** What one of them costs an hour, used or not; what was paid up front is spread over the term. */
  readonly usdPerHour: Fraction;
  /** What a reader should know of the rate; none where it was given or read. */
  readonly doubt?: string;
}

/** What a plan asks for a unit of usage instead of the on-demand price. */
export interface PlanRate {
  readonly usd: Fraction;
  /** What a reader should know of the rate; none where it was given. */
  readonly doubt?: string;
}

/** One Savings Plan. */
export interface SavingsPlan {
  readonly type: 'compute' | 'ec2Instance';
  /** The bill line: `savings-plan.compute`, `savings-plan.ec2-instance.m7g`. */
  readonly line: string;
  readonly what: string;
  readonly usdPerHour: Fraction;
  /** The plan's rate for a price, or undefined where the plan does not cover it. */
  rateOf(price: Price): PlanRate | undefined;
}

/** What was committed to in advance; every platform is billed with all of it, as if it were alone. */
export interface Commitments {
  readonly reservedInstances: readonly ReservedInstances[];
  readonly savingsPlans: readonly SavingsPlan[];
}

export const noCommitments: Commitments = { reservedInstances: [], savingsPlans: [] };

export function hasCommitments({ reservedInstances, savingsPlans }: Commitments): boolean {
  return reservedInstances.length + savingsPlans.length > 0;
}
