import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { studentInterval } from '../../sim/experiment/student-t.ts';
import { type PlatformResult, simulate } from '../../sim/index.ts';
import { advisedInterruptions } from '../../sim/platforms/shared/purchase.ts';
import { refusals } from './ec2-group.ts';

interface Given {
  readonly duration: string;
  readonly rate?: string;
  readonly wait?: string;
  readonly seed?: number;
  readonly more?: object;
}

const AT_ONCE = { pending: '0s', boot: '0s', applicationStart: '0s' };

function scenario(platform: object, { duration, rate = '1/h', wait = '1s', seed = 1, more }: Given) {
  return {
    version: 1,
    seed,
    duration,
    billing: { month: duration },
    workload: { cpu: '0s', wait, ...more },
    traffic: { load: { executor: 'constant-arrival-rate', rate, duration } },
    platforms: { it: { type: 'ec2', instanceType: 'c7g.large', purchase: 'spot', ...platform } },
  };
}

const run = (platform: object, given: Given) => simulate(scenario(platform, given)).platforms.it!;

/** The mean of ten runs is what theory says, as far as ten runs can tell with 99 % confidence. */
function expectMean(run: (seed: number) => number, expected: number, precision: number): void {
  const [low, high] = studentInterval(
    Array.from({ length: 10 }, (_, index) => run(index + 1)),
    0.99,
  )!;
  expect((high - low) / 2 / expected).toBeLessThan(precision);
  expect(low).toBeLessThanOrEqual(expected);
  expect(high).toBeGreaterThanOrEqual(expected);
}

const line = ({ cost }: PlatformResult, id: string) => cost.lines.find((each) => each.id === id);

describe('Spot instances', () => {
  it('are interrupted as often as told, and paid for until they are taken two minutes later', () => {
    // 73 a month of 730 hours are one in ten hours: 200 instances lose 2,000 in 100 hours (Poisson).
    const platform = { minSize: 200, interruptionsPerMonth: 73, capacityRebalance: true, ...AT_ONCE };
    const result = run(platform, { duration: '100h' });
    const interruptions = result.capacity.started - 200;
    expect(Math.abs(interruptions - 2000)).toBeLessThan(2.576 * Math.sqrt(2000));
    expect(result.capacity.mean).toBeCloseTo(200, 6);
    const { quantity, usdPerUnit } = line(result, 'ec2.spot.c7g.large')!;
    // Whole seconds, one on its way at the end or two: within a second for each and two minutes for a few.
    expect(quantity).toBeGreaterThan(20_000 + interruptions / 30 - 0.2);
    expect(quantity).toBeLessThan(20_000 + interruptions / 30 + interruptions / 3600);
    // The mean Spot price in us-east-1 (AWS Price List by Vantage, 2026-07-05).
    expect(usdPerUnit).toBe(0.02678);
    expect(result.assumptions.join()).toContain('Spot prices change');
    expect(line(result, 'ec2.instance.c7g.large')).toBeUndefined();
  });

  it('finish within the two minutes of the notice what they have begun', () => {
    const platform = { minSize: 50, interruptionsPerMonth: 730, ...AT_ONCE };
    const { requests } = run(platform, { duration: '20h', rate: '200/h', wait: '120s' });
    expect(requests.failed).toBe(0);
  });

  it('lose what is left after two minutes', () => {
    // A request of 300 s is lost when the notice comes in its first 180 s: 1 − exp(−180 / 3600).
    const platform = { minSize: 200, interruptionsPerMonth: 730, ...AT_ONCE };
    const share = (seed: number) => {
      const { requests } = run(platform, { duration: '40h', rate: '500/h', wait: '300s', seed });
      expect(requests.failures.interrupted).toBe(requests.failed);
      return requests.failed / (requests.arrived - requests.inFlight);
    };
    expectMean(share, 1 - Math.exp(-0.05), 0.05);
  });

  it('are served again where the client sends again what was lost', () => {
    const platform = { minSize: 50, interruptionsPerMonth: 730, ...AT_ONCE };
    const given = { duration: '20h', rate: '200/h', wait: '300s' };
    const lost = run(platform, given);
    const retries = { attempts: 5, on: ['interrupted'] };
    const retried = run(platform, { ...given, more: { retries } });
    expect(lost.requests.failed).toBeGreaterThan(100);
    expect(retried.requests.failed).toBe(0);
    expect(retried.requests.attempts).toBeGreaterThan(retried.requests.arrived + 100);
  });

  it('are replaced when they are gone, or at the notice with capacity rebalancing', () => {
    // In service for an hour on average, then out for the two minutes and the 30 s of a start, or the start.
    const group = { minSize: 100, interruptionsPerMonth: 730, pending: '10s', boot: '10s' };
    const mean = (capacityRebalance: boolean) => (seed: number) =>
      run({ ...group, capacityRebalance }, { duration: '30h', seed }).capacity.mean;
    expectMean(mean(false), (100 * 3600) / (3600 + 120 + 30), 0.002);
    expectMean(mean(true), (100 * (3600 - 20)) / (3600 - 20 + 30), 0.005);
  });

  it('mix with on-demand ones: a base, and a percentage above it', () => {
    const purchase = { onDemandBaseCapacity: 2, onDemandPercentageAboveBaseCapacity: 50 };
    const result = run({ minSize: 10, purchase, interruptionsPerMonth: 0 }, { duration: '10h' });
    expect(line(result, 'ec2.instance.c7g.large')).toMatchObject({ quantity: 60, usdPerUnit: 0.0725 });
    expect(line(result, 'ec2.spot.c7g.large')).toMatchObject({ quantity: 40 });
    // An interrupted one is replaced by its like: on-demand ones are never interrupted.
    const often = run({ minSize: 10, purchase, interruptionsPerMonth: 730 }, { duration: '10h' });
    expect(line(often, 'ec2.instance.c7g.large')).toMatchObject({ quantity: 60 });
  });

  it('have the price of their kind only: a commitment covers none of them', () => {
    const given = scenario({ minSize: 1, interruptionsPerMonth: 0 }, { duration: '10h' });
    const reserved = { ...given.billing, reservedInstances: [{ instanceType: 'c7g.large', count: 1 }] };
    const { it: platform } = simulate({ ...given, billing: reserved }).platforms;
    expect(line(platform!, 'ec2.spot.c7g.large')).toMatchObject({ quantity: 10, usdPerUnit: 0.02678 });
  });

  it('are refused where nobody knows their price or how often they are taken', () => {
    const refused = (platform: object) => refusals(scenario(platform, { duration: '1h' }));
    expect(refused({ instanceType: 'c7i.large', operatingSystem: 'windows' })).toEqual([
      ['unpriced', 'platforms.it.purchase'],
    ]);
    expect(refused({ instanceType: 'm9g.large' })).toEqual([
      ['unknown-interruptions', 'platforms.it.instanceType'],
      ['unpriced', 'platforms.it.purchase'],
    ]);
    expect(refused({ purchase: 'on-demand', interruptionsPerMonth: 1 })).toEqual([
      ['needs-spot', 'platforms.it.interruptionsPerMonth'],
    ]);
  });
});

const csv = new URL('../../../shared/facts/spot-advisor.csv', import.meta.url);
describe.runIf(existsSync(csv))('interruptions by type', () => {
  it('are the upper end of the band of the Spot Instance advisor, 0.6 above the last', () => {
    const rows = readFileSync(csv, 'utf8').trim().split('\n').slice(1);
    const wrong = rows.filter((row) => {
      const [region, type, band] = row.split(',');
      const expected = band === '>20%' ? 0.6 : Number(/(\d+)%$/.exec(band!)![1]) / 100;
      return advisedInterruptions(type!, region!) !== expected;
    });
    expect(rows.length).toBeGreaterThan(2_000);
    expect(wrong).toEqual([]);
  });
});
