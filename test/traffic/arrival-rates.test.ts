import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanOf, varianceOf } from '../distributions/statistics.ts';
import {
  arrivals,
  contextOf,
  countsBy,
  DAY,
  HOUR,
  MINUTE,
  MONDAY_EPOCH_MS,
  openPlan,
  problemsOf,
  SECOND,
} from './plans.ts';

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

describe('diurnal-arrival-rate', () => {
  const daily = { executor: 'diurnal-arrival-rate', mean: '1/s', peakToMean: 1.5, peakAt: '14:00' };

  it('has its mean over a day, its peak at the time of day and its trough twelve hours away', () => {
    const stream = openPlan({ ...daily, duration: '1d', arrivals: 'uniform' });
    expect(stream.expectedRequests).toBeCloseTo(86_400, 6);
    const byHalfHour = countsBy(arrivals(stream), HOUR / 2, 48);
    // Half an hour about the peak brings the mean of 1 + cos/2 there, sinc(π/48) = 0.9993 of the height.
    const near = 1_800 * (1 + 0.5 * (Math.sin(Math.PI / 48) / (Math.PI / 48)));
    const counted = arrivals(stream).filter((time) => Math.abs(time - 14 * HOUR) < HOUR / 4).length;
    expect(Math.abs(counted - near)).toBeLessThan(2);
    expect(Math.max(...byHalfHour)).toBe(Math.max(byHalfHour[27]!, byHalfHour[28]!));
    expect(Math.min(...byHalfHour)).toBe(Math.min(byHalfHour[3]!, byHalfHour[4]!));
  });

  it('knows the time of day and the day of the week at the start', () => {
    const friday18h = contextOf({ startAtEpochMs: MONDAY_EPOCH_MS + (4 * 24 + 18) * 3_600_000 + 123_456 });
    const stream = openPlan(
      { ...daily, peakToMean: 1, weekendFactor: 0.25, duration: '3d', arrivals: 'uniform' },
      friday18h,
    );
    const weekday = 6 * 3_600 - 123.456;
    expect(stream.expectedRequests).toBeCloseTo(weekday + 0.25 * 2 * 86_400 + 18 * 3_600 + 123.456, 3);
    const times = arrivals(stream);
    const firstDayEnd = weekday * SECOND;
    expect(times.filter((time) => time < firstDayEnd - 0.5).length).toBe(Math.ceil(weekday));
    expect(times.filter((time) => time > firstDayEnd + 2 * DAY).length).toBeGreaterThan(64_900);
  });

  it('peaks at mean × peakToMean for a peak between two knots too', () => {
    const stream = openPlan({
      ...daily,
      mean: '1000/s',
      peakToMean: 2,
      peakAt: '00:07',
      duration: '14m',
      arrivals: 'uniform',
    });
    const atPeak = arrivals(stream).filter((time) => Math.abs(time - 7 * MINUTE) < 30 * SECOND).length;
    expect(Math.abs(atPeak / 60_000 - 2)).toBeLessThan(0.001);
  });

  it.each<Record<string, unknown>>([
    { peakToMean: 2.1 },
    { peakAt: '24:00' },
    { peakAt: '9:00' },
    { weekendFactor: -1 },
  ])('refuses %j', (wrong) => {
    expect(() => openPlan({ ...daily, duration: '1d', ...wrong })).toThrow(/must be/);
  });
});

describe('bursty-arrival-rate', () => {
  const bursty = {
    executor: 'bursty-arrival-rate',
    calmRate: '2/s',
    burstRate: '50/s',
    meanCalm: '30s',
    meanBurst: '10s',
  };
  const stream = openPlan({ ...bursty, duration: '40000s' });
  const times = arrivals(stream);

  it('has the mean rate of its states: (2·30 + 50·10) / 40 = 14 a second', () => {
    expect(stream.expectedRequests).toBeCloseTo(14 * 40_000, 6);
    // Asymptotic variance of MMPP counts over t: mean·t + 2·(λ₁−λ₂)²·σ₁σ₂/(σ₁+σ₂)³·t (Fischer and Meier-Hellstern 1993).
    const [outOfCalm, outOfBurst] = [1 / 30, 1 / 10];
    const variance = 14 + (2 * 48 ** 2 * outOfCalm * outOfBurst) / (outOfCalm + outOfBurst) ** 3;
    expect(Math.abs(times.length - 560_000)).toBeLessThan(3.3 * Math.sqrt(variance * 40_000));
  });

  it('is far more dispersed than Poisson, and what is busy stays busy', () => {
    const counts = countsBy(times, SECOND, 40_000);
    const mean = meanOf(counts);
    const lagged = counts.slice(1).map((count, i) => (count - mean) * (counts[i]! - mean));
    expect(varianceOf(counts) / mean).toBeGreaterThan(10);
    // Autocovariance of counts of 1 s at lag 1: p(1−p)(λ₁−λ₂)²·e^{−θ}, nearly, θ = 1/30 + 1/10.
    expect(meanOf(lagged) / (0.25 * 0.75 * 48 ** 2 * Math.exp(-4 / 30))).toBeCloseTo(1, 0);
  });

  it('can be evenly spaced within its states', () => {
    const even = openPlan({ ...bursty, duration: '1000s', arrivals: 'uniform' });
    const gaps = arrivals(even)
      .map((time, i, all) => time - (all[i - 1] ?? time))
      .slice(1);
    expect(
      gaps.filter((gap) => Math.abs(gap - 20_000) <= 1 || Math.abs(gap - 500_000) <= 1).length / gaps.length,
    ).toBeGreaterThan(0.98);
  });

  it('refuses to change its state millions of times', () => {
    expect(
      problemsOf(() => openPlan({ ...bursty, meanCalm: '1us', meanBurst: '0s', duration: '1d' })),
    ).toMatchObject([
      { code: 'too-much-detail', path: ['traffic', 'uploads', 'meanCalm'], help: expect.any(String) },
    ]);
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
