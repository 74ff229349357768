import { describe, expect, it } from 'vitest';
import { warmPoolSize } from '../../sim/fleet/replicas/warm-pool.ts';
import type { PlatformResult } from '../../sim/index.ts';
import { AT_ONCE, groupScenario, refusals, runGroup } from './ec2-group.ts';

/** Nothing but instances and volumes is on the bill; a minute is a month, so that seconds can be read off. */
const BARE = { publicIpv4: false, monitoring: 'basic', ebs: { type: 'gp3', size: 100 } };
const START = { pending: '17s', boot: '6s', applicationStart: '10s', deregistrationDelay: '0s' };
const GROUP = { minSize: 2, maxSize: 6, ...START, ...BARE };
const QUIET = (minutes: number) => [{ minutes, vcpus: 0.1 }];
const inMonth = (minutes: number) => ({ billing: { month: `${minutes}m` } });

const quantity = ({ cost }: PlatformResult, id: string) =>
  cost.lines.find((line) => line.id === id)?.quantity ?? 0;
const instanceSeconds = (result: PlatformResult) => quantity(result, 'ec2.instance.c7g.medium') * 3600;
/** Volumes of 100 GB, and how long each lived: instances for the whole month. */
const volumes = (result: PlatformResult) => quantity(result, 'ebs.gp3') / 100;

describe('the size of a warm pool', () => {
  it('is what is missing to the largest size: 10 − 6 = 4', () => {
    expect(warmPoolSize({ minSize: 0, maxGroupPreparedCapacity: null }, { max: 10, desired: 6 })).toBe(4);
  });

  it('is what is missing to the prepared capacity: 8 − 6 = 2', () => {
    expect(warmPoolSize({ minSize: 0, maxGroupPreparedCapacity: 8 }, { max: 10, desired: 6 })).toBe(2);
  });

  it('is no less than its own minimum', () => {
    expect(warmPoolSize({ minSize: 3, maxGroupPreparedCapacity: 8 }, { max: 10, desired: 9 })).toBe(3);
    expect(warmPoolSize({ minSize: 0, maxGroupPreparedCapacity: 8 }, { max: 10, desired: 9 })).toBe(0);
  });
});

describe('a warm pool at rest', () => {
  const bill = (warmPool: object) => {
    const result = runGroup(QUIET(10), { ...GROUP, warmPool }, inMonth(10));
    return { seconds: instanceSeconds(result), volumes: volumes(result), capacity: result.capacity.mean };
  };

  it.each(['Stopped', 'Hibernated'])('%s: only the volumes of its four are paid', (poolState) => {
    expect(bill({ poolState })).toEqual({ seconds: 2 * 600, volumes: 6, capacity: 2 });
  });

  it('Running: paid in full', () => {
    expect(bill({ poolState: 'Running' })).toEqual({ seconds: 6 * 600, volumes: 6, capacity: 2 });
  });

  it('holds as many as are to be prepared', () => {
    expect(bill({ maxGroupPreparedCapacity: 3 }).volumes).toBe(3);
    expect(bill({ maxGroupPreparedCapacity: 3, minSize: 2 }).volumes).toBe(4);
  });
});

describe('starts from the pool', () => {
  /** Seconds from the call, at minute 1, until both of two more are in service. */
  const startSeconds = (more: object) => {
    const scheduled = [{ at: '2026-01-05T00:01:00Z', desiredCapacity: 4 }];
    const { timeseries } = runGroup(QUIET(3), { ...GROUP, scheduled, ...more });
    return 60 - ((timeseries.columns.capacity[1]! - 2) / 2) * 60;
  };

  it.each([
    // Measured: 21.18 and 20.71 s against 25.83 s, and 1.87 s. The program has to start after a stop only.
    ['none', undefined, 17 + 6 + 10],
    ['Stopped', { poolState: 'Stopped' }, 0.82 * (17 + 6) + 10],
    ['Hibernated', { poolState: 'Hibernated' }, 0.8 * (17 + 6)],
    ['Running', { poolState: 'Running' }, 1.87],
    ['with times of its own', { poolState: 'Stopped', pending: '3s', boot: '2s' }, 3 + 2 + 10],
  ])('%s', (_, warmPool, seconds) => {
    expect(startSeconds(warmPool === undefined ? {} : { warmPool })).toBeCloseTo(seconds, 6);
  });

  it('are new instances when the pool has no more', () => {
    // One is ready after 28.86 s, the other is new and takes 33 s.
    const seconds = startSeconds({ warmPool: { maxGroupPreparedCapacity: 3 } });
    expect(seconds).toBeCloseTo((28.86 + 33) / 2, 6);
  });

  it('do not happen before an instance has been prepared', () => {
    // Ordered at 0, it runs after 17 s, is prepared after 33 s and has stopped after 93 s: too late at 60 s.
    expect(startSeconds({ start: 'empty', warmPool: {} })).toBeCloseTo(33, 6);
    expect(startSeconds({ start: 'empty', warmPool: { stopping: '20s' } })).toBeCloseTo(28.86, 6);
  });
});

describe('the bill of a pool that is filled', () => {
  const seconds = (warmPool: object) =>
    instanceSeconds(runGroup(QUIET(10), { ...GROUP, start: 'empty', warmPool }, inMonth(10)));
  const group = 2 * (600 - 17);

  it('Stopped: at least a minute for each start, though it takes 16 s', () => {
    expect(seconds({ poolState: 'Stopped' })).toBeCloseTo(group + 4 * 60, 6);
  });

  it('a hibernating instance is billed while it is stopping', () => {
    expect(seconds({ poolState: 'Hibernated' })).toBeCloseTo(group + 4 * (16 + 60), 6);
  });

  it('Running: from the first start on', () => {
    expect(seconds({ poolState: 'Running' })).toBeCloseTo(group + 4 * (600 - 17), 6);
  });
});

describe('scaling in with a pool', () => {
  const run = (instanceReusePolicy: object) => {
    const scheduled = [{ at: '2026-01-05T00:02:00Z', desiredCapacity: 2 }];
    const group = { ...GROUP, desiredCapacity: 4, scheduled, warmPool: { instanceReusePolicy } };
    return runGroup(QUIET(10), group, inMonth(10));
  };

  it('terminates, and prepares new instances', () => {
    const result = run({});
    // Two more are launched, for a minute each; their volumes live from 17 s after the call on.
    expect(instanceSeconds(result)).toBeCloseTo(2 * 600 + 2 * 120 + 2 * 60, 6);
    expect(volumes(result)).toBeCloseTo(4 + (2 * 120) / 600 + (2 * (480 - 17)) / 600, 6);
  });

  it('or takes the instances back: reuseOnScaleIn', () => {
    const result = run({ reuseOnScaleIn: true });
    expect(instanceSeconds(result)).toBeCloseTo(2 * 600 + 2 * 120, 6);
    expect(volumes(result)).toBeCloseTo(6, 6);
  });
});

describe('what AWS refuses of a warm pool', () => {
  it.each(['spot', { onDemandBaseCapacity: 2, onDemandPercentageAboveBaseCapacity: 50 }])(
    'Spot instances: %j',
    (purchase) => {
      expect(refused({ warmPool: {}, purchase })).toEqual(['refused-warm-pool warmPool']);
    },
  );

  const refused = (more: object) =>
    refusals(groupScenario(QUIET(1), { ...GROUP, ...AT_ONCE, ...more })).map(
      ([code, path]) => `${code} ${path.replace('platforms.group.', '')}`,
    );

  it('less prepared than the group must hold', () => {
    expect(refused({ warmPool: { maxGroupPreparedCapacity: 1 } })).toEqual([
      'out-of-range warmPool.maxGroupPreparedCapacity',
    ]);
  });
});
