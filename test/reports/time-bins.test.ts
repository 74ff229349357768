import { describe, expect, it } from 'vitest';
import {
  formatSeconds,
  groupBins,
  groupMaxima,
  groupMeans,
  groupSums,
  timeTicks,
  warmupSeconds,
} from '../../reports/time-bins.ts';
import { makeResult } from './fixtures.ts';

describe('groups of bins', () => {
  it('leaves short series as they are', () => {
    expect(groupBins(40, 360)).toEqual({ size: 1, count: 40 });
    expect(groupMeans([1, 2, 3], groupBins(3, 10))).toEqual([1, 2, 3]);
  });

  it('puts long series together exactly, the last group too', () => {
    const groups = groupBins(5, 3);
    expect(groups).toEqual({ size: 2, count: 3 });
    expect(groupMeans([1, 3, 5, 7, 9], groups)).toEqual([2, 6, 9]);
    expect(groupSums([1, 3, 5, 7, 9], groups)).toEqual([4, 12, 9]);
    expect(groupMaxima([1, null, null, null, 9], groups)).toEqual([1, null, 9]);
  });
});

describe('the time axis', () => {
  it.each([
    [60, '10 s', 60],
    [3_600, '10 min', 3_600],
    [86_400, '3 h', 86_400],
    [30 * 86_400, '7 d', 28 * 86_400],
  ])('over %i s has round ticks in one unit', (span, second, last) => {
    const ticks = timeTicks(span);
    expect(ticks.length).toBeLessThanOrEqual(9);
    expect(ticks[0]?.seconds).toBe(0);
    expect(ticks[1]?.text).toBe(second);
    expect(ticks[ticks.length - 1]?.seconds).toBe(last);
  });

  it('names lengths of time shortly', () => {
    expect([60, 90, 7_200, 172_800, 0].map(formatSeconds)).toEqual(['1 min', '90 s', '2 h', '2 d', '0 s']);
  });

  it('reads the warm-up from the scenario, and survives one that is no duration', () => {
    expect(warmupSeconds(makeResult({ names: ['a'], resolved: { warmup: '1h30m' } }))).toBe(5_400);
    expect(warmupSeconds(makeResult({ names: ['a'], resolved: { warmup: ['x'] } }))).toBe(0);
  });
});
