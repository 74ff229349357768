import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMicros, formatDuration } from '../../sim/units/duration.ts';

describe('a duration as text', () => {
  it.each([
    [0, '0s'],
    [1, '1us'],
    [1_500, '1.5ms'],
    [90_000_000, '90s'],
    [24_294_118, '24.294118s'],
    [5_400_000_000, '90m'],
    [604_800_000_000, '7d'],
  ])('%i us are %s', (micros, text) => {
    expect(formatDuration(micros)).toBe(text);
  });

  it('read back gives the same microseconds, up to a hundred years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_525 * 86_400 }), fc.nat(999_999), (seconds, micros) => {
        const all = seconds * 1e6 + (seconds === 36_525 * 86_400 ? 0 : micros);
        expect(durationMicros(formatDuration(all))).toBe(all);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});
