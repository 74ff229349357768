import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, FINE_BITS } from '../../sim/observe/latency-histogram.ts';
import { Level } from '../../sim/observe/level.ts';
import { addSpan, TimeSeries } from '../../sim/observe/time-series.ts';

describe('addSpan', () => {
  it('divides level × time among the bins that it crosses, and leaves out what lies beyond', () => {
    const area = new Float64Array(3);
    addSpan(area, 10, 5, 27, 2);
    expect([...area]).toEqual([10, 20, 14]);
    addSpan(area, 10, 28, 100, 1);
    expect([...area]).toEqual([10, 20, 16]);
    addSpan(area, 10, 10, 10, 9);
    expect([...area]).toEqual([10, 20, 16]);
  });
});

/** What a level was at every microsecond of a short window. */
function everyMicro(changes: readonly { at: number; delta: number }[], windowMicros: number): number[] {
  return Array.from({ length: windowMicros }, (_, micro) =>
    changes.filter(({ at }) => at <= micro).reduce((sum, { delta }) => sum + delta, 0),
  );
}

const WINDOW = 60;

describe('Level', () => {
  it('has the areas and the peak that counting every microsecond gives', () => {
    const change = fc.record({ at: fc.nat({ max: WINDOW - 1 }), delta: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(
        fc.array(change),
        fc.nat({ max: WINDOW - 1 }),
        fc.integer({ min: 1, max: 70 }),
        (raw, warmup, step) => {
          const changes = raw.toSorted((a, b) => a.at - b.at);
          const bins = new Float64Array(Math.ceil(WINDOW / step));
          const level = new Level(bins, step, warmup);
          for (const { at, delta } of changes) level.change(at, delta);
          level.change(WINDOW, 0);
          const micros = everyMicro(changes, WINDOW);
          expect(level.area).toBe(micros.slice(warmup).reduce((sum, each) => sum + each, 0));
          expect(level.max).toBe(Math.max(...micros.slice(warmup)));
          const perBin = Array.from(bins, (_, bin) => micros.slice(bin * step, (bin + 1) * step));
          expect([...bins]).toEqual(perBin.map((bin) => bin.reduce((sum, each) => sum + each, 0)));
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it('forgets a peak of the warm-up, and keeps one that lasts into the measured part', () => {
    const level = new Level(new Float64Array(1), 100, 50);
    level.change(10, 5);
    level.change(20, -3);
    level.change(60, -2);
    expect(level.max).toBe(2);
    level.change(70, 4);
    level.change(70, -4);
    expect(level.max).toBe(4);
  });
});

/** As the recorder does it, which knows the fine bucket already. */
function record(series: TimeSeries, bin: number, micros: number): void {
  series.recordLatency(bin, micros, bucketOf(micros, FINE_BITS));
}

describe('TimeSeries', () => {
  it('cuts the last bin off at the end of the window', () => {
    const series = new TimeSeries(250, 100);
    expect(series.bins).toBe(3);
    expect([0, 1, 2].map((bin) => series.binMicros(bin))).toEqual([100, 100, 50]);
  });

  it('keeps the percentiles of each bin apart, to 3 %', () => {
    const series = new TimeSeries(200, 100);
    for (let latency = 10_000; latency <= 1_000_000; latency += 10_000) record(series, 0, latency);
    expect(Math.abs(series.percentileMicros(0, 0.5)! / 500_000 - 1)).toBeLessThan(1 / 32);
    expect(Math.abs(series.percentileMicros(0, 0.99)! / 990_000 - 1)).toBeLessThan(1 / 32);
    expect(series.percentileMicros(1, 0.5)).toBeNull();
  });

  it('is as exact at every order of magnitude, and to the microsecond below 64', () => {
    const micros = fc
      .tuple(fc.nat({ max: 49 }), fc.double({ min: 1, max: 2, noNaN: true }))
      .map(([octave, factor]) => Math.floor(2 ** octave * factor));
    fc.assert(
      fc.property(fc.oneof(micros, fc.nat({ max: 5000 })), (latency) => {
        const series = new TimeSeries(1, 1);
        record(series, 0, latency);
        const error = Math.abs(series.percentileMicros(0, 0.5)! - latency);
        expect(error).toBeLessThanOrEqual(latency < 64 ? 0 : latency / 32);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('merges to what recording everything in one gives', () => {
    const [one, other, both] = [new TimeSeries(200, 100), new TimeSeries(200, 100), new TimeSeries(200, 100)];
    for (const [target, latency] of [
      [one, 5_000],
      [other, 70_000],
      [other, 5_000],
    ] as const) {
      record(target, 1, latency);
      target.arrivals[1]! += 1;
      target.queueArea[0]! += 7;
      record(both, 1, latency);
      both.arrivals[1]! += 1;
      both.queueArea[0]! += 7;
    }
    one.merge(other);
    expect(one).toEqual(both);
  });
});
