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
    // Asymptotic variance of MMPP counts over t: mean·t + 2·(λ₁−λ₂)²·σ₁σ₂/(σ₁+σ₂)³·t
    // (Fischer and Meier-Hellstern 1993).
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
