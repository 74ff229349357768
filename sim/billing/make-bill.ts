import type Fraction from 'fraction.js';
import { MICROS_PER_HOUR } from '../kernel/time.ts';
import type { Bill, BillTerms, ExactLine, FixedCost, MeterReading } from './bill.ts';
import { applyCommitments } from './commitments/apply-commitments.ts';
import { commitmentLines, coveredLine } from './commitments/commitment-lines.ts';
import { type Commitments, hasCommitments, noCommitments } from './commitments/commitments.ts';
import { decimalFraction, max, min, ONE, ratio, sum, ZERO } from './exact.ts';
import type { Price, PriceBook, PriceTier } from './price-book.ts';
import { compareText, type Usage, windowUsages } from './usages.ts';

/** What one price's usage of a month costs. */
interface Charge {
  readonly price: Price;
  readonly line: string;
  readonly what: string;
  readonly quantity: Fraction;
  readonly freeQuantity: Fraction;
  readonly usd: Fraction;
  /** A tier that it reached is uncertain. */
  readonly uncertain: boolean;
}

/**
 * Turns what a window used into a month's bill.
 *
 * Readings of one price are added; commitments are applied hour by hour; what they leave is scaled by month /
 * window, the free tier is taken off, and the rest goes through the tiers, each part at its own price.
 * Nothing is rounded. Where several prices share a free pool, they use it up in order of line id, then price
 * id: AWS does not state its own order.
 *
 * @throws ScenarioError (code `unpriced`) for a reading that the book has no price for
 */
export function makeBill(
  readings: readonly MeterReading[],
  book: PriceBook,
  terms: BillTerms,
  fixedCosts: readonly FixedCost[] = [],
): Bill {
  const scale = ratio(terms.monthMicros, terms.windowMicros);
  const usages = windowUsages(readings, book, terms);
  const committed = commit(usages, terms.commitments ?? noCommitments, terms, scale);
  const charges = chargeAll(inMonth(committed.left, scale), terms.freeTier);
  const lines = [...committed.lines, ...meterLines(charges), ...fixedLines(fixedCosts)];
  return {
    lines: lines.sort((a, b) => compareText(a.id, b.id)),
    totalUsd: sum(lines.map((line) => line.usd)),
    assumptions: [...committed.doubts, ...charges.filter((each) => each.uncertain).map(doubtSentence)],
  };
}

/** What commitments leave of the window's usage, and their lines of the month. */
function commit(
  usages: readonly Usage[],
  commitments: Commitments,
  terms: BillTerms,
  scale: Fraction,
): { left: readonly Usage[]; lines: readonly ExactLine[]; doubts: readonly string[] } {
  if (!hasCommitments(commitments)) return { left: usages, lines: [], doubts: [] };
  const hours = { windowMicros: terms.windowMicros, offsetMicros: terms.hourOffsetMicros ?? 0 };
  const use = applyCommitments(usages, commitments, hours);
  const windowHours = ratio(terms.windowMicros, MICROS_PER_HOUR);
  return {
    left: usages.map((usage, index) => ({ ...usage, quantity: usage.quantity.sub(use.covered[index]!) })),
    lines: [
      ...commitmentLines(commitments, use, { scale, windowHours }),
      ...coveredLines(usages, use.covered, scale),
    ],
    doubts: use.doubts,
  };
}

function coveredLines(usages: readonly Usage[], covered: readonly Fraction[], scale: Fraction): ExactLine[] {
  const used = usages
    .map((usage, index) => ({ ...usage, quantity: covered[index]! }))
    .filter(({ quantity }) => quantity.compare(0) > 0);
  return [...new Set(used.map(({ line }) => line))].map((line) => {
    const variants = used.filter((usage) => usage.line === line);
    const { price, what } = variants[0]!;
    const quantity = sum(variants.map((usage) => usage.quantity)).mul(scale);
    return coveredLine({ line, what, unit: price.unit }, quantity);
  });
}

function inMonth(usages: readonly Usage[], scale: Fraction): readonly Usage[] {
  return usages
    .filter(({ quantity }) => quantity.compare(0) > 0)
    .map((usage) => ({ ...usage, quantity: usage.quantity.mul(scale) }));
}

function chargeAll(usages: readonly Usage[], freeTier: BillTerms['freeTier']): readonly Charge[] {
  const left = new Map<string, Fraction>();
  const isFree = (pool: string) => (typeof freeTier === 'boolean' ? freeTier : freeTier.includes(pool));
  return usages.map(({ price, line, what, quantity }) => {
    let freeQuantity = ZERO;
    if (price.free !== undefined && isFree(price.free.pool)) {
      const { pool, quantity: size } = price.free;
      const inPool = left.get(pool) ?? decimalFraction(size);
      freeQuantity = min(inPool, quantity);
      left.set(pool, inPool.sub(freeQuantity));
    }
    return {
      price,
      line,
      what,
      quantity,
      freeQuantity,
      ...throughTiers(price.tiers, quantity.sub(freeQuantity)),
    };
  });
}

/** Graduated tiers: each part of `quantity` at the price of the step it falls in. */
function throughTiers(
  tiers: readonly PriceTier[],
  quantity: Fraction,
): { usd: Fraction; uncertain: boolean } {
  let usd = ZERO;
  let uncertain = false;
  let from = ZERO;
  for (const tier of tiers) {
    const to = tier.upTo === null ? max(quantity, from) : decimalFraction(tier.upTo);
    const part = min(quantity, to).sub(from);
    if (part.compare(0) <= 0) break;
    usd = usd.add(part.mul(decimalFraction(tier.usd)));
    uncertain ||= tier.uncertain === true;
    from = to;
  }
  return { usd, uncertain };
}

/** One line for each line id; variants of a price that were used together are added up. */
function meterLines(charges: readonly Charge[]): readonly ExactLine[] {
  const byLine = new Map<string, Charge[]>();
  for (const charge of charges) {
    const others = byLine.get(charge.line);
    if (others === undefined) byLine.set(charge.line, [charge]);
    else others.push(charge);
  }
  return [...byLine].map(([id, parts]) => meterLine(id, parts));
}

function meterLine(id: string, parts: readonly Charge[]): ExactLine {
  const { price } = parts[0]!;
  const quantity = sum(parts.map((each) => each.quantity));
  const freeQuantity = sum(parts.map((each) => each.freeQuantity));
  const usd = sum(parts.map((each) => each.usd));
  const charged = quantity.sub(freeQuantity);
  return {
    id,
    what: [...new Set(parts.map((each) => each.what))].join(' + '),
    quantity,
    freeQuantity,
    unit: price.unit,
    usdPerUnit: charged.compare(0) > 0 ? usd.div(charged) : decimalFraction(price.tiers[0]!.usd),
    usd,
  };
}

/** `Managed database` → `extra.managed-database`. */
function extraId(what: string): string {
  return `extra.${what.trim().toLowerCase().replace(/\s+/g, '-')}`;
}

function fixedLines(costs: readonly FixedCost[]): readonly ExactLine[] {
  const lines = new Map<string, ExactLine>();
  for (const { what, usdPerMonth } of costs) {
    const id = extraId(what);
    const usd = decimalFraction(String(usdPerMonth)).add(lines.get(id)?.usd ?? ZERO);
    if (usd.compare(0) === 0) continue;
    lines.set(id, { id, what, quantity: ONE, freeQuantity: ZERO, unit: 'month', usdPerUnit: usd, usd });
  }
  return [...lines.values()];
}

function doubtSentence({ price }: Charge): string {
  return `The price of \`${price.id}\` is uncertain: ${price.note ?? 'its source is weak'}.`;
}
