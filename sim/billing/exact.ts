import Fraction from 'fraction.js';
import { assert } from '../kernel/assert.ts';

/** Decimal digits with an optional point and an optional exponent of at most three digits; no sign. */
const DECIMAL = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/;
/**
 * Bits kept before the one rounding to a double: more than its 53, so that only a last sticky bit is
 * needed.
 */
const ROUNDING_BITS = 66;

export const ZERO = new Fraction(0n);
export const ONE = new Fraction(1n);

/**
 * The exact value of a decimal text: `0.0000166667`, `120`, `1.5e-7`.
 * @throws Error when the text is no unsigned decimal number
 */
export function decimalFraction(text: string): Fraction {
  const match = DECIMAL.exec(text);
  const digits = match === null ? '' : `${match[1]}${match[2]}`;
  if (match === null || digits === '') throw new Error(`no decimal number: ${JSON.stringify(text)}`);
  const scale = match[2]!.length - Number(match[3] ?? 0);
  const value = BigInt(digits);
  return scale >= 0 ? new Fraction(value, 10n ** BigInt(scale)) : new Fraction(value * 10n ** BigInt(-scale));
}

/** A whole number that a meter counted. @throws Error (a bug of ours) when a double may not be exact */
export function integerFraction(value: number | bigint): Fraction {
  if (typeof value === 'bigint') return new Fraction(value);
  assert(Number.isSafeInteger(value), `${value} is no exact integer`);
  return new Fraction(BigInt(value));
}

/**
 * The quotient of two counts, exactly.
 * @throws Error (a bug of ours) when one is no safe integer, or the divisor 0
 */
export function ratio(numerator: number | bigint, denominator: number): Fraction {
  assert(denominator !== 0, 'a ratio to zero');
  return integerFraction(numerator).div(integerFraction(denominator));
}

/**
 * The sum of whole numbers, exactly, however large: microseconds of ten thousand instances over a month are
 * more than a double holds.
 * @throws Error (a bug of ours) when one of them is no safe integer
 */
export function wholeSum(counts: ArrayLike<number>): Fraction {
  let total = 0n;
  let part = 0;
  for (let index = 0; index < counts.length; index++) {
    const count = counts[index]!;
    assert(Number.isSafeInteger(count), `${count} is no exact integer`);
    if (!Number.isSafeInteger(part + count)) {
      total += BigInt(part);
      part = 0;
    }
    part += count;
  }
  return new Fraction(total + BigInt(part));
}

export function sum(parts: Iterable<Fraction>): Fraction {
  let total = ZERO;
  for (const part of parts) total = total.add(part);
  return total;
}

export function max(first: Fraction, ...others: readonly Fraction[]): Fraction {
  return others.reduce((largest, each) => (each.compare(largest) > 0 ? each : largest), first);
}

export function min(first: Fraction, second: Fraction): Fraction {
  return first.compare(second) <= 0 ? first : second;
}

/** Dollars with two decimals, a half cent rounded away from zero, as AWS rounds its lines: 2.675 → `2.68`. */
export function roundHalfUpToCents(amount: Fraction): string {
  const cents = (200n * amount.n + amount.d) / (2n * amount.d);
  const digits = cents.toString().padStart(3, '0');
  const sign = amount.s < 0n && cents !== 0n ? '-' : '';
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

/**
 * The double nearest to a rational, ties to even: the one place where exactness ends. Rounded once, from
 * integers, so that every engine gives the same bits. Meant for amounts and quantities, not for subnormal
 * numbers.
 */
export function toNumber(value: Fraction): number {
  if (value.n === 0n) return 0;
  const shift = ROUNDING_BITS - (bitLength(value.n) - bitLength(value.d));
  const numerator = shift > 0 ? value.n << BigInt(shift) : value.n;
  const denominator = shift < 0 ? value.d << BigInt(-shift) : value.d;
  const quotient = numerator / denominator;
  // The remainder can only break a tie, which the lowest bit tells as well.
  const sticky = quotient * denominator === numerator ? quotient : quotient | 1n;
  const step = shift > 0 ? 0.5 : 2;
  let result = Number(sticky);
  for (let left = Math.abs(shift); left > 0; left -= 1) result *= step;
  return value.s < 0n ? -result : result;
}
