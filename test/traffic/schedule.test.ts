import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { trafficModels } from '../../sim/traffic/index.ts';
import { arrivals, contextOf, DAY, HOUR, MINUTE, openPlan, problemsOf, SECOND } from './plans.ts';

/** t = 0 is Monday, 2026-01-05T00:00:00Z. */
function times(schedule: string, duration: string, more: object = {}, context = contextOf()): number[] {
  return arrivals(openPlan({ executor: 'schedule', schedule, duration, ...more }, context));
}

describe('rate(…)', () => {
  it('fires at the start and after each interval', () => {
    expect(times('rate(5 minutes)', '21m').map((at) => at / MINUTE)).toEqual([0, 5, 10, 15, 20]);
    expect(times('rate(1 hour)', '3h').map((at) => at / HOUR)).toEqual([0, 1, 2]);
    expect(times('rate(2 days)', '5d').map((at) => at / DAY)).toEqual([0, 2, 4]);
  });

  it('counts from `startTime`', () => {
    expect(times('rate(1 minute)', '2m', { startTime: '90s' }).map((at) => at / SECOND)).toEqual([90, 150]);
  });
});

describe('cron(…), UTC', () => {
  it.each([
    ['cron(0 2 * * ? *)', '3d', [2, 26, 50]],
    ['cron(0/30 9-10 ? * MON-FRI *)', '1d', [9, 9.5, 10, 10.5]],
    ['cron(0 0 ? * SUN *)', '14d', [6 * 24, 13 * 24]],
    ['cron(15 10 1 * ? *)', '60d', [27 * 24 + 10.25, 55 * 24 + 10.25]],
    ['cron(0 12 L * ? 2026)', '30d', [26 * 24 + 12]],
    ['cron(0 0 ? * 2#2 *)', '30d', [7 * 24]],
    ['cron(0 0 1 1 ? 2025)', '30d', []],
  ])('%s', (schedule, duration, hours) => {
    expect(times(schedule, duration).map((at) => at / HOUR)).toEqual(hours);
  });

  it('goes by the wall clock, whenever the window begins', () => {
    const context = contextOf({ startAtEpochMs: Date.UTC(2026, 0, 5, 1, 59, 30) });
    expect(times('cron(0 2 * * ? *)', '1h', {}, context)).toEqual([30 * SECOND]);
    expect(times('cron(* * * * ? *)', '2m', {}, context)).toEqual([30 * SECOND, 90 * SECOND]);
  });
});

describe('at(…)', () => {
  it('fires once', () => {
    expect(times('at(2026-01-05T02:00:30)', '1d')).toEqual([2 * HOUR + 30 * SECOND]);
    expect(times('at(2026-01-04T02:00:00)', '1d')).toEqual([]);
  });
});

describe('a schedule', () => {
  it('may bring several requests each time, in whatever blocks they are asked for', () => {
    const stream = openPlan({
      executor: 'schedule',
      schedule: 'rate(1 minute)',
      duration: '3m',
      requests: 3,
    });
    const expected = [0, 0, 0, 1, 1, 1, 2, 2, 2].map((minute) => minute * MINUTE);
    for (const block of [1, 2, 9, 100]) expect(arrivals(stream, 1, block)).toEqual(expected);
    expect(stream.expectedRequests).toBe(9);
  });

  it('fires late if told so: as EventBridge Scheduler, within 0 to 59 s of the minute', () => {
    const delay = { distribution: 'uniform', min: '0s', max: '59s' };
    const late = times('rate(1 minute)', '10h', { delay }).map((at, index) => (at - index * MINUTE) / SECOND);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThanOrEqual(59);
    // 99 % of a mean of 600 uniform delays.
    const mean = late.reduce((sum, each) => sum + each, 0) / late.length;
    expect(Math.abs(mean - 29.5)).toBeLessThan((2.576 * 59) / Math.sqrt(12 * 600));
  });

  it('keeps its requests in order, also where one is later than the next', () => {
    const delay = { distribution: 'exponential', mean: '5m' };
    const late = times('rate(1 minute)', '10h', { delay });
    expect(late).toEqual([...late].sort((a, b) => a - b));
    expect(late).toHaveLength(600);
  });

  it('ends with the window, and needs one', () => {
    const options = { executor: 'schedule', schedule: 'rate(5 minutes)' };
    expect(arrivals(openPlan(options, contextOf({ windowMicros: HOUR })))).toHaveLength(12);
    expect(problemsOf(() => openPlan(options)).map(({ code }) => code)).toEqual(['missing-duration']);
  });

  it('does not fire for ever', () => {
    const forever = () => times('rate(1 minute)', '100y'.replace('100y', '36525d'));
    expect(problemsOf(forever).map(({ code }) => code)).toEqual(['too-much-detail']);
  });

  it('invokes a function as often as it says: cold each time, five minutes being too long to wait', () => {
    const { requests, coldStarts } = simulate({
      version: 1,
      duration: '1h',
      workload: { cpu: '100ms' },
      traffic: { tick: { executor: 'schedule', schedule: 'rate(10 minutes)' } },
      platforms: { it: { type: 'lambda', invocation: 'async', keepAlive: { idle: '5m' } } },
    }).platforms.it!;
    expect(requests).toMatchObject({ arrived: 6, completed: 6 });
    expect(coldStarts.count).toBe(6);
  });
});

describe('what is no schedule is refused:', () => {
  const { schema } = trafficModels.find(({ executor }) => executor === 'schedule')!;
  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(30 seconds)',
    'every 5 minutes',
    '5m',
    'cron(0 2 * * *)',
    'cron(0 2 * * * *)',
    'cron(60 2 * * ? *)',
    '0 2 * * ? *',
    'at(2026-02-30T00:00:00)',
    'at(tomorrow)',
  ])('%s', (schedule) => {
    expect(schema.safeParse({ executor: 'schedule', schedule }).success).toBe(false);
    expect(schema.safeParse({ executor: 'schedule', schedule: 'rate(1 minute)' }).success).toBe(true);
  });
});
