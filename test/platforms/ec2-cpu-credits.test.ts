import { describe, expect, it } from 'vitest';
import { type PlatformResult, simulate } from '../../sim/index.ts';
import { refusals, runGroup } from './ec2-group.ts';

/** Evenly spaced requests to one instance for so long; the bill is that of the window. */
function run(platform: object, { cpu = '150ms', rate = '1/s', duration = '1h', seconds = 3600 } = {}) {
  const result = simulate({
    version: 1,
    duration,
    billing: { month: `${seconds}s` },
    workload: { cpu },
    traffic: { load: { executor: 'constant-arrival-rate', rate, arrivals: 'uniform' } },
    platforms: { it: { type: 'ec2', ...platform } },
  });
  return { ...result.platforms.it!, warnings: result.warnings };
}

const credits = ({ cost }: PlatformResult) => cost.lines.find(({ id }) => id === 'ec2.cpu-credits') ?? null;

describe('CPU credits of burstable instances', () => {
  it('standard at zero balance: the CPU slows down to its baseline, and latency follows', () => {
    // A t3.micro earns 0.2 vCPU. 150 ms of work: 750 ms at first; what 250 ms of idling have earned lets
    // 62.5 ms of the next run at full speed and leaves 437.5 ms; then 125 and 125 ms; then there is enough.
    const options = { instanceType: 't3.micro', creditSpecification: 'standard' };
    const [first, second, third, fourth] = [1, 2, 3, 4].map((seconds) =>
      run(options, { duration: `${seconds}s`, seconds }),
    );
    expect(first!.latencyMs.mean).toBe(750);
    expect(second!.latencyMs.mean).toBe((750 + 500) / 2);
    expect(third!.latencyMs.mean).toBe((750 + 500 + 250) / 3);
    expect(fourth!.latencyMs.mean).toBe((750 + 500 + 250 + 150) / 4);
  });

  it('standard with credits: full speed until they are spent, then the baseline', () => {
    // 0.4 vCPU busy, 0.2 earned: 12 credits are gone after an hour. Then 0.2 vCPU do half of what comes.
    const platform = {
      instanceType: 't3.micro',
      creditSpecification: 'standard',
      cpuCreditBalance: 12,
      concurrency: 1,
    };
    const result = run(platform, { cpu: '400ms', duration: '2h', seconds: 7200 });
    const { p50Ms, busy } = result.timeseries.columns;
    expect(p50Ms[58]).toBeCloseTo(400, -1);
    expect(busy[58]).toBeCloseTo(0.2, 6);
    expect(busy[90]).toBeCloseTo(0.1, 6);
    expect(p50Ms[70]).toBeGreaterThan(60_000);
    expect(result.limitedBy).toBe('cpu');
    expect(credits(result)).toBeNull();
  });

  it('T2 has launch credits: 30 for each vCPU', () => {
    // A t2.micro busy all the time spends a credit a minute and earns 0.1: 30 of them last 30 minutes, in
    // which 3 more are earned, which last 3 / 0.9 minutes.
    const result = run({ instanceType: 't2.micro' }, { cpu: '2s', rate: '1/s', duration: '40m' });
    const { busy } = result.timeseries.columns;
    expect(busy[32]).toBeCloseTo(1, 6);
    expect(busy[33]).toBeCloseTo(1 / 3 + (2 / 3) * 0.1, 6);
    expect(busy[34]).toBeCloseTo(0.1, 6);
  });

  it('unlimited: never slowed down, and surplus of less than 24 hours of earnings is not yet charged', () => {
    const result = run({ instanceType: 't3.micro' }, { cpu: '600ms', duration: '2h', seconds: 7200 });
    expect(result.latencyMs.max).toBe(600);
    expect(credits(result)).toBeNull();
    // 0.4 vCPU borrowed for two hours.
    expect(result.warnings).toMatchObject([
      { code: 'surplus-credits', message: expect.stringContaining('owed 0.8 vCPU-hours') },
    ]);
  });

  it('surplus is charged above the 24 h cap', () => {
    // 1 vCPU busy, 0.2 earned: 48 credits net an hour, 288 are free, and 10 hours make 480.
    const result = run({ instanceType: 't3.micro' }, { cpu: '1s', duration: '10h', seconds: 36_000 });
    expect(credits(result)).toMatchObject({ quantity: 192 / 60, usdPerUnit: 0.05 });
    const graviton = run({ instanceType: 't4g.micro' }, { cpu: '1s', duration: '10h', seconds: 36_000 });
    expect(credits(graviton)).toMatchObject({ quantity: 192 / 60, usdPerUnit: 0.04 });
    const windows = { instanceType: 't3.micro', operatingSystem: 'windows' };
    const licensed = run(windows, { cpu: '1s', duration: '10h', seconds: 36_000 });
    expect(credits(licensed)).toMatchObject({ quantity: 192 / 60, usdPerUnit: 0.096 });
  });

  it('T3 starts with zero credits in unlimited mode, so short-lived T3 pays surplus when it ends', () => {
    // Two instances with 1 vCPU busy for 20 minutes borrow 16 credits each; 15 minutes at 0.1 vCPU repay 1.5.
    const stages = [
      { minutes: 20, vcpus: 2 },
      { minutes: 20, vcpus: 0.2 },
    ];
    const group = {
      instanceType: 't3.micro',
      minSize: 1,
      desiredCapacity: 2,
      maxSize: 2,
      targetTracking: { metric: 'ASGAverageCPUUtilization', targetValue: 60 },
    };
    const result = runGroup(stages, group, { billing: { month: '40m' } });
    expect(result.timeseries.columns.capacity.slice(34, 37)).toEqual([2, 1, 1]);
    expect(credits(result)!.quantity * 60).toBeCloseTo(14.5, 2);
  });

  it('are refused where the type has none, or holds fewer', () => {
    const scenario = (platform: object) => ({
      version: 1,
      workload: { cpu: '1s' },
      traffic: { load: { executor: 'constant-arrival-rate', rate: '1/s', duration: '1m' } },
      platforms: { it: { type: 'ec2', ...platform } },
    });
    expect(refusals(scenario({ instanceType: 'c7g.large', creditSpecification: 'standard' }))).toEqual([
      ['no-cpu-credits', 'platforms.it.creditSpecification'],
    ]);
    expect(refusals(scenario({ instanceType: 't3.nano', cpuCreditBalance: 145 }))).toEqual([
      ['out-of-range', 'platforms.it.cpuCreditBalance'],
    ]);
  });
});
