import { describe, expect, it, test } from 'vitest';
import { simulate } from '../../../sim/index.ts';
import { runEks, usd } from './eks-run.ts';

const onFargate = { nodes: { type: 'fargate' } };
const requesting = (requests: object) => ({ resources: { requests }, ...onFargate });

/** The size that a pod is given, as the result tells it. */
function sizeOf(requests: object): string {
  const { assumptions } = runEks({ duration: '1m', platform: requesting(requests) });
  return /A pod is given (.*?):/.exec(assumptions.join('\n'))![1]!;
}

describe('the size of a pod on Fargate', () => {
  // EKS User Guide, "Fargate pod configuration" (2024-12).
  test('On EKS the 256 MB overhead can double the vCPUs', () => {
    expect(sizeOf({ cpu: '1', memory: '8Gi' })).toBe('2 vCPUs and 9 GB');
    expect(sizeOf({ cpu: '1', memory: '7936Mi' })).toBe('1 vCPUs and 8 GB');
  });

  it('is the smallest without requests', () => {
    expect(sizeOf({})).toBe('0.25 vCPUs and 0.5 GB');
    expect(sizeOf({ memory: '257Mi' })).toBe('0.25 vCPUs and 1 GB');
  });

  it('beyond the largest is refused', () => {
    expect(() => runEks({ platform: requesting({ memory: '244Gi' }) })).toThrow(/more than the largest size/);
  });
});

describe('the bill of pods on Fargate', () => {
  /** Ten pods for an hour of each of thirty days. */
  const month = (memory: string) =>
    simulate({
      version: 1,
      duration: '1h',
      billing: { month: '30h' },
      workload: { cpu: '1ms' },
      traffic: { load: { executor: 'constant-arrival-rate', rate: '1/min' } },
      platforms: { it: { type: 'eks', replicas: 10, ...requesting({ cpu: '250m', memory }) } },
    }).platforms.it!;

  it('is $5.70 for ten pods of 250m and 1 GB: the 256 MB make them 2 GB', () => {
    const platform = month('1Gi');
    expect(usd(platform, 'fargate.vcpu')).toBeCloseTo(3.036, 6);
    expect(usd(platform, 'fargate.memory')).toBeCloseTo(2.667, 6);
    expect(platform.hosts).toBeUndefined();
  });

  it('is the $4.37 of AWS’s example when 1 GB is the size after rounding', () => {
    const platform = month('768Mi');
    const total = usd(platform, 'fargate.vcpu') + usd(platform, 'fargate.memory');
    // AWS multiplies prices by the second, rounded to nine places: 4.36968.
    expect(total).toBeCloseTo(4.3695, 4);
  });
});

describe('pods on Fargate', () => {
  it('wait for their machine, pull the whole image each, and start', () => {
    const platform = {
      ...requesting({ cpu: '1' }),
      nodes: { type: 'fargate', provisioning: '45s' },
      imageSize: '400MB',
      applicationStart: '5s',
      start: 'empty',
    };
    // 45 s, 400 MB at 10 MB/s, 5 s.
    const { requests } = runEks({ rate: '1/s', duration: '10m', platform });
    expect(requests.failures.rejected).toBe(90);
  });

  it('are launched twenty at once and twenty a second', () => {
    const platform = {
      ...requesting({ cpu: '250m' }),
      nodes: { type: 'fargate', provisioning: '0s' },
      pull: '0s',
      applicationStart: '0s',
      start: 'empty',
      replicas: 620,
    };
    // 600 of them come one every 50 ms: half an hour of pods is lost in 30 s, on the mean 15 s each.
    const { timeseries } = runEks({ rate: '1/s', duration: '2m', platform });
    expect(timeseries.columns.capacity[0]).toBeCloseTo(620 - (600 * 15.025) / 60, 6);
    expect(timeseries.columns.capacity[1]).toBe(620);
  });

  it('have a CPU limit when one is set', () => {
    const resources = { requests: { cpu: '250m' }, limits: { cpu: '250m' } };
    const { latencyMs } = runEks({
      rate: '1/s',
      workload: { cpu: '100ms' },
      platform: { resources, ...onFargate },
    });
    expect(latencyMs.max).toBe(400);
  });
});
