import { describe, expect, it } from 'vitest';
import type { PlatformResult } from '../../sim/index.ts';
import { AT_ONCE, capacityByMinute, groupScenario, refusals, runGroup, type Stage } from './ec2-group.ts';

const CPU = { metric: 'ASGAverageCPUUtilization' };
const REQUESTS = { metric: 'ALBRequestCountPerTarget' };
const GROUP = { minSize: 1, desiredCapacity: 4, maxSize: 20, ...AT_ONCE };
const steady = (minutes: number, vcpus: number): Stage[] => [{ minutes, vcpus }];
const track = (targetTracking: object | object[], stages: readonly Stage[], more: object = {}) =>
  capacityByMinute(runGroup(stages, { ...GROUP, targetTracking, frontDoor: 'alb', ...more }));

describe("rule 1: the group's scale-in alarm is at 70 % of the target: 15 low minutes in, 3 high out", () => {
  const target = { ...CPU, targetValue: 50 };

  it('35 % of four vCPUs is the alarm of a target of 50 %: a little above nothing happens', () => {
    expect(track(target, steady(60, 4 * 0.355))).toEqual(Array(60).fill(4));
  });

  it('a little below, after fifteen minutes: 4 × 34.5 / 50 = 2.76 leaves 3', () => {
    expect(track(target, steady(20, 4 * 0.345))).toEqual([...Array(15).fill(4), ...Array(5).fill(3)]);
  });

  it('above the target, after three minutes: 4 × 60 / 50 = 4.8 makes 5', () => {
    expect(track(target, steady(6, 4 * 0.6))).toEqual([4, 4, 4, 5, 5, 5]);
  });

  it('with basic monitoring the three points are fifteen minutes', () => {
    const line = track(target, steady(20, 4 * 0.6), { monitoring: 'basic' });
    expect(line).toEqual([...Array(15).fill(4), ...Array(5).fill(5)]);
  });

  it('the alarm of older groups sits at 90 %: lowAlarmShare', () => {
    const line = track({ ...target, lowAlarmShare: 0.9 }, steady(20, 4 * 0.4));
    // 4 × 40 / 50 = 3.2 leaves 4: the proportion is rounded up.
    expect(line).toEqual(Array(20).fill(4));
    const lower = track({ ...target, targetValue: 60, lowAlarmShare: 0.9 }, steady(20, 4 * 0.44));
    expect(lower.at(-1)).toBe(3);
  });
});

describe('rule 1: any policy scales out; all must agree to scale in; none does while instances warm', () => {
  // 4 × 0.3 vCPUs are 30 %, and 180 requests a minute and target.
  const load = steady(20, 4 * 0.3);

  it.each([
    ['only the CPU is low', 50, 200, 4],
    ['only the requests are low', 40, 400, 4],
    ['both are low: the larger capacity stays', 50, 400, 3],
    ['the CPU is high', 20, 400, 6],
    ['the requests are high', 50, 100, 8],
  ])('%s', (_, cpuPercent, requestsPerMinute, capacity) => {
    const line = track(
      [
        { ...CPU, targetValue: cpuPercent },
        { ...REQUESTS, targetValue: requestsPerMinute },
      ],
      load,
    );
    expect(line[16]).toBe(capacity);
  });

  it('a policy that may not scale in does not keep others from it', () => {
    const policies = [
      { ...CPU, targetValue: 50 },
      { ...REQUESTS, targetValue: 200, disableScaleIn: true },
    ];
    expect(track(policies, load)[16]).toBe(3);
  });

  it('while one instance warms up for half an hour nothing is removed', () => {
    const scheduled = [{ at: '2026-01-05T00:05:00Z', desiredCapacity: 5 }];
    const line = track({ ...CPU, targetValue: 50 }, steady(45, 4 * 0.3), {
      scheduled,
      defaultInstanceWarmup: '30m',
    });
    expect(line.slice(5, 35)).toEqual(Array(30).fill(5));
    // Warm at minute 35: the CPU has been low for long.
    expect(line[36]).toBe(3);
  });
});

describe('rule 3: a hibernating instance is billed while stopping; every start costs at least 60 s', () => {
  const BARE = { publicIpv4: false, monitoring: 'basic', ebs: 'none' };
  const seconds = ({ cost }: PlatformResult) =>
    cost.lines.find(({ id }) => id.startsWith('ec2.instance'))!.quantity * 3_600;
  const pool = (poolState: string) => {
    const group = {
      minSize: 1,
      maxSize: 2,
      start: 'empty',
      pending: '20s',
      boot: '5s',
      applicationStart: '5s',
    };
    const warmPool = { poolState, stopping: '70s' };
    return seconds(runGroup(steady(10, 0.1), { ...group, ...BARE, warmPool }, { billing: { month: '10m' } }));
  };

  it('preparing takes 10 s: stopped it is paid for 60 s, hibernated for the 70 s of stopping too', () => {
    expect(pool('Stopped')).toBeCloseTo(580 + 60, 6);
    expect(pool('Hibernated')).toBeCloseTo(580 + 80, 6);
  });

  it('stopped or hibernated starts are only 18 to 20 % faster than new ones', () => {
    const toService = (warmPool?: object) => {
      const scheduled = [{ at: '2026-01-05T00:01:00Z', desiredCapacity: 1 }];
      const group = { minSize: 0, maxSize: 1, pending: '17.81s', boot: '8.02s', applicationStart: '0s' };
      const line = capacityByMinute(
        runGroup(steady(3, 0), { ...group, scheduled, ...(warmPool === undefined ? {} : { warmPool }) }),
      );
      return 60 - line[1]! * 60;
    };
    const fresh = toService();
    expect(fresh).toBeCloseTo(25.83, 2);
    expect(Math.abs(toService({ poolState: 'Stopped' }) - 21.18)).toBeLessThan(0.1);
    expect(Math.abs(toService({ poolState: 'Hibernated' }) - 20.71)).toBeLessThan(0.1);
    expect(toService({ poolState: 'Running' })).toBeCloseTo(1.87, 2);
  });
});

describe('rule 9: health grace is 300 s in the console, 0 by API', () => {
  it('0 s unless told; told, an instance that never answers is paid for so much longer', () => {
    const group = { minSize: 50, start: 'empty', startFailureRate: 0.5, monitoring: 'basic' };
    const times = { pending: '0s', boot: '5s', applicationStart: '5s', publicIpv4: false, ebs: 'none' };
    const run = (more: object) =>
      runGroup(steady(60, 0), { ...group, ...times, ...more }, { billing: { month: '60m' } });
    const extra = (result: PlatformResult, failures: number) => {
      const paid = result.cost.lines[0]!.quantity * 3_600;
      return (paid - 50 * 3_600) / failures;
    };
    const [api, byHand] = [run({}), run({ healthCheckGracePeriod: '300s' })];
    expect(api.capacity.started).toBe(byHand.capacity.started);
    // Its replacement begins when it ends: what is paid twice is nothing, whatever the grace period.
    expect(extra(api, api.capacity.started - 50)).toBeCloseTo(0, 6);
    expect(api.capacity.mean - byHand.capacity.mean).toBeCloseTo(
      ((api.capacity.started - 50) * (300 - 70)) / 3_600,
      6,
    );
  });
});

describe('what AWS refuses of a group', () => {
  const refused = (group: object) =>
    refusals(groupScenario(steady(1, 0.1), group)).map(
      ([code, path]) => `${code} ${path.replace('platforms.group.', '')}`,
    );

  const TRACKED = { ...CPU, targetValue: 50 };

  it.each([
    [{ minSize: 5, maxSize: 4 }, 'out-of-range minSize'],
    [{ minSize: 1, desiredCapacity: 6, maxSize: 5 }, 'out-of-range desiredCapacity'],
    [{ targetTracking: { ...CPU, targetValue: 0 } }, 'invalid-value targetTracking.targetValue'],
    [{ targetTracking: { ...CPU, targetValue: 300 } }, 'invalid-value targetTracking.targetValue'],
    [{ targetTracking: [{ ...REQUESTS, targetValue: 5 }] }, 'needs-load-balancer targetTracking.0.metric'],
    // "… provided that each of them uses a different metric" (user guide).
    [{ targetTracking: [TRACKED, TRACKED] }, 'refused-scaling-policy targetTracking.1.metric'],
    [{ terminationPolicies: ['Oldest'] }, 'invalid-value terminationPolicies.0'],
    [{ warmPool: { poolState: 'Paused' } }, 'invalid-value warmPool.poolState'],
  ])('%j: %s', (group, refusal) => {
    expect(refused(group)).toEqual([refusal]);
  });
});
