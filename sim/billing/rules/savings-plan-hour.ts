import type Fraction from 'fraction.js';
import { ONE, ZERO } from '../exact.ts';

/** Usage of one price in one clock-hour that a Savings Plan may cover. */
export interface PlanUsage {
  /** Decides only between what is alike in all else. */
  readonly priceId: string;
  /** Reserved capacity that nothing runs in: covered after all that runs. */
  readonly isUnusedCapacity: boolean;
  readonly quantity: Fraction;
  /** Dollars of one unit, on demand and under the plan. */
  readonly onDemandUsd: Fraction;
  readonly rateUsd: Fraction;
}

/** What one clock-hour's commitment did: covered quantity by usage, and the dollars used of it. */
export interface PlanHour {
  readonly covered: Fraction[];
  readonly usedUsd: Fraction;
}

/** The share of the on-demand price that a plan saves. */
function saving({ onDemandUsd, rateUsd }: PlanUsage): Fraction {
  return onDemandUsd.compare(0) === 0 ? ZERO : ONE.sub(rateUsd.div(onDemandUsd));
}

/**
 * A Savings Plan in one clock-hour: it pays for usage at its own rates until the commitment is used up,
 * beginning with the highest percentage saved, of equal ones with the lowest rate. Nothing is carried over to
 * another hour. (Savings Plans User Guide, "How Savings Plans apply to your usage", 2026.)
 */
export function applySavingsPlan(commitmentUsd: Fraction, usages: readonly PlanUsage[]): PlanHour {
  const covered = usages.map(() => ZERO);
  const order = usages
    .map((usage, index) => ({ usage, index, saved: saving(usage) }))
    .sort(
      (a, b) =>
        Number(a.usage.isUnusedCapacity) - Number(b.usage.isUnusedCapacity) ||
        b.saved.compare(a.saved) ||
        a.usage.rateUsd.compare(b.usage.rateUsd) ||
        (a.usage.priceId < b.usage.priceId ? -1 : 1),
    );
  let left = commitmentUsd;
  for (const { usage, index } of order) {
    const cost = usage.quantity.mul(usage.rateUsd);
    const isWhole = cost.compare(left) <= 0;
    covered[index] = isWhole ? usage.quantity : left.div(usage.rateUsd);
    left = isWhole ? left.sub(cost) : ZERO;
  }
  return { covered, usedUsd: commitmentUsd.sub(left) };
}
