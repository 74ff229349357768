import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanOf, varianceOf } from '../distributions/statistics.ts';
import { arrivals, contextOf, countsBy, DAY, MINUTE, openPlan, problemsOf, SECOND } from './plans.ts';

describe('constant-arrival-rate, evenly spaced', () => {
  it.each([
    { rate: '3/7s', duration: '100s', count: 3, per: 7 * SECOND, n: 42 },
    { rate: '3000000/30d', duration: '1h', count: 3_000_000, per: 30 * DAY, n: 4_166 },
    { rate: '400000/s', duration: '1ms', count: 400_000, per: SECOND, n: 400 },
    { rate: '1/300s', duration: '1d', count: 1, per: 300 * SECOND, n: 288 },
    { rate: '0.1/s', duration: '30s', count: 0.1, per: SECOND, n: 3 },
    { rate: '6/7us', duration: '70us', count: 6, per: 7, n: 60 },
    { rate: '5/s', duration: '900ms', count: 5, per: SECOND, n: 4 },
  ])('request k of $rate comes at round(k / rate), $n in $duration', ({ rate, duration, count, per, n }) => {
    const stream = openPlan({ executor: 'constant-arrival-rate', rate, duration, arrivals: 'uniform' });
    const times = arrivals(stream);
    expect(times).toEqual(Array.from({ length: n }, (_, k) => Math.round((k * per) / count)));
  });

  it('counts from its startTime', () => {
    const stream = openPlan({
      executor: 'constant-arrival-rate',
      rate: '3/7s',
      duration: '7s',
      startTime: '1m',
      arrivals: 'uniform',
    });
    expect(arrivals(stream)).toEqual([60_000_000, 62_333_333, 64_666_667]);
    expect(stream.endMicros).toBe(67 * SECOND);
  });

  it('sends three million a month to the last one', () => {
    const stream = openPlan({
      executor: 'constant-arrival-rate',
      rate: '3000000/30d',
      duration: '30d',
      arrivals: 'uniform',
    });
    const times = arrivals(stream);
    expect([times.length, times[1], times[2_999_999]]).toEqual([3_000_000, 864_000, 2_999_999 * 864_000]);
    expect(stream.expectedRequests).toBe(3_000_000);
  });
});

describe('constant-arrival-rate, Poisson', () => {
  it('has as many as expected, and as much variance as mean (3.3 standard errors)', () => {
    const stream = openPlan({ executor: 'constant-arrival-rate', rate: '50/s', duration: '2000s' });
    const times = arrivals(stream);
    expect(stream.expectedRequests).toBe(100_000);
    expect(Math.abs(times.length - 100_000)).toBeLessThan(3.3 * Math.sqrt(100_000));
    const counts = countsBy(times, SECOND, 2_000);
    // The index of dispersion of n Poisson counts has the standard error sqrt(2 / n).
    expect(Math.abs(varianceOf(counts) / meanOf(counts) - 1)).toBeLessThan(3.3 * Math.sqrt(2 / 2_000));
  });

  it('takes its end from the scenario, or says that it has none', () => {
    const options = { executor: 'constant-arrival-rate', rate: '50/s', startTime: '10s' };
    const stream = openPlan(options, contextOf({ windowMicros: MINUTE }));
    expect([stream.endMicros, stream.expectedRequests]).toEqual([MINUTE, 2_500]);
    expect(problemsOf(() => openPlan(options))).toMatchObject([
      {
        code: 'missing-duration',
        path: ['traffic', 'uploads'],
        at: 'key',
        help: expect.stringContaining('duration'),
      },
    ]);
  });

  it('expects no more than the window lets in', () => {
    const options = { executor: 'constant-arrival-rate', rate: '50/s', duration: '1h' };
    expect(openPlan(options, contextOf({ windowMicros: MINUTE })).expectedRequests).toBe(3_000);
  });
});

describe('renewal arrivals', () => {
  it.each([
    { arrivals: { distribution: 'gamma', cv: 2 }, cv: 2 },
    { arrivals: { distribution: 'weibull', cv: 0.5 }, cv: 0.5 },
    { arrivals: { distribution: 'hyperexponential', cv: 3 }, cv: 3 },
    { arrivals: { distribution: 'lognormal', cv: 1.5 }, cv: 1.5 },
    { arrivals: { distribution: 'constant' }, cv: 0 },
  ])('$arrivals: gaps of the rate and of cv $cv (3.3 standard errors; 5 %)', ({ arrivals: spec, cv }) => {
    const times = arrivals(
      openPlan({ executor: 'constant-arrival-rate', rate: '100/s', duration: '1000s', arrivals: spec }),
    );
    const gaps = times.slice(1).map((time, i) => time - times[i]!);
    expect(Math.abs(meanOf(gaps) / 10_000 - 1)).toBeLessThanOrEqual((3.3 * cv) / Math.sqrt(gaps.length));
    expect(Math.abs(Math.sqrt(varianceOf(gaps)) / meanOf(gaps) - cv)).toBeLessThanOrEqual(0.05 * cv);
  });
});

describe('ramping-arrival-rate', () => {
  const stages = [
    { duration: '30m', target: '5/s' },
    { duration: '0s', target: '30/s' },
    { duration: '10m', target: '30/s' },
  ];

  it('steps at a stage of 0s', () => {
    const times = arrivals(
      openPlan({ executor: 'ramping-arrival-rate', startRate: '5/s', stages, arrivals: 'uniform' }),
    );
    expect(times.length).toBe(5 * 1_800 + 30 * 600);
    expect(times.slice(8_998, 9_003)).toEqual(
      [1_799.6, 1_799.8, 1_800, 1_800 + 1 / 30, 1_800 + 2 / 30].map((s) => Math.round(s * SECOND)),
    );
  });

  it('brings the integral of a ramp, request k where the integral is k', () => {
    const options = {
      executor: 'ramping-arrival-rate',
      stages: [{ duration: '100s', target: '20/s' }],
      arrivals: 'uniform',
    };
    const stream = openPlan(options);
    const times = arrivals(stream);
    expect([stream.expectedRequests, times.length]).toEqual([1_000, 1_000]);
    // 0.1·t² = k
    times.forEach((time, k) => {
      expect(Math.abs(time - Math.sqrt(10 * k) * SECOND)).toBeLessThanOrEqual(0.51);
    });
  });

  it('falls as it rises', () => {
    const down = openPlan({
      executor: 'ramping-arrival-rate',
      startRate: '1200/min',
      stages: [{ duration: '100s', target: '0/s' }],
      arrivals: 'uniform',
    });
    // 20·t − 0.1·t² = k
    arrivals(down).forEach((time, k) => {
      expect(Math.abs(time - (100 - Math.sqrt(10_000 - 10 * k)) * SECOND)).toBeLessThanOrEqual(0.51);
    });
  });

  it('is silent before its startTime, in a stage at 0/s and after its end', () => {
    const stream = openPlan({
      executor: 'ramping-arrival-rate',
      startTime: '10s',
      startRate: '100/s',
      stages: [
        { duration: '10s', target: '100/s' },
        { duration: '0s', target: '0/s' },
        { duration: '10s', target: '0/s' },
        { duration: '0s', target: '100/s' },
        { duration: '10s', target: '100/s' },
      ],
    });
    const counts = countsBy(arrivals(stream), 10 * SECOND, 5);
    expect([counts[0], counts[2], counts[4]]).toEqual([0, 0, 0]);
    for (const busy of [counts[1]!, counts[3]!])
      expect(Math.abs(busy - 1_000)).toBeLessThan(3.3 * Math.sqrt(1_000));
    const even = arrivals({
      ...stream,
      ...openPlan({
        executor: 'ramping-arrival-rate',
        startTime: '10s',
        arrivals: 'uniform',
        stages: [
          { duration: '0s', target: '1/s' },
          { duration: '3s', target: '1/s' },
          { duration: '0s', target: '0/s' },
          { duration: '5s', target: '0/s' },
          { duration: '0s', target: '1/s' },
          { duration: '2s', target: '1/s' },
        ],
      }),
    });
    expect(even).toEqual([10, 11, 12, 18, 19].map((s) => s * SECOND));
  });

  it('never goes back, stays in its span, and does not depend on the size of the blocks', () => {
    const stage = fc.record({
      seconds: fc.integer({ min: 0, max: 30 }),
      target: fc.integer({ min: 0, max: 40 }),
    });
    const law = fc.constantFrom<unknown>(
      'poisson',
      'uniform',
      { distribution: 'gamma', cv: 2 },
      { distribution: 'lognormal', cv: 1 },
    );
    fc.assert(
      fc.property(
        fc.array(stage, { minLength: 1, maxLength: 8 }),
        law,
        fc.integer({ min: 1, max: 1_000 }),
        (stages, spread, seed) => {
          const stream = openPlan({
            executor: 'ramping-arrival-rate',
            startTime: '7s',
            stages: stages.map(({ seconds, target }) => ({ duration: `${seconds}s`, target: `${target}/s` })),
            arrivals: spread,
          });
          const times = arrivals(stream, seed);
          times.forEach((time, i) => {
            expect(Number.isInteger(time)).toBe(true);
            expect(time).toBeGreaterThanOrEqual(times[i - 1] ?? 7 * SECOND);
          });
          expect(times.at(-1) ?? 0).toBeLessThanOrEqual(stream.endMicros);
          if (spread === 'uniform') expect(times.length).toBe(Math.floor(stream.expectedRequests + 1e-9));
          expect(arrivals(stream, seed, 1)).toEqual(times);
          expect(arrivals(stream, seed, 7)).toEqual(times);
        },
      ),
      { numRuns: 100, seed: 20260105 },
    );
  });
});

describe.each([
  { executor: 'constant-arrival-rate', rate: '9/s', duration: '10m' },
  { executor: 'diurnal-arrival-rate', mean: '9/s', peakToMean: 2, duration: '1h' },
  {
    executor: 'bursty-arrival-rate',
    calmRate: '1/s',
    burstRate: '30/s',
    meanCalm: '9s',
    meanBurst: '5s',
    duration: '10m',
  },
])('$executor', (options) => {
  it('gives the same times for the same seed whatever the blocks, others for another', () => {
    const stream = openPlan(options);
    const times = arrivals(stream, 5);
    expect(times.length).toBeGreaterThan(1_000);
    for (const size of [1, 7, 4096]) expect(arrivals(stream, 5, size)).toEqual(times);
    expect(arrivals(stream, 6)).not.toEqual(times);
  });
});
