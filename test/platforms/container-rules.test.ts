import { describe, expect, test } from 'vitest';
import { simulate } from '../../sim/index.ts';
import type { PlatformResult } from '../../sim/result/result.ts';
import { refusals, runEcs } from './ecs/fixtures.ts';
import { group, runEks, usd } from './eks/eks-run.ts';

// Rules of containers that a simple model would miss; each has a test of its name here or beside its subject.

/** vCPU-seconds on the bill of a window that is the month. */
function vcpuSeconds(options: string, seconds: number): number {
  const { it } = simulate(
    [
      'version: 1',
      `duration: ${seconds}s`,
      `billing: { month: ${seconds}s }`,
      'workload: { cpu: 1ms }',
      'traffic: { main: { executor: constant-arrival-rate, rate: 0/s } }',
      `platforms: { it: { type: ecs, cpu: 1024, memory: 2048, start: empty, ${options} } }`,
    ].join('\n'),
  ).platforms;
  return it!.cost.lines.find(({ id }) => id === 'fargate.vcpu')!.quantity * 3600;
}

const podOf = (platform: PlatformResult) => /A pod is given (.*?):/.exec(platform.assumptions.join())![1];
const fitOf = (platform: PlatformResult, type: string) =>
  Number(new RegExp(`(\\d+) on a ${type}`).exec(platform.assumptions.join())![1]);

describe('rule 6', () => {
  test('Fargate bills from the start of the image pull', () => {
    expect(vcpuSeconds('provisioning: 100s, pull: 40s, applicationStart: 20s', 600)).toBeCloseTo(500, 6);
  });

  test('Windows minimum is 5 min', () => {
    const late = 'provisioning: 570s, pull: 10s';
    expect(vcpuSeconds(`${late}, operatingSystem: windows`, 600)).toBeCloseTo(300, 6);
    expect(vcpuSeconds(late, 600)).toBeCloseTo(60, 6);
  });

  test('32-vCPU sizes exist, with 60, 120 and 244 GB', () => {
    for (const gigabytes of [60, 120, 244]) {
      expect(refusals(`cpu: 32768, memory: ${gigabytes * 1024}`)).toEqual([]);
    }
    expect(refusals('cpu: 32768, memory: 65536').map(({ code }) => code)).toEqual(['no-such-task-size']);
  });

  test('on EKS the 256 MB overhead can double the vCPUs', () => {
    const resources = { requests: { cpu: '1', memory: '8Gi' } };
    const onFargate = runEks({ duration: '1m', platform: { resources, nodes: { type: 'fargate' } } });
    expect(podOf(onFargate)).toBe('2 vCPUs and 9 GB');
  });

  test('completed Job pods bill until deleted: there are no Jobs here, and the result says so', () => {
    const onFargate = runEks({ duration: '1m', platform: { nodes: { type: 'fargate' } } });
    expect(onFargate.notModelled.join()).toContain('completed pods bill until they are deleted');
    expect(runEks({ duration: '1m', platform: group('m7g.large') }).notModelled.join()).toContain('Jobs');
  });
});

describe('rule 7', () => {
  const linesOf = (billing: object, more: object = {}) => {
    const { it } = simulate({
      version: 1,
      duration: '1h',
      billing: { month: '1h', ...billing },
      workload: { cpu: '1ms' },
      traffic: { main: { executor: 'constant-arrival-rate', rate: '0/s' } },
      platforms: { it: { type: 'eks', nodes: { type: 'autoMode', instanceTypes: ['m5.large'], ...more } } },
    }).platforms;
    return it!;
  };
  const fee = (billing: object, more: object = {}) => usd(linesOf(billing, more), 'eks.auto-mode');

  test('EKS Auto Mode charges 12 % of on-demand', () => {
    expect(fee({})).toBeCloseTo(0.12 * 0.096, 12);
  });

  test('even on Spot', () => {
    const requirements = [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }];
    const spot = { requirements, interruptionsPerMonth: 0 };
    expect(usd(linesOf({}, spot), 'ec2.instance.m5.large')).toBe(0);
    expect(fee({}, spot)).toBeCloseTo(0.12 * 0.096, 12);
  });

  test('even on Reserved Instances or Savings Plans', () => {
    const plan = { type: 'compute', commitment: '$5/h', term: '1y', payment: 'noUpfront' };
    expect(fee({ savingsPlans: [plan] })).toBeCloseTo(0.12 * 0.096, 12);
    const reserved = { instanceType: 'm5.large', count: 2, term: '1y', payment: 'allUpfront' };
    expect(fee({ reservedInstances: [reserved] })).toBeCloseTo(0.12 * 0.096, 12);
  });

  test('ECS Managed Instances, with the same fee, are not modelled, and the result says so', () => {
    const { notModelled } = runEcs('cpu: 256, memory: 512', { rate: '0/s', duration: '1m' });
    expect(notModelled.join()).toContain('Managed Instances');
  });
});

describe('rule 8', () => {
  const onHosts = (provider: string, options: string) =>
    `launchType: EC2, capacityProvider: { instanceType: m7g.large${provider} }, ${options}`;
  const small = 'cpu: 512, memory: 1024, pull: 0s, applicationStart: 0s';

  test('ECS cluster scaling never grows for a task larger than the group’s smallest type', () => {
    for (const large of ['cpu: 4096, memory: 1024', 'cpu: 512, memory: 8192']) {
      expect(refusals(onHosts('', large))[0]).toMatchObject({ code: 'does-not-fit' });
    }
  });

  test('N = 0 with waiting tasks reports 200: twice what one host is', () => {
    const one = onHosts(', minSize: 0, maxSize: 10', `${small}, desiredCount: 1, start: empty`);
    expect(runEcs(one, { rate: '0/s', duration: '10m' }).hosts!.max).toBe(2);
  });

  test('scale-in takes 15 min, then at most 50 % a minute', () => {
    const actions = `{ at: 2026-01-05T00:10:00Z, minCapacity: 1, maxCapacity: 1 }`;
    const eight = onHosts(
      ', minSize: 1, maxSize: 8',
      `${small}, desiredCount: 32, scheduled: [${actions}],
      placementStrategy: [{ type: binpack, field: cpu }]`,
    );
    const hostMinutes = (minutes: number) => {
      const { hosts } = runEcs(eight, { rate: '0/s', duration: `${minutes}m` });
      return hosts!.mean * minutes;
    };
    // Eight hosts until 24:00 or 25:00, then four, two and one.
    expect(hostMinutes(24)).toBeCloseTo(8 * 24, 1);
    const after = hostMinutes(40) - 8 * 24;
    expect(after).toBeGreaterThan(4 + 2 + 14 - 0.1);
    expect(after).toBeLessThan(8 + 4 + 2 + 13 + 0.1);
  });
});

describe('rule 9', () => {
  const service = (desired: number, least: number, most: number) =>
    `cpu: 256, memory: 512, desiredCount: ${desired}, provisioning: 0s, pull: 50s, applicationStart: 10s,
    launchRate: { perService: 1000000/s }, deployments: [{ at: 2026-01-05T00:10:00Z }],
    deploymentConfiguration: { minimumHealthyPercent: ${least}, maximumPercent: ${most} }`;
  /** Tasks in service from 10:00 to 11:00, before a new one serves. */
  const left = (desired: number, least: number, most: number) =>
    Math.round(
      runEcs(service(desired, least, most), { rate: '0/s', duration: '20m' }).timeseries.columns
        .capacity[10]!,
    );
  /** The most that were in service at once. */
  const peak = (desired: number, most: number) =>
    runEcs(service(desired, 100, most), { rate: '0/s', duration: '20m' }).capacity.max;

  test('ECS minimum healthy rounds up: of 4 at 50 % it may stop 2, of 2 at 75 % none', () => {
    expect(left(4, 50, 100)).toBe(2);
    expect(left(3, 50, 100)).toBe(2);
    expect(left(2, 75, 150)).toBe(2);
    expect(refusals(service(2, 75, 100))[0]).toMatchObject({ code: 'stuck-deployment' });
  });

  test('maximum rounds down: of 4 at 200 % it may start 4, of 3 at 125 % none', () => {
    expect(peak(4, 200)).toBe(8);
    expect(peak(3, 150)).toBe(4);
    expect(refusals(service(3, 100, 125))[0]).toMatchObject({ code: 'stuck-deployment' });
  });

  test('the circuit breaker’s minimum is now 3', () => {
    const failing = service(2, 100, 200)
      .replace('00:10:00Z }', '00:10:00Z, failureRate: 1 }')
      .replace(
        'maximumPercent: 200',
        'maximumPercent: 200, deploymentCircuitBreaker: { enable: true, rollback: true }',
      );
    const { deployments } = runEcs(failing, { rate: '0/s', duration: '20m' });
    expect(deployments![0]).toMatchObject({ failedTasks: 3, statuses: { ROLLBACK_SUCCESSFUL: 1 } });
  });
});

describe('rule 12', () => {
  test('the kubelet’s memory reserve grows with max pods (11 MiB × pods + 255)', () => {
    const resources = { requests: { cpu: '10m', memory: '1Gi' } };
    const podsWith = (maxPods: number) =>
      fitOf(
        runEks({ duration: '1m', platform: { resources, ...group('m7g.large', { maxPods }) } }),
        'm7g.large',
      );
    // 8,192 MiB less 64 of Arm and 7.5 %, 100 of eviction and 255 + 11 × pods: 6,844 and 5,953.
    expect(podsWith(29)).toBe(6);
    expect(podsWith(110)).toBe(5);
  });
});

describe('rule 13', () => {
  test('a measured Karpenter node took 26 s to Ready, 28 s to pod Ready', () => {
    const ready = (podStartup: string) => {
      const nodes = { type: 'karpenter', instanceTypes: ['c6a.large'] };
      const quick = { pull: '0s', applicationStart: '0s', start: 'empty', podStartup, nodes };
      return runEks({ rate: '10/s', duration: '2m', platform: quick }).requests.failures.rejected! / 10;
    };
    expect(ready('0s')).toBe(26);
    expect(ready('2s')).toBe(28);
  });
});
