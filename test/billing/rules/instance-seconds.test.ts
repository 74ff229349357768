import { describe, expect, it } from 'vitest';
import { billedInstanceMicros } from '../../../sim/billing/rules/instance-seconds.ts';
import { MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../../../sim/kernel/time.ts';

const WINDOW = 40 * MICROS_PER_MINUTE + 1;
const S = MICROS_PER_SECOND;

function billed(startMicros: number, endMicros: number, minimumMicros = 60 * S): number {
  return billedInstanceMicros({ startMicros, endMicros, windowMicros: WINDOW, minimumMicros });
}

describe('billedInstanceMicros', () => {
  it('a life through the whole window is exactly the window, never rounded', () => {
    expect(billed(0, WINDOW)).toBe(WINDOW);
    expect(billed(-5 * S, Number.POSITIVE_INFINITY)).toBe(WINDOW);
  });

  it('a life inside is rounded up to the second', () => {
    expect(billed(100 * S, 200 * S)).toBe(100 * S);
    expect(billed(100 * S, 200 * S + 1)).toBe(101 * S);
  });

  it('every start inside costs at least the minimum', () => {
    expect(billed(100 * S, 101 * S)).toBe(60 * S);
    expect(billed(100 * S, 100 * S)).toBe(60 * S);
    expect(billed(100 * S, 160 * S + 1)).toBe(61 * S);
    expect(billed(100 * S, 160 * S, 300 * S)).toBe(300 * S);
  });

  it('the minimum holds for a start that the window cuts short', () => {
    expect(billed(WINDOW - 1, Number.POSITIVE_INFINITY)).toBe(60 * S);
  });

  it('an instance that stops inside has paid its minimum before', () => {
    expect(billed(0, 10 * S)).toBe(10 * S);
    expect(billed(-30 * S, 10 * S + 1)).toBe(11 * S);
  });

  it('a life outside the window costs nothing', () => {
    expect(billed(WINDOW, Number.POSITIVE_INFINITY)).toBe(0);
    expect(billed(-20 * S, -10 * S)).toBe(0);
  });

  it('refuses a life that ends before it starts', () => {
    expect(() => billed(2, 1)).toThrow(/broken invariant/);
  });
});
