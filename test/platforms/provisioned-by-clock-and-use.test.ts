import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { ScenarioError } from '../../sim/problems/problem.ts';
import type { PlatformResult } from '../../sim/result/result.ts';

interface Case {
  readonly duration: string;
  readonly traffic: Record<string, object>;
  readonly wait?: string;
  readonly keys: object;
  readonly startAt?: string;
}

const uniform = (rate: string, startTime: string, duration: string) => ({
  executor: 'constant-arrival-rate',
  arrivals: 'uniform',
  rate,
  startTime,
  duration,
});

/** One function of 1 GB in a window that is its own month, so that quantities are the window's. */
function run({ duration, traffic, wait = '1s', keys, startAt = '2026-01-05T00:00:00Z' }: Case) {
  const { platforms } = simulate({
    version: 1,
    duration,
    startAt,
    billing: { month: duration },
    workload: { cpu: '0s', wait },
    traffic,
    platforms: {
      it: { type: 'lambda', memorySize: 1024, coldStart: { setup: '0s', init: '100ms' }, ...keys },
    },
  });
  return platforms.it!;
}

const schedule = (...actions: object[]) => ({ provisionedConcurrency: { schedule: actions } });
const NO_TRAFFIC = { once: uniform('1/s', '0s', '1s') };

/** Environments × hours that provisioned concurrency was billed for, at 1 GB. */
function provisionedHours(platform: PlatformResult): number {
  const line = platform.cost.lines.find(({ id }) => id === 'lambda.provisioned.concurrency');
  return (line?.quantity ?? 0) / 3_600;
}

describe('AWS’s example of a launch day', () => {
  // Pricing page, provisioned concurrency, example 1: 3 M requests a month at 1,536 MB. 100 provisioned
  // from noon to 8 pm, in which 500,000 requests of 100 ms come; 2.5 M of 120 ms without. $19.96.
  const text = readFileSync(new URL('../../scenarios/launch-day.yaml', import.meta.url), 'utf8');
  const noStart = (platform: string) => ({
    path: `platforms.${platform}.coldStart`,
    value: '{ setup: 0s, init: 0s }',
  });
  const cents = (platform: PlatformResult) =>
    Object.fromEntries(platform.cost.lines.map(({ id, usd }) => [id, usd.toFixed(2)]));

  it('comes to the cent', () => {
    const it = simulate(text).platforms.provisioned!;
    expect(cents(it)).toEqual({
      'lambda.provisioned.concurrency': '18.00',
      'lambda.provisioned.duration': '0.73',
      'lambda.duration.x86': '0.83',
      'lambda.requests': '0.40',
    });
    expect(it.cost.usdPerMonth.toFixed(2)).toBe('19.96');
  });

  it('comes exactly to what its inputs say when starting costs nothing', () => {
    const { platforms } = simulate(text, { edits: [noStart('provisioned'), noStart('on-demand')] });
    expect(platforms.provisioned!.cost.usdPerMonth).toBeCloseTo(19.962644, 6);
    // On demand: (2.5 M × 0.12 s + 0.5 M × 0.1 s) × 1.5 GB − 400,000 = 125,000 GB-s, and 2 M requests.
    expect(platforms['on-demand']!.cost.usdPerMonth).toBeCloseTo(125_000 * 0.0000166667 + 0.4, 6);
  });
});

describe('provisioned by the clock', () => {
  it.each([
    ['hours of the day', [{ from: '12:00', to: '20:00', capacity: 10 }]],
    [
      'scheduled actions',
      [
        { schedule: 'cron(0 12 * * ? *)', capacity: 10 },
        { schedule: 'cron(0 20 * * ? *)', capacity: 0 },
      ],
    ],
    [
      'hours of two pieces',
      [
        { from: '12:00', to: '15:00', capacity: 10 },
        { from: '15:00', to: '20:00', capacity: 10 },
      ],
    ],
  ])('%s: 10 from noon to 8 pm on three days are 240 environment-hours', (_, actions) => {
    const it = run({ duration: '3d', traffic: NO_TRAFFIC, keys: schedule(...actions) });
    expect(provisionedHours(it)).toBeCloseTo(240, 9);
  });

  it('follows the wall clock of startAt', () => {
    const keys = schedule({ from: '22:00', to: '02:00', capacity: 10 });
    const startAt = '2026-01-05T21:00:00Z';
    expect(provisionedHours(run({ duration: '3h', traffic: NO_TRAFFIC, keys, startAt }))).toBeCloseTo(20, 9);
  });

  it('what an earlier action asked for is there at the start', () => {
    // A Monday; the action was on Friday.
    const keys = { ...schedule({ schedule: 'cron(0 18 ? * FRI *)', capacity: 7 }), start: 'warm' };
    const { capacity, coldStarts } = run({ duration: '1h', traffic: NO_TRAFFIC, keys });
    expect(capacity.mean).toBe(7);
    // Started ahead of any request: counted apart from cold starts.
    expect(capacity.started).toBe(7);
    expect(coldStarts.count).toBe(0);
  });

  it('once, at an instant', () => {
    const keys = schedule({ schedule: 'at(2026-01-05T01:00:00)', capacity: 10 });
    expect(provisionedHours(run({ duration: '2h', traffic: NO_TRAFFIC, keys }))).toBeCloseTo(10, 9);
  });

  it('five-minute steps: seven minutes are billed as ten, and one that is never switched exactly', () => {
    const minutes = (keys: object) =>
      provisionedHours(run({ duration: '3h1m', traffic: NO_TRAFFIC, keys })) * 60;
    expect(minutes(schedule({ from: '01:00', to: '01:07', capacity: 1 }))).toBeCloseTo(10, 9);
    expect(minutes(schedule({ from: '01:00', to: '01:10', capacity: 1 }))).toBeCloseTo(10, 9);
    expect(minutes({ provisionedConcurrency: 1 })).toBeCloseTo(181, 9);
  });

  it('INIT of unused environments is billed, each time they are allocated', () => {
    const keys = schedule(
      { from: '01:00', to: '02:00', capacity: 50 },
      { from: '03:00', to: '04:00', capacity: 50 },
    );
    const none = { late: uniform('1/s', '6h', '1s') };
    const { cost } = run({ duration: '7h', traffic: none, wait: '0s', keys });
    const duration = cost.lines.find(({ id }) => id === 'lambda.duration.x86')!;
    // 100 environments, and the one of the request, which finds none.
    expect(duration.quantity).toBeCloseTo(101 * 0.1, 9);
  });

  it('takes its number off the account while it is on, used or not', () => {
    const result = simulate({
      version: 1,
      duration: '4h',
      workloads: { a: { cpu: '0s', wait: '1s' }, b: { cpu: '0s', wait: '1s' } },
      traffic: { b: { ...uniform('150/s', '0s', '4h'), workload: 'b' } },
      platforms: {
        it: {
          type: 'lambda',
          coldStart: { setup: '0s', init: '0s' },
          accountConcurrency: 200,
          functions: {
            a: { provisionedConcurrency: { schedule: [{ from: '01:00', to: '02:00', capacity: 100 }] } },
          },
        },
      },
    });
    const { failed } = result.platforms.it!.timeseries.columns;
    const sum = (from: number, to: number) => failed.slice(from, to).reduce((total, each) => total + each, 0);
    // Room for 100 of 150 a second, for an hour.
    expect(sum(0, 60)).toBe(0);
    expect(sum(60, 120) / (50 * 3_600)).toBeCloseTo(1, 2);
    expect(sum(121, 240)).toBe(0);
  });

  it.each([
    ['no time', { capacity: 5 }],
    ['two kinds of time', { schedule: 'cron(0 12 * * ? *)', from: '12:00', to: '13:00', capacity: 5 }],
    ['half an interval', { from: '12:00', capacity: 5 }],
    ['no length', { from: '12:00', to: '12:00', capacity: 5 }],
  ])('is refused with %s', (_, action) => {
    const attempt = () => run({ duration: '1h', traffic: NO_TRAFFIC, keys: schedule(action) });
    expect(attempt).toThrow(ScenarioError);
    expect(attempt).toThrow('invalid-schedule');
  });
});

describe('under a Savings Plan', () => {
  it('is covered in the hours in which it is on', () => {
    // 10 of 1 GB from 01:00 to 02:00: 36,000 GB-s at $0.0000041667 × 0.88 are $0.132 in that hour. Ten cents
    // an hour cover so much of it; in the other hours nothing uses them.
    const { platforms } = simulate({
      version: 1,
      duration: '4h',
      billing: { month: '4h', savingsPlans: [{ type: 'compute', commitment: '$0.1/h' }] },
      workload: { cpu: '0s' },
      traffic: { late: uniform('1/s', '3h50m', '1s') },
      platforms: {
        it: {
          type: 'lambda',
          memorySize: 1024,
          coldStart: { setup: '0s', init: '0s' },
          ...schedule({ from: '01:00', to: '02:00', capacity: 10 }),
        },
      },
    });
    const { lines } = platforms.it!.cost;
    const left = lines.find(({ id }) => id === 'lambda.provisioned.concurrency')!;
    expect(left.quantity).toBeCloseTo(36_000 - 0.1 / (0.0000041667 * 0.88), 3);
  });
});

describe('provisioned by use', () => {
  const tracking = (more: object = {}) => ({
    provisionedConcurrency: { targetTracking: { min: 10, max: 100, targetValue: 0.7, ...more } },
    start: 'warm',
  });

  it('grows in large steps while above the target for three minutes, until it is below', () => {
    // 20 busy on 10: all of them in use, 10 → ⌈10/0.7⌉ = 15 → 22 → ⌈20/0.7⌉ = 29, where 20/29 < 0.7.
    const { timeseries } = run({
      duration: '60m',
      traffic: { load: uniform('20/s', '0s', '60m') },
      keys: tracking(),
    });
    const { capacity, busy } = timeseries.columns;
    expect(busy.at(-2)).toBeCloseTo(20, 6);
    // At first ten more on demand, and two because a start takes 0.1 s; they expire after 5–7 min idle.
    expect(capacity[1]).toBeLessThanOrEqual(22);
    expect(capacity.at(-1)).toBe(29);
  });

  it('no scale-in while idle: without requests there is no metric, and all of it is paid for', () => {
    const load = { load: uniform('70/s', '0s', '30m') };
    const idle = run({ duration: '10h', traffic: load, keys: tracking() });
    // 70 busy need 100, the most. Nine hours and a half of silence change nothing.
    expect(provisionedHours(idle)).toBeGreaterThan(950);
    expect(idle.timeseries.columns.capacity.at(-1)).toBe(100);
  });

  it('scales in in small steps with a request now and then: down to the smallest number', () => {
    const load = { load: uniform('70/s', '0s', '30m'), rare: uniform('2/min', '30m', '570m') };
    const seldom = run({ duration: '10h', traffic: load, keys: tracking() });
    const { capacity } = seldom.timeseries.columns;
    expect(capacity.at(-1)).toBe(10);
    // A tenth a minute at most, after 15 points below 63 %: the first at 31 min.
    expect(capacity[44]).toBe(100);
    expect(capacity[46]).toBeGreaterThanOrEqual(81);
    expect(capacity[46]).toBeLessThan(100);
    const steps = capacity.slice(46, 80).map((level, index) => capacity[45 + index]! - level);
    expect(Math.max(...steps)).toBeLessThanOrEqual(10);
  });

  it('waits for as many points as it is told before it scales in', () => {
    const load = { load: uniform('70/s', '0s', '30m'), rare: uniform('2/min', '30m', '570m') };
    const { timeseries } = run({ duration: '10h', traffic: load, keys: tracking({ scaleInDataPoints: 3 }) });
    expect(timeseries.columns.capacity[34]).toBeLessThan(100);
  });

  it('stays within its limits', () => {
    const load = { load: uniform('60/s', '0s', '2h') };
    const { timeseries } = run({ duration: '2h', traffic: load, keys: tracking({ max: 40 }) });
    const { capacity, busy } = timeseries.columns;
    // 40 provisioned and all in use, 20 more on demand.
    expect(capacity.at(-2)).toBeGreaterThanOrEqual(60);
    expect(busy.at(-2)).toBeCloseTo(60, 6);
    expect(capacity.at(-2)).toBeLessThanOrEqual(61);
  });

  it('sees bursts with the statistic Maximum that the mean hides', () => {
    // Each minute 60 requests of 1 s come within a second: the mean is 1 of 10, the maximum 10 of 10.
    const times = Array.from({ length: 60 }, (_, minute) => Array(60).fill(String(minute * 60 + 30))).flat();
    const most = (statistic: string) => {
      const result = simulate(
        {
          version: 1,
          duration: '1h',
          workload: { cpu: '0s', wait: '1s' },
          traffic: { burst: { executor: 'replay', format: 'timestamps', file: 'b.txt' } },
          platforms: { it: { type: 'lambda', memorySize: 1024, ...tracking({ statistic }) } },
        },
        { readFile: () => times.join('\n') },
      );
      return provisionedHours(result.platforms.it!) / 730;
    };
    expect(most('Maximum')).toBeGreaterThan(most('Average') * 2);
  });

  it('is refused with the largest below the smallest', () => {
    const attempt = () => run({ duration: '1h', traffic: NO_TRAFFIC, keys: tracking({ max: 5 }) });
    expect(attempt).toThrow('max 5 is below min 10');
  });
});
