import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, bucketStart, LatencyHistogram } from '../../sim/observe/latency-histogram.ts';

const MAX = 2 ** 51 - 1;
/** Every order of magnitude alike. */
const micros = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.double({ min: 1, max: 2, maxExcluded: true, noNaN: true }))
  .map(([octave, factor]) => Math.min(MAX, Math.floor(2 ** octave * factor)));
const latencies = fc.array(micros, { minLength: 1, maxLength: 200 });

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const each of values) histogram.record(each);
  return histogram;
}

/** The nearest rank: the smallest value that a share q of all does not exceed. */
function percentile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(q * values.length)) - 1]!;
}

describe('buckets', () => {
  it.each([5, 10])('hold their values between their starts, with 2^%i steps an octave', (bits) => {
    fc.assert(
      fc.property(fc.oneof(micros, fc.constantFrom(0, 1, 2 ** 30 - 1, 2 ** 30, 2 ** 40, MAX)), (value) => {
        const bucket = bucketOf(value, bits);
        const [start, end] = [bucketStart(bucket, bits), bucketStart(bucket + 1, bits)];
        expect(start).toBeLessThanOrEqual(value);
        expect(value).toBeLessThan(end);
        expect(end - start).toBeLessThanOrEqual(Math.max(1, start / 2 ** bits));
        expect(bucketOf(start, bits)).toBe(bucket);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('are whole microseconds below 2,048', () => {
    for (let value = 0; value < 2048; value++) expect(bucketOf(value, 10)).toBe(value);
  });
});

describe('LatencyHistogram', () => {
  it('keeps count, sum, smallest and largest exactly, and percentiles to 0.1 %', () => {
    fc.assert(
      fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const histogram = histogramOf(values);
        expect(histogram.count).toBe(values.length);
        expect(histogram.sumMicros).toBe(values.reduce((sum, each) => sum + each, 0));
        expect(histogram.minMicros).toBe(Math.min(...values));
        expect(histogram.maxMicros).toBe(Math.max(...values));
        const exact = percentile(values, q);
        expect(Math.abs(histogram.percentileMicros(q)! - exact)).toBeLessThanOrEqual(exact / 1000);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('keeps a value exactly that has its bucket to itself, also when merged', () => {
    const some = histogramOf([...Array<number>(50).fill(100_000), 300_000]);
    const others = histogramOf([...Array<number>(50).fill(100_000), 900_000]);
    some.merge(others);
    expect([0, 0.5, 0.95].map((q) => some.percentileMicros(q))).toEqual([100_000, 100_000, 100_000]);
    some.merge(histogramOf([100_001]));
    expect(some.percentileMicros(0.5)).not.toBe(100_000);
    expect(Math.abs(some.percentileMicros(0.5)! - 100_000)).toBeLessThanOrEqual(100);
  });

  it('takes ranks as the nearest-rank rule does where q × n is whole', () => {
    const histogram = histogramOf(Array.from({ length: 100 }, (_, index) => index + 1));
    expect([0.07, 0.5, 0.95, 0.99, 1].map((q) => histogram.percentileMicros(q))).toEqual([
      7, 50, 95, 99, 100,
    ]);
  });

  it('merges to what recording everything in one gives', () => {
    fc.assert(
      fc.property(latencies, latencies, (some, others) => {
        const merged = histogramOf(some);
        merged.merge(histogramOf(others));
        expect(isDeepStrictEqual(merged, histogramOf([...some, ...others]))).toBe(true);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('loses no latency in its coarse steps, and counts those above a bound', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const histogram = histogramOf(values);
        const { upToMicros, counts } = histogram.coarse();
        let below = 0;
        upToMicros.forEach((bound, step) => {
          below += counts[step]!;
          expect(below).toBe(values.filter((each) => each <= bound).length);
        });
        expect(below).toBe(values.length);
        expect(histogram.countAbove(1000)).toBe(values.filter((each) => each > 1000).length);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('has no mean and no percentile of nothing', () => {
    expect(new LatencyHistogram().meanMicros).toBeNull();
    expect(new LatencyHistogram().percentileMicros(0.5)).toBeNull();
  });
});
