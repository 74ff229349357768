import { describe, expect, it } from 'vitest';
import { simulate } from '../../../sim/index.ts';
import { group, runEks } from './eks-run.ts';

describe('the CPU of a pod', () => {
  it.each([
    // One pod without requests has a node of two vCPUs for itself, though 29 would fit there.
    ['5/s', 'nothing'], // 0.25 vCPUs
    ['30/s', 'nothing'], // 1.5
    ['39/s', 'cpu'], // 1.95
  ])('limits the platform where it is used up: at %s by %s', (rate, limitedBy) => {
    const platform = { replicas: 1, ...group('m7g.large') };
    expect(runEks({ rate, duration: '20m', workload: { cpu: '50ms' }, platform }).limitedBy).toBe(limitedBy);
  });

  it('is its limit: one pod of one vCPU is M/M/1-PS', () => {
    const resources = { requests: { cpu: '500m' }, limits: { cpu: '1' } };
    const { latencyMs, ci95 } = simulate({
      version: 1,
      seed: 5,
      replications: 8,
      duration: '3h',
      warmup: '10m',
      workload: { cpu: { distribution: 'exponential', mean: '100ms' } },
      traffic: { load: { executor: 'constant-arrival-rate', rate: '5/s' } },
      platforms: { it: { type: 'eks', resources, ...group('m7g.large') } },
    }).platforms.it!;
    // 100 ms / (1 − 0.5).
    const [low, high] = ci95['latencyMs.mean']!;
    expect(low - 2).toBeLessThan(200);
    expect(high + 2).toBeGreaterThan(200);
    expect(latencyMs.mean).toBeGreaterThan(190);
  });

  it('is its node’s, shared equally with busy neighbours: two users on two pods take twice as long', () => {
    const run = (vus: number) =>
      simulate({
        version: 1,
        workload: { cpu: '100ms' },
        traffic: { load: { executor: 'constant-vus', vus, duration: '10m', thinkTime: '0s' } },
        platforms: {
          it: { type: 'eks', resources: { requests: { cpu: '400m' } }, replicas: 2, ...group('m7g.medium') },
        },
      }).platforms.it!;
    expect(run(1).latencyMs.max).toBe(100);
    expect(run(2).latencyMs).toMatchObject({ p50: 200, max: 200 });
    expect(run(2).hosts!.utilization).toBeCloseTo(1, 9);
    expect(run(2).limitedBy).toBe('cpu');
  });

  it('beyond the requests is neither unrequested nor unused', () => {
    const { hosts } = runEks({
      rate: '9/s',
      workload: { cpu: '100ms' },
      platform: { resources: { requests: { cpu: '100m' } }, ...group('m7g.medium') },
    });
    expect(hosts!.utilization).toBeCloseTo(0.9, 3);
    expect(hosts!.unrequestedFraction).toBeCloseTo(0.1, 3);
    expect(hosts!.unusedFraction).toBe(0);
  });
});
