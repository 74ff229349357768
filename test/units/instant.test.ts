import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMsOf } from '../../sim/units/instant.ts';

describe('instants', () => {
  it('agree with the engine’s own calendar from 1970 to 2199', () => {
    const day = fc.integer({ min: 0, max: Date.UTC(2199, 11, 31, 23, 59, 59, 999) });
    fc.assert(
      fc.property(day, (epochMs) => {
        expect(epochMsOf(new Date(epochMs).toISOString())).toBe(epochMs);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it.each([
    ['2026-01-05T00:00:00Z', Date.UTC(2026, 0, 5)],
    ['2026-01-05', Date.UTC(2026, 0, 5)],
    ['2024-02-29T12:30Z', Date.UTC(2024, 1, 29, 12, 30)],
    ['2026-01-05T00:00:00.5Z', Date.UTC(2026, 0, 5, 0, 0, 0, 500)],
    ['2026-01-05T01:30:00+01:30', Date.UTC(2026, 0, 5)],
    ['2025-12-31T19:00:00-05:00', Date.UTC(2026, 0, 1)],
  ])('%s', (text, expected) => {
    expect(epochMsOf(text)).toBe(expected);
  });

  it.each([
    '2026-02-29',
    '2100-02-29',
    '2026-13-01',
    '2026-00-01',
    '2026-04-31',
    '2026-01-05T24:00:00Z',
    '2026-01-05T00:00:60Z',
    '2026-01-05T00:00:00',
    '2026-01-05T00:00:00+25:00',
    '1969-12-31',
    '2200-01-01',
    'now',
    '',
  ])('%s is none', (text) => {
    expect(epochMsOf(text)).toBeNull();
  });
});
