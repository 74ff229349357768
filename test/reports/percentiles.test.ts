import { describe, expect, it } from 'vitest';
import {
  highestPercentile,
  percentileMs,
  percentileName,
  percentileSteps,
} from '../../reports/percentiles.ts';
import type { PlatformResult } from '../../sim/result/result.ts';
import { makeResult } from './fixtures.ts';

function withDistribution(upToMs: number[], counts: number[]): PlatformResult {
  const platform = makeResult({ names: ['one'], bins: 1 }).platforms.one!;
  return { ...platform, latencyDistribution: { upToMs, counts } };
}

describe('percentiles from the histogram', () => {
  const platform = withDistribution([100, 200, 300, 1_000], [500, 300, 0, 200]);

  it('steps where the cumulative share does', () => {
    expect(percentileSteps(platform)).toEqual([
      { from: 0, upTo: 0.5, ms: 100 },
      { from: 0.5, upTo: 0.8, ms: 200 },
      { from: 0.8, upTo: 0.99, ms: 1_000 },
    ]);
  });

  it('ends where fewer than ten requests were slower', () => {
    expect(highestPercentile(platform)).toBeCloseTo(0.99, 12);
    expect(percentileMs(platform, 0.99)).toBe(1_000);
    expect(percentileMs(platform, 0.999)).toBeNull();
  });

  it('is the smallest latency that the share of requests did not exceed', () => {
    expect(percentileMs(platform, 0.5)).toBe(100);
    expect(percentileMs(platform, 0.501)).toBe(200);
  });

  it('says nothing of nine requests, or of none', () => {
    expect(percentileSteps(withDistribution([100], [9]))).toEqual([]);
    expect(percentileSteps(withDistribution([], []))).toEqual([]);
    expect(highestPercentile(withDistribution([], []))).toBe(0);
  });

  it('names percentiles without binary noise', () => {
    expect([0.5, 0.99, 0.999, 0.9999, 0.99999].map(percentileName)).toEqual([
      'p50',
      'p99',
      'p99.9',
      'p99.99',
      'p99.999',
    ]);
  });
});
