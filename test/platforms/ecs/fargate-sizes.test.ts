import { describe, expect, it } from 'vitest';
import {
  fargateSizes,
  isFargateSize,
  roundUpToFargateSize,
} from '../../../sim/platforms/shared/fargate-sizes.ts';
import { refusals, runEcs } from './fixtures.ts';

const GB = 1_024;

describe("Fargate's sizes (pricing page, 2026)", () => {
  it.each([
    [256, 0.5, 2, 3],
    [512, 1, 4, 4],
    [1_024, 2, 8, 7],
    [2_048, 4, 16, 13],
    [4_096, 8, 30, 23],
    [8_192, 16, 60, 12],
    [16_384, 32, 120, 12],
    [32_768, 60, 244, 3],
  ])('%d CPU units: %d to %d GB, %d sizes', (cpu, least, most, count) => {
    const sizes = fargateSizes().filter((size) => size.cpu === cpu);
    expect(sizes.map((size) => size.memory / GB)).toEqual(
      [...sizes].map((size) => size.memory / GB).sort((a, b) => a - b),
    );
    expect([sizes[0]!.memory / GB, sizes.at(-1)!.memory / GB, sizes.length]).toEqual([least, most, count]);
  });

  it.each([
    [256, 4 * GB],
    [512, 0.5 * GB],
    [8_192, 18 * GB],
    [3_072, 8 * GB],
    [32_768, 61 * GB],
  ])('there is none of %d units and %d MB', (cpu, memory) => {
    expect(isFargateSize({ cpu, memory })).toBe(false);
  });

  it.each([
    // A pod of one vCPU and 8 GB, with 256 MB for Kubernetes (EKS User Guide, 2024-12).
    [1_024, 8 * GB + 256, 2_048, 9 * GB],
    [256, 1 * GB + 256, 256, 2 * GB],
    [100, 128, 256, 0.5 * GB],
    [250, 3 * GB, 512, 3 * GB],
    [1_100, 1 * GB, 2_048, 4 * GB],
    [9_000, 20 * GB, 16_384, 32 * GB],
  ])('%d units and %d MB are rounded up to %d and %d', (cpu, memory, toCpu, toMemory) => {
    expect(roundUpToFargateSize({ cpu, memory })).toEqual({ cpu: toCpu, memory: toMemory });
  });

  it('nothing holds more than the largest', () => {
    expect(roundUpToFargateSize({ cpu: 32_769, memory: 1 })).toBeNull();
    expect(roundUpToFargateSize({ cpu: 1, memory: 245 * GB })).toBeNull();
  });
});

describe('what Fargate refuses', () => {
  it('a size that there is not, with those near it', () => {
    const [found] = refusals('cpu: 512, memory: 8192');
    expect(found).toMatchObject({ code: 'no-such-task-size', key: 'cpu' });
    expect(found!.message).toContain('512 CPU units and 8192 MB');
    expect(found!.help).toContain('`cpu: 512, memory: 4096`');
    expect(found!.help).toContain('`cpu: 1024, memory: 8192`');
  });

  it('a CPU value that there is not', () => {
    expect(refusals('cpu: 1000, memory: 2048')[0]!.help).toContain('`cpu: 1024, memory: 2048`');
  });

  it.each([
    ['cpu: 8192, memory: 16384, operatingSystem: windows', 'no-such-task-size', 'cpu'],
    [
      'cpu: 1024, memory: 2048, operatingSystem: windows, architectures: [arm64]',
      'does-not-fit',
      'architectures',
    ],
    [
      'cpu: 1024, memory: 2048, operatingSystem: windows, launchType: FARGATE_SPOT',
      'does-not-fit',
      'launchType',
    ],
    ['cpu: 1024, memory: 2048, stopTimeout: 121s', 'out-of-range', 'stopTimeout'],
    ['cpu: 1024, memory: 2048, interruptionsPerMonth: 1', 'out-of-range', 'interruptionsPerMonth'],
    ['cpu: 1024, memory: 2048, minCapacity: 3, maxCapacity: 2', 'out-of-range', 'minCapacity'],
    ['cpu: 1024, memory: 2048, desiredCount: 5, maxCapacity: 4', 'out-of-range', 'desiredCount'],
    ['cpu: 1024, memory: 2048, desiredCount: 0', 'out-of-range', 'desiredCount'],
    [
      'cpu: 1024, memory: 2048, targetTracking: { metric: ALBRequestCountPerTarget, targetValue: 100 }',
      'needs-load-balancer',
      'targetTracking.metric',
    ],
    [
      `cpu: 1024, memory: 2048, targetTracking: [
        { metric: ECSServiceAverageCPUUtilization, targetValue: 50 },
        { metric: ECSServiceAverageCPUUtilization, targetValue: 70 }]`,
      'refused-scaling-policy',
      'targetTracking.1.metric',
    ],
    [
      `cpu: 1024, memory: 2048, stepScaling: [{ metric: ECSServiceAverageCPUUtilization, threshold: 50,
        comparison: GreaterThanThreshold, adjustmentType: ChangeInCapacity, minAdjustmentMagnitude: 2,
        steps: [{ lowerBound: 0, adjustment: 1 }] }]`,
      'refused-scaling-policy',
      'stepScaling.0.minAdjustmentMagnitude',
    ],
  ])('%s', (options, code, key) => {
    expect(refusals(options).map((each) => [each.code, each.key])).toEqual([[code, key]]);
  });

  it('a program that needs more memory than the task has', () => {
    const found = refusals('cpu: 256, memory: 512', { workload: '{ cpu: 1ms, memory: 600MiB }' });
    expect(found.map((each) => [each.code, each.key])).toEqual([['does-not-fit', 'memory']]);
    expect(found[0]!.help).toContain('600 MB');
  });

  it('all at once', () => {
    const options = 'cpu: 512, memory: 8192, stopTimeout: 5m, desiredCount: 0';
    expect(refusals(options).map((each) => each.key)).toEqual(['cpu', 'stopTimeout', 'desiredCount']);
  });

  it('32-vCPU sizes exist', () => {
    expect(runEcs('cpu: 32768, memory: 61440').cost.lines.length).toBeGreaterThan(0);
  });
});
