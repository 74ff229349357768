import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { ScenarioError } from '../../sim/problems/problem.ts';
import { erlangB } from '../theory/formulas/erlang.ts';

interface Case {
  readonly rate: string;
  readonly duration: string;
  readonly wait: string | object;
  readonly keys: object;
  readonly arrivals?: string;
  readonly streams?: object;
}

/** One function that starts in no time, under evenly spaced requests. */
function run({ rate, duration, wait, keys, arrivals = 'uniform', streams = {} }: Case) {
  const load = { executor: 'constant-arrival-rate', arrivals, rate, duration };
  const { platforms } = simulate({
    version: 1,
    workload: { cpu: '0s', wait },
    traffic: { load, ...streams },
    platforms: { it: { type: 'lambda', coldStart: { setup: '0s', init: '0s' }, ...keys } },
  });
  return platforms.it!;
}

/** A limit that does not bind leaves only the scaling rate. */
const WIDE = { accountConcurrency: 100_000 };

describe('scaling rate', () => {
  it.each([1, 2, 5, 10, 15, 20])(
    'a step from 0 to 3,000 requests/s is a straight line: 1,000 environments and 100 more a second (%d s)',
    (seconds) => {
      // Requests never end, so that each needs an environment of its own.
      const { capacity } = run({ rate: '3000/s', duration: `${seconds}s`, wait: '900s', keys: WIDE });
      expect(Math.abs(capacity.max - (1_000 + 100 * seconds))).toBeLessThanOrEqual(1);
    },
  );

  it('throttles what finds no environment meanwhile, and says why', () => {
    const { throttles, requests, limitedBy } = run({
      rate: '3000/s',
      duration: '5s',
      wait: '900s',
      keys: WIDE,
    });
    expect(throttles).toEqual({ scalingRate: requests.failures.throttled });
    expect(Math.abs(requests.failures.throttled! - (15_000 - 1_500))).toBeLessThanOrEqual(1);
    expect(limitedBy).toBe('scaling-speed');
  });

  it('continuous refill: one environment every 10 ms, not 1,000 every 10 s', () => {
    const { timeseries } = run({ rate: '3000/s', duration: '20s', wait: '900s', keys: WIDE });
    // Of the 60,000 requests 1,000 start at once and 2,000 one by one: the mean over the 20 s tells a line
    // from steps. Area = 1,000 × 20 + 100 × 20²/2, less what the first third of a second lacks.
    const area = timeseries.columns.capacity[0]! * 20;
    expect(Math.abs(area - (1_000 * 20 + (100 * 20 ** 2) / 2 - 1_000 / 6))).toBeLessThan(40);
  });

  it('no accrual: an hour without requests leaves room for 1,000 and no more', () => {
    const streams = {
      later: { executor: 'constant-arrival-rate', rate: '3000/s', duration: '1s', startTime: '1h' },
    };
    const { capacity } = run({ rate: '1/h', duration: '1h', wait: '900s', keys: WIDE, streams });
    expect(capacity.max).toBeGreaterThanOrEqual(1_098);
    expect(capacity.max).toBeLessThanOrEqual(1_101);
  });

  it('is a function’s own: two functions grow twice as fast', () => {
    const stream = (workload: string) => ({
      executor: 'constant-arrival-rate',
      arrivals: 'uniform',
      workload,
      rate: '3000/s',
      duration: '4s',
    });
    const { platforms } = simulate({
      version: 1,
      workloads: { a: { cpu: '0s', wait: '900s' }, b: { cpu: '0s', wait: '900s' } },
      traffic: { a: stream('a'), b: stream('b') },
      platforms: { it: { type: 'lambda', ...WIDE } },
    });
    expect(Math.abs(platforms.it!.capacity.max - 2 * 1_400)).toBeLessThanOrEqual(2);
  });

  it('lets requests become faster by 10,000 a second, and by 1,000 more every second', () => {
    // 20,000 requests/s of 10 ms need 200 environments: only their rate is held up.
    const { requests, throttles } = run({ rate: '20000/s', duration: '5s', wait: '10ms', keys: WIDE });
    const accepted = 10_000 + 11_000 + 12_000 + 13_000 + 14_000;
    expect(requests.completed).toBe(accepted);
    expect(throttles).toEqual({ scalingRate: 100_000 - accepted });
  });

  it('can be changed and switched off', () => {
    const most = (scalingRate: unknown) =>
      run({ rate: '3000/s', duration: '2s', wait: '900s', keys: { ...WIDE, scalingRate } }).capacity.max;
    expect(Math.abs(most({ environments: 500, per: '10s' }) - 600)).toBeLessThanOrEqual(1);
    expect(most('none')).toBe(6_000);
  });
});

describe('quota of the account', () => {
  it('3,000 requests/s of 0.5 s against 1,000 are throttled by a third', () => {
    const { requests, throttles, limitedBy } = run({
      rate: '3000/s',
      duration: '60s',
      wait: '500ms',
      keys: { scalingRate: 'none' },
    });
    expect(requests.failures.throttled! / requests.arrived).toBeCloseTo(1 / 3, 2);
    expect(throttles).toEqual({ accountConcurrency: requests.failures.throttled });
    expect(limitedBy).toBe('quota');
  });

  it('the same with the scaling rate on: 1,000 environments are there at once', () => {
    const { requests } = run({ rate: '3000/s', duration: '60s', wait: '500ms', keys: {} });
    expect(requests.failures.throttled! / requests.arrived).toBeCloseTo(1 / 3, 2);
  });
});

describe('ten requests/s for each unit of concurrency', () => {
  it('totals rule: 20,000 requests/s of 20 ms keep 400 busy, and an account of 1,000 takes 10,000', () => {
    const { requests, throttles, limitedBy } = run({
      rate: '20000/s',
      duration: '60s',
      wait: '20ms',
      keys: { scalingRate: 'none' },
    });
    // A bucket of one second, full at first, and 10,000 a second.
    expect(Math.abs(requests.completed - (10_000 + 60 * 10_000))).toBeLessThanOrEqual(200);
    expect(throttles).toEqual({ requestRate: requests.failures.throttled });
    expect(limitedBy).toBe('quota');
  });

  it('totals rule: one environment alone may serve a hundred requests a second', () => {
    const { requests, capacity } = run({ rate: '100/s', duration: '60s', wait: '9ms', keys: {} });
    expect(capacity.max).toBe(1);
    expect(requests.failed).toBe(0);
  });

  it('totals rule: 10 reserved take 100 requests/s, however short they are', () => {
    const keys = { reservedConcurrentExecutions: 10 };
    const { requests, throttles } = run({ rate: '200/s', duration: '100s', wait: '1ms', keys });
    expect(Math.abs(requests.completed - (100 + 100 * 100))).toBeLessThanOrEqual(1);
    expect(throttles).toEqual({ requestRate: requests.failures.throttled });
  });

  it('counts what reserved functions take to the account’s total as well', () => {
    const keys = {
      accountConcurrency: 110,
      reservedConcurrentExecutions: 10,
      requestRatePerConcurrency: '1/s',
    };
    const { requests } = run({ rate: '200/s', duration: '100s', wait: '1ms', keys });
    expect(Math.abs(requests.completed - (10 + 100 * 10))).toBeLessThanOrEqual(1);
  });

  it('leaves Erlang B as it is where λ ≤ 10 c', () => {
    const keys = { reservedConcurrentExecutions: 10 };
    const law = { distribution: 'exponential', mean: '100ms' };
    const { requests } = run({ rate: '90/s', duration: '2h', wait: law, keys, arrivals: 'poisson' });
    expect(requests.failures.throttled! / requests.arrived).toBeCloseTo(erlangB(9, 10), 2);
  });

  it('can be switched off', () => {
    const keys = { reservedConcurrentExecutions: 10, requestRatePerConcurrency: 'none' };
    expect(run({ rate: '200/s', duration: '100s', wait: '1ms', keys }).requests.failed).toBe(0);
  });
});

describe('reasons', () => {
  it.each([
    ['accountConcurrency', 'quota', { accountConcurrency: 5 }],
    ['reservedConcurrency', 'concurrency', { reservedConcurrentExecutions: 5 }],
    [
      'provisionedConcurrency',
      'concurrency',
      { reservedConcurrentExecutions: 5, provisionedConcurrency: 5, start: 'warm' },
    ],
    ['scalingRate', 'scaling-speed', { scalingRate: { environments: 1, per: '1h' } }],
    [
      'frontDoor',
      'quota',
      { frontDoor: { type: 'apiGatewayHttp', throttle: { rateLimit: '5/s', burstLimit: 5 } } },
    ],
  ])('%s, limited by %s: all that is throttled has the reason', (reason, limitedBy, keys) => {
    const result = run({ rate: '10/s', duration: '60s', wait: '1s', keys });
    expect(result.requests.failures.throttled).toBeGreaterThan(250);
    expect(result.throttles).toEqual({ [reason]: result.requests.failures.throttled });
    expect(result.limitedBy).toBe(limitedBy);
  });

  it('are of every attempt, those that clients repeat too', () => {
    const { platforms } = simulate({
      version: 1,
      workload: { cpu: '0s', wait: '900s', retries: {} },
      traffic: {
        load: { executor: 'constant-arrival-rate', arrivals: 'uniform', rate: '1/s', duration: '60s' },
      },
      platforms: { it: { type: 'lambda', reservedConcurrentExecutions: 1 } },
    });
    const { throttles, requests } = platforms.it!;
    expect(requests.attempts).toBeGreaterThan(requests.arrived);
    expect(throttles!.reservedConcurrency).toBe(requests.attempts - 1);
  });
});

describe('what a rate of zero would mean', () => {
  it.each([
    [{ requestRatePerConcurrency: '0/s' }, 'requestRatePerConcurrency'],
    [{ scalingRate: { requestRate: '0/s' } }, 'requestRate'],
    [{ scalingRate: { per: '0s' } }, 'per'],
  ])('%j is refused', (keys, place) => {
    const attempt = () => run({ rate: '1/s', duration: '1s', wait: '1s', keys });
    expect(attempt).toThrow(ScenarioError);
    expect(attempt).toThrow(`${place} 0`);
  });
});
