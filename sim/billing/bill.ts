import type Fraction from 'fraction.js';
import type { Commitments } from './commitments/commitments.ts';
import { toNumber } from './exact.ts';
import type { HourlyUsage } from './hourly-usage.ts';

/** What one meter counted in the simulated window, in the unit of its price; exact. */
export interface MeterReading {
  readonly priceId: string;
  readonly quantity: Fraction;
  /** Replaces the price's own description where the platform can say more. */
  readonly what?: string;
  /**
   * Reserved capacity that nothing runs in: a bill line of its own, and commitments come to it last.
   */
  readonly unusedCapacityLine?: string;
  /** Of what workers run on, hosts or nodes: the bill does not mind, and the result tells it apart. */
  readonly isHost?: true;
  /**
   * When it was used, for commitments, which are held against each clock-hour; its counts come to `quantity`.
   * Without it the usage counts as spread evenly over the window.
   */
  readonly byHour?: HourlyUsage;
}

/** Something the simulator does not meter: `extraCosts` of a platform. */
export interface FixedCost {
  /** As written; `database` makes the line `extra.database`. */
  readonly what: string;
  /** Dollars a month: a plain number as written, or decimal digits. */
  readonly usdPerMonth: number | string;
}

/** How a window becomes a month's bill. */
export interface BillTerms {
  readonly monthMicros: number;
  readonly windowMicros: number;
  /** All of the free tier, nothing, or some of its pools. */
  readonly freeTier: boolean | readonly string[];
  /** How far into its clock-hour the window begins; default 0. */
  readonly hourOffsetMicros?: number;
  readonly commitments?: Commitments;
}

/** One line of a month's bill, exact. */
export interface ExactLine {
  readonly id: string;
  readonly what: string;
  /** The month's usage, before the free tier is taken off. */
  readonly quantity: Fraction;
  readonly freeQuantity: Fraction;
  readonly unit: string;
  /** List price; the mean over the tiers (and variants) where more than one was reached. */
  readonly usdPerUnit: Fraction;
  readonly usd: Fraction;
}

export interface Bill {
  /** Sorted by id. */
  readonly lines: readonly ExactLine[];
  /** The exact sum; printed, it is this sum rounded, not the sum of rounded lines. */
  readonly totalUsd: Fraction;
  /** A sentence for each doubted price or rate that the bill used. */
  readonly assumptions: readonly string[];
}

/** A line as `result.json` has it (its `BillLine`): figures are the doubles nearest to the exact ones. */
export interface LineFigures {
  readonly id: string;
  readonly what: string;
  readonly quantity: number;
  readonly freeQuantity?: number;
  readonly unit: string;
  readonly usdPerUnit: number;
  readonly usd: number;
}

export function lineToResult(line: ExactLine): LineFigures {
  return {
    id: line.id,
    what: line.what,
    quantity: toNumber(line.quantity),
    ...(line.freeQuantity.compare(0) > 0 ? { freeQuantity: toNumber(line.freeQuantity) } : {}),
    unit: line.unit,
    usdPerUnit: toNumber(line.usdPerUnit),
    usd: toNumber(line.usd),
  };
}
