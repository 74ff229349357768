import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import {
  decimalFraction,
  integerFraction,
  ratio,
  roundHalfUpToCents,
  sum,
  toNumber,
} from '../../sim/billing/exact.ts';

describe('decimalFraction', () => {
  it('reads decimals without passing through a double', () => {
    expect(decimalFraction('0.1').add(decimalFraction('0.2')).equals(new Fraction(3n, 10n))).toBe(true);
    expect(decimalFraction('0.00000000000000000000000000007').toFraction()).toBe(
      '7/100000000000000000000000000000',
    );
  });

  it('reads the texts that numbers print as', () => {
    expect(decimalFraction('1.5e-7').toFraction()).toBe('3/20000000');
    expect(decimalFraction('2e+21').toFraction()).toBe('2000000000000000000000');
    expect(decimalFraction('.5').toFraction()).toBe('1/2');
    expect(decimalFraction('5.').toFraction()).toBe('5');
  });

  it.each(['', '.', '-1', '1,000', '$1', 'NaN', 'Infinity', '1e9999'])('refuses %j', (text) => {
    expect(() => decimalFraction(text)).toThrow(/no decimal number/);
  });
});

describe('integerFraction and ratio', () => {
  it('refuse what is no exact integer', () => {
    expect(() => integerFraction(0.5)).toThrow(/no exact integer/);
    expect(() => integerFraction(2 ** 53)).toThrow(/no exact integer/);
    expect(() => ratio(1, 0)).toThrow(/ratio to zero/);
  });

  it('keep thirds', () => {
    expect(sum([ratio(1, 3), ratio(1, 3), ratio(1, 3)]).equals(1)).toBe(true);
  });
});

describe('roundHalfUpToCents', () => {
  it.each([
    ['0', '0.00'],
    ['0.004', '0.00'],
    ['0.005', '0.01'],
    // 47.125 → 47.13 and 96.125 → 96.13 are AWS's and Infracost's own roundings; 2.675 is below itself as a
    // double.
    ['47.125', '47.13'],
    ['96.125', '96.13'],
    ['2.675', '2.68'],
    ['1.004999999999999999999999', '1.00'],
    ['301667.2', '301667.20'],
    ['12', '12.00'],
  ])('%s → %s', (amount, cents) => {
    expect(roundHalfUpToCents(decimalFraction(amount))).toBe(cents);
  });

  it('rounds refunds away from zero and has no minus zero', () => {
    expect(roundHalfUpToCents(decimalFraction('0.005').neg())).toBe('-0.01');
    expect(roundHalfUpToCents(decimalFraction('0.001').neg())).toBe('0.00');
  });
});

describe('toNumber', () => {
  it.each(['0.1', '0.0000166667', '28.47', '301667.2', '9007199254740991', '1e300', '3e-200', '0'])(
    'gives the double that %s is read as',
    (text) => {
      expect(toNumber(decimalFraction(text))).toBe(Number(text));
    },
  );

  it('rounds once, ties to even', () => {
    // 2^53 + 1 lies halfway: even is 2^53. A hair above it, 2^53 + 2 is nearer.
    const tie = new Fraction(2n ** 53n + 1n);
    expect(toNumber(tie)).toBe(2 ** 53);
    expect(toNumber(tie.add(new Fraction(1n, 10n ** 40n)))).toBe(2 ** 53 + 2);
    expect(toNumber(tie.neg())).toBe(-(2 ** 53));
    expect(toNumber(new Fraction(1n, 3n))).toBe(1 / 3);
  });

  it('takes numerators and denominators that are no doubles themselves', () => {
    const huge = 10n ** 400n;
    expect(toNumber(new Fraction(3n * huge + 1n, 2n * huge))).toBe(1.5);
  });
});
