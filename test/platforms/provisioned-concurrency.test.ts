import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { ScenarioError } from '../../sim/problems/problem.ts';
import type { PlatformResult } from '../../sim/result/result.ts';

interface Case {
  readonly region?: string;
  readonly rate: string;
  readonly duration?: string;
  readonly wait: string;
  readonly platforms: Record<string, object>;
}

const START = { coldStart: { setup: '0s', init: '100ms' }, memorySize: 1024 };

function run({ region = 'us-east-1', rate, duration = '1h', wait, platforms }: Case) {
  const named = Object.entries(platforms).map(([name, keys]) => [
    name,
    { type: 'lambda', ...START, ...keys },
  ]);
  return simulate({
    version: 1,
    region,
    workload: { cpu: '0s', wait },
    traffic: { load: { executor: 'constant-arrival-rate', arrivals: 'uniform', rate, duration } },
    platforms: Object.fromEntries(named),
  }).platforms;
}

function usd(platform: PlatformResult, id: string): number {
  return platform.cost.lines.find((line) => line.id === id)?.usd ?? 0;
}

/** Cost per month of one environment that is busy for `busyMs` of every second, provisioned and on demand. */
function costs(region: string, busyMs: number): { provisioned: number; onDemand: number } {
  const { provisioned, onDemand } = run({
    region,
    rate: '1/s',
    wait: `${busyMs}ms`,
    platforms: {
      provisioned: { provisionedConcurrency: 1, start: 'warm' },
      onDemand: { keepAlive: { idle: 'none' } },
    },
  });
  return { provisioned: provisioned!.cost.usdPerMonth, onDemand: onDemand!.cost.usdPerMonth };
}

/** The least share of time, to 0.1 %, at which a provisioned environment costs less; null for none. */
function breakEven(region: string): number | null {
  let [low, high] = [0, 1_000];
  const pays = (busyMs: number) => {
    const { provisioned, onDemand } = costs(region, busyMs);
    return provisioned < onDemand;
  };
  if (!pays(high)) return null;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (pays(middle)) high = middle;
    else low = middle;
  }
  return high / 1_000;
}

describe('provisioned concurrency breaks even, found by running', () => {
  // PC / (on demand − duration under PC), prices of 2024–25: 0.600, 0.797, above 1.
  it.each([
    ['us-east-1', 0.6],
    ['eu-west-1', 0.797],
    ['ap-southeast-1', null],
  ])('%s: busy %s of the time', (region, share) => {
    const found = breakEven(region);
    if (share === null) expect(found).toBeNull();
    else expect(Math.abs(found! - share)).toBeLessThanOrEqual(0.0015);
  });
});

describe('what is provisioned', () => {
  it('is billed for the month, used or not: 1 GB for 730 h is $10.95 on x86 and $8.76 on Arm', () => {
    const { x86, arm } = run({
      rate: '1/h',
      wait: '0s',
      platforms: {
        x86: { provisionedConcurrency: 1, start: 'warm' },
        arm: { provisionedConcurrency: 1, start: 'warm', architectures: ['arm64'] },
      },
    });
    expect(usd(x86!, 'lambda.provisioned.concurrency').toFixed(2)).toBe('10.95');
    expect(usd(arm!, 'lambda.provisioned.concurrency').toFixed(2)).toBe('8.76');
  });

  it('takes what it has room for, and the rest spills over to environments on demand', () => {
    // 8 requests a second of 1 s keep 8 busy: 5 provisioned, 3 on demand, whose share of the duration is 3/8.
    const { lambda } = run({
      rate: '8/s',
      wait: '1s',
      platforms: {
        lambda: { provisionedConcurrency: 5, start: 'warm', coldStart: { init: '0s', setup: '0s' } },
      },
    });
    const quantity = (id: string) => lambda!.cost.lines.find((line) => line.id === id)!.quantity;
    const total = quantity('lambda.provisioned.duration') + quantity('lambda.duration.x86');
    expect(quantity('lambda.provisioned.duration') / total).toBeCloseTo(5 / 8, 3);
    expect(lambda!.coldStarts.count).toBe(3);
    expect(lambda!.requests.failed).toBe(0);
  });

  it('takes ten requests a second for each, however short they are', () => {
    // 40 a second of 1 ms against 2 provisioned: 20 a second stay, 20 spill over.
    const { lambda } = run({
      rate: '40/s',
      wait: '1ms',
      platforms: { lambda: { provisionedConcurrency: 2, start: 'warm' } },
    });
    const spilled = lambda!.cost.lines.find((line) => line.id === 'lambda.duration.x86')!;
    const month = 730 * 3_600;
    expect(spilled.quantity / (month * 20 * 0.001)).toBeCloseTo(1, 2);
  });

  it('is usable only when all of it has been allocated: after 1–2 min, at 6,000 a minute', () => {
    const { lambda } = run({
      rate: '100/s',
      duration: '5m',
      wait: '1s',
      platforms: { lambda: { provisionedConcurrency: 600 } },
    });
    const { capacity } = lambda!.timeseries.columns;
    // 100 on demand at first, and ten because a start takes 0.1 s; from between 66 s and 126 s on 600 more.
    expect(capacity[0]).toBeLessThanOrEqual(111);
    expect(capacity[3]).toBeGreaterThan(690);
    // INIT of all 600 is billed: 600 × 0.1 s × 1 GB in five minutes.
    const onDemand = lambda!.cost.lines.find((line) => line.id === 'lambda.duration.x86')!;
    expect(onDemand.quantity).toBeGreaterThan((600 * 0.1 * 730 * 60) / 5);
  });

  it('throttles instead of spilling over where all that is reserved is provisioned', () => {
    const { lambda } = run({
      rate: '8/s',
      wait: '1s',
      platforms: { lambda: { provisionedConcurrency: 5, reservedConcurrentExecutions: 5, start: 'warm' } },
    });
    expect(lambda!.requests.failures.throttled! / lambda!.requests.arrived).toBeCloseTo(3 / 8, 3);
    expect(lambda!.limitedBy).toBe('concurrency');
  });

  it.each([
    [
      'more than is reserved',
      { provisionedConcurrency: 6, reservedConcurrentExecutions: 5 },
      'provisioned-beyond-reserved',
    ],
    ['the last 100 of the account', { provisionedConcurrency: 901 }, 'provisioned-beyond-quota'],
  ])('is refused where it asks for %s', (_, keys, code) => {
    const attempt = () => run({ rate: '1/s', wait: '1s', platforms: { lambda: keys } });
    expect(attempt).toThrow(ScenarioError);
    expect(attempt).toThrow(code);
  });
});
