import { describe, expect, it } from 'vitest';
import {
  durationAxisUnit,
  formatAmount,
  formatCount,
  formatDurationMs,
  formatMeasured,
  formatMoney,
  formatQuantity,
  formatShare,
  formatUnitPrice,
} from '../../reports/format.ts';

describe('durations', () => {
  it.each([
    [612, '612 ms'],
    [3_100, '3.10 s'],
    [14_800, '14.8 s'],
    [4.213, '4.21 ms'],
    [0.0415, '41.5 µs'],
    [0, '0 ms'],
    [750_000, '12.5 min'],
    [3 * 3_600_000, '3.00 h'],
    [30 * 86_400_000, '30.0 d'],
    [null, '–'],
  ])('%s ms is shown as %s', (ms, text) => {
    expect(formatDurationMs(ms)).toBe(text);
  });

  it('carries into the next unit instead of showing 1000 ms', () => {
    expect(formatDurationMs(999.6)).toBe('1.00 s');
    expect(formatDurationMs(0.9996)).toBe('1.00 ms');
    expect(formatDurationMs(9.996)).toBe('10.0 ms');
  });

  it('chooses one unit for an axis', () => {
    expect(durationAxisUnit(800).unit).toBe('ms');
    expect(durationAxisUnit(8_000).unit).toBe('s');
  });
});

describe('money', () => {
  it.each([
    [1234.56, '$1,234.56'],
    [0.0000023, '$0.0000023'],
    [0, '$0.00'],
    [1234567.891, '$1,234,567.89'],
    [0.01, '$0.01'],
    [-5.5, '-$5.50'],
    [null, '–'],
  ])('%s is shown as %s', (usd, text) => {
    expect(formatMoney(usd)).toBe(text);
  });

  it('rounds half up on the decimal digits, not on the binary fraction', () => {
    expect(formatMoney(1.005)).toBe('$1.01');
    expect(formatMoney(8.345)).toBe('$8.35');
  });

  it('shows the digits of a unit price and no exponent', () => {
    expect(formatUnitPrice(0.0000133334)).toBe('$0.0000133334');
    expect(formatUnitPrice(0.0000002)).toBe('$0.0000002');
    expect(formatUnitPrice(0.1)).toBe('$0.10');
    expect(formatUnitPrice(120)).toBe('$120.00');
  });
});

describe('shares, counts and quantities', () => {
  it.each([
    [0.0028, '0.28 %'],
    [0.473, '47.3 %'],
    [0.5, '50 %'],
    [0, '0 %'],
    [1, '100 %'],
    [null, '–'],
  ])('the share %s is shown as %s', (fraction, text) => {
    expect(formatShare(fraction)).toBe(text);
  });

  it('does not round almost all up to all', () => {
    expect(formatShare(0.99999)).toBe('> 99.9 %');
  });

  it('groups digits without a locale', () => {
    expect(formatCount(1234567)).toBe('1,234,567');
    expect(formatCount(999)).toBe('999');
    expect(formatQuantity(15_800_000)).toBe('15,800,000');
    expect(formatQuantity(1460.5)).toBe('1,460.5');
    expect(formatQuantity(0.00001234)).toBe('0.0000123');
    expect(formatAmount(31.24)).toBe('31.2');
    expect(formatAmount(12_345)).toBe('12,300');
  });

  it('shows what a threshold measured in its unit', () => {
    expect(formatMeasured(1210.4, 'ms')).toBe('1.21 s');
    expect(formatMeasured(271.124, 'USD')).toBe('$271.12');
    expect(formatMeasured(0.0012, 'share')).toBe('0.12 %');
    expect(formatMeasured(null, 'ms')).toBe('not measured');
    expect(formatMeasured(7, 'requests')).toBe('7 requests');
  });
});
