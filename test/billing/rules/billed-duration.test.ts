import { describe, expect, it } from 'vitest';
import { billedMs } from '../../../sim/billing/rules/billed-duration.ts';

describe('billedMs', () => {
  // REPORT lines: AWS Compute Blog 2025-04-29, the Lambda developer guide (2026), a public log of 2025.
  it.each([
    [250_060, 100_770, 351],
    [133_610, 80_000, 214],
    [3_016_780, 84_000, 3_101],
    [3_004_920, 111_230, 3_117],
    [1_830, 208_270, 211],
    [27_550, 0, 28],
  ])('duration %d µs and init %d µs are billed as %d ms', (duration, init, billed) => {
    expect(billedMs(duration, init)).toBe(billed);
  });

  it('rounds up from the first microsecond and has no minimum', () => {
    expect([0, 1, 1_000, 1_001].map((micros) => billedMs(micros))).toEqual([0, 1, 1, 2]);
  });

  it('is exact for anything a function can take', () => {
    for (const micros of [899_999_999, 900_000_001, 1_800_000_000, 3_600_000_000_001]) {
      expect(BigInt(billedMs(micros))).toBe((BigInt(micros) + 999n) / 1000n);
    }
  });
});
