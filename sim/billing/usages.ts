import type Fraction from 'fraction.js';
import { assert } from '../kernel/assert.ts';
import { clockHourLengths } from '../kernel/clock-hours.ts';
import type { BillTerms, MeterReading } from './bill.ts';
import { integerFraction, ratio, sum, ZERO } from './exact.ts';
import { hourlyTotal } from './hourly-usage.ts';
import type { Price, PriceBook } from './price-book.ts';

/** What was used of one price. */
export interface Usage {
  readonly price: Price;
  /** The bill line; the price's own but for unused capacity. */
  readonly line: string;
  readonly isUnusedCapacity: boolean;
  readonly what: string;
  readonly quantity: Fraction;
  /** The part of it in a clock-hour of the window. */
  inHour(hour: number): Fraction;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * What the window used of each price, readings of one price added, in order of line id and price id.
 * @throws ScenarioError (code `unpriced`) for a reading that the book has no price for
 */
export function windowUsages(
  readings: readonly MeterReading[],
  book: PriceBook,
  terms: BillTerms,
): readonly Usage[] {
  const shares = hourShares(terms);
  const byKey = new Map<string, MeterReading[]>();
  for (const reading of readings) {
    const { priceId, quantity, byHour, unusedCapacityLine = '' } = reading;
    assert(quantity.compare(0) >= 0, `negative usage of ${priceId}`);
    assert(byHour === undefined || hourlyTotal(byHour).equals(quantity), `hours of ${priceId} lack usage`);
    if (quantity.compare(0) === 0) continue;
    const key = `${unusedCapacityLine} ${priceId}`;
    byKey.set(key, [...(byKey.get(key) ?? []), reading]);
  }
  return [...byKey.values()]
    .map((parts): Usage => {
      const { priceId, unusedCapacityLine } = parts[0]!;
      const price = book.price(priceId);
      return {
        price,
        line: unusedCapacityLine ?? price.line,
        isUnusedCapacity: unusedCapacityLine !== undefined,
        what: parts.find(({ what }) => what !== undefined)?.what ?? price.what,
        quantity: sum(parts.map(({ quantity }) => quantity)),
        inHour: (hour) => sum(parts.map((part) => partInHour(part, hour, shares))),
      };
    })
    .sort((a, b) => compareText(a.line, b.line) || compareText(a.price.id, b.price.id));
}

/** The share of the window that lies in each clock-hour, by hour. */
function hourShares({ windowMicros, hourOffsetMicros = 0 }: BillTerms): (hour: number) => Fraction {
  const lengths = clockHourLengths(windowMicros, hourOffsetMicros);
  return (hour) => ratio(lengths[hour]!, windowMicros);
}

/** A reading that does not tell its hours went on evenly, all through the window. */
function partInHour(
  { quantity, byHour }: MeterReading,
  hour: number,
  shares: (hour: number) => Fraction,
): Fraction {
  if (byHour === undefined) return quantity.mul(shares(hour));
  const count = byHour.counts[hour]!;
  return count === 0 ? ZERO : byHour.unitsPerCount.mul(integerFraction(count));
}
