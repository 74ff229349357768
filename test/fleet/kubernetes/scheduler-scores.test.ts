// Cases of kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/*_test.go (2025), restated.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balancedAllocationScore } from '../../../sim/fleet/kubernetes/scheduler/balanced-allocation.ts';
import { leastAllocatedScore } from '../../../sim/fleet/kubernetes/scheduler/least-allocated.ts';
import { mostAllocatedScore } from '../../../sim/fleet/kubernetes/scheduler/most-allocated.ts';
import { PLUGIN_WEIGHTS, totalScore } from '../../../sim/fleet/kubernetes/scheduler/plugin-weights.ts';
import {
  brokenLinear,
  requestedToCapacityRatioScore,
} from '../../../sim/fleet/kubernetes/scheduler/requested-to-capacity-ratio.ts';
import { nonZeroRequests, type Resources } from '../../../sim/fleet/kubernetes/scheduler/resources.ts';

const EQUAL = { cpu: 1, memory: 1 };
const MIB = 1024 * 1024;

const node = (cpu: number, memory: number, used: Resources = {}, more: Resources = {}) => ({
  allocatable: { cpu, memory, ...more },
  requested: used,
});
const of = (cpu: number, memory: number) => ({ cpu, memory });

describe('LeastAllocated and MostAllocated truncate', () => {
  test.each([
    ['empty cluster, no requests', of(0, 0), node(4000, 10_000), 100],
    ['(25 + 50) / 2 = 37.5', of(3000, 5000), node(4000, 10_000), 37],
    ['(50 + 50) / 2', of(3000, 5000), node(6000, 10_000), 50],
    ['40 and 75', of(0, 0), node(10_000, 20_000, of(6000, 5000)), 57],
    ['40 and 50', of(3000, 5000), node(10_000, 20_000, of(3000, 5000)), 45],
    ['40 and 80', of(3000, 5000), node(10_000, 50_000, of(3000, 5000)), 60],
    ['a node that has nothing', of(0, 0), node(0, 0, of(3000, 5000)), 0],
    ['more than there is gives 0 for that resource', of(5000, 0), node(4000, 10_000), 50],
  ])('LeastAllocated: %s', (_what, pod, on, expected) => {
    expect(leastAllocatedScore(on, pod, EQUAL)).toBe(expected);
  });

  test('MostAllocated, memory counting twice: (75 + 2 × 50) / 3 = 58.3', () => {
    expect(mostAllocatedScore(node(4000, 10_000), of(3000, 5000), { memory: 2, cpu: 1 })).toBe(58);
  });

  test('containers without requests count as 100m and 200 MiB', () => {
    const pod = nonZeroRequests({});
    expect(mostAllocatedScore(node(250, 1000 * MIB), pod, EQUAL)).toBe(30);
    const two = of(200, 400 * MIB);
    expect(mostAllocatedScore(node(250, 1000 * MIB, two), pod, EQUAL)).toBe(80);
    expect(nonZeroRequests({ cpu: 0 })).toEqual({ cpu: 0, memory: 200 * MIB });
  });

  test('extended resources count only when the pod requests them', () => {
    const weights = { ...EQUAL, 'example.com/ext': 1 };
    const on = node(6000, 10_000, {}, { 'example.com/ext': 4 });
    expect(mostAllocatedScore(on, of(3000, 5000), weights)).toBe(50);
    expect(leastAllocatedScore(on, { ...of(3000, 5000), 'example.com/ext': 2 }, weights)).toBe(50);
    const ten = node(6000, 10_000, {}, { 'example.com/ext': 10 });
    expect(leastAllocatedScore(ten, { ...of(3000, 5000), 'example.com/ext': 2 }, weights)).toBe(60);
  });
});

describe('RequestedToCapacityRatio rounds and drops resources that score 0', () => {
  const falling = [
    { utilization: 0, score: 10 },
    { utilization: 100, score: 0 },
  ];
  const rising = [
    { utilization: 0, score: 0 },
    { utilization: 100, score: 1 },
  ];

  test('37.5 becomes 38, where LeastAllocated says 37', () => {
    expect(requestedToCapacityRatioScore(node(4000, 10_000), of(3000, 5000), EQUAL, falling)).toBe(38);
  });

  test('a resource that scores 0 leaves the mean', () => {
    const weights = { 'intel.com/foo': 3, 'intel.com/bar': 5 };
    const on = { allocatable: { 'intel.com/foo': 8, 'intel.com/bar': 4 }, requested: {} };
    const pod = { 'intel.com/foo': 2, 'intel.com/bar': 2 };
    expect(requestedToCapacityRatioScore(on, pod, weights, rising)).toBe(4);
    const barOnly = [...rising.slice(0, 1), { utilization: 25, score: 0 }, { utilization: 100, score: 1 }];
    // foo at 25 % scores 0; bar alone at 50 % scores 10 × 25 / 75 = 3.
    expect(requestedToCapacityRatioScore(on, pod, weights, barOnly)).toBe(3);
  });

  test('more than there is counts as full', () => {
    const on = { allocatable: { 'intel.com/foo': 4 }, requested: { 'intel.com/foo': 4 } };
    const pod = { 'intel.com/foo': 2 };
    expect(requestedToCapacityRatioScore(on, pod, { 'intel.com/foo': 1 }, rising)).toBe(10);
  });

  test.each([
    [-10, 1],
    [10, 1],
    [19, 1],
    [20, 2],
    [89, 8],
    [90, 9],
    [110, 9],
  ])('the line from (10, 1) to (90, 9) at %i is %i', (at, expected) => {
    const shape = [
      { utilization: 10, score: 1 },
      { utilization: 90, score: 9 },
    ];
    expect(brokenLinear(shape, at)).toBe(expected);
  });

  test('a falling line is cut toward its start: 10 − trunc(0.9) at 9 of 100', () => {
    expect(brokenLinear(falling, 9)).toBe(10);
  });
});

describe('BalancedAllocation skips best-effort pods', () => {
  test.each([
    ['|0.75 − 0.5| / 2', of(3000, 5000), node(4000, 10_000), 87],
    ['0.5 and 0.5', of(3000, 5000), node(6000, 10_000), 100],
    ['0.6 and 0.25', of(3000, 5000), node(10_000, 20_000, of(3000, 0)), 82],
    ['0.6 and 0.2', of(3000, 5000), node(10_000, 50_000, of(3000, 5000)), 80],
  ])('%s', (_what, pod, on, expected) => {
    expect(balancedAllocationScore(on, pod)).toBe(expected);
  });

  test('three resources: the standard deviation of a population', () => {
    const names = ['cpu', 'memory', 'nvidia.com/gpu'];
    const used = { cpu: 3000, memory: 5000, 'nvidia.com/gpu': 3 };
    const on = node(3500, 40_000, used, { 'nvidia.com/gpu': 8 });
    expect(balancedAllocationScore(on, { 'nvidia.com/gpu': 1 }, names)).toBe(70);
  });

  test('a pod without requests gets no score anywhere', () => {
    expect(balancedAllocationScore(node(4000, 10_000), of(0, 0))).toBeNull();
  });
});

test('plugins are weighted 3, 2, 2, 2, 1, 1, 1', () => {
  expect(Object.values(PLUGIN_WEIGHTS)).toEqual([3, 2, 2, 2, 1, 1, 1]);
  expect(totalScore({ NodeResourcesFit: 37, NodeResourcesBalancedAllocation: 87 })).toBe(124);
  expect(totalScore({ PodTopologySpread: 50, NodeResourcesFit: 1 })).toBe(101);
});

/** The same sums with integers of any length. */
function exactly(allocatable: number, requested: number, most: boolean): bigint {
  const [has, uses] = [BigInt(allocatable), BigInt(requested)];
  if (most) return ((uses > has ? has : uses) * 100n) / has;
  return uses > has ? 0n : ((has - uses) * 100n) / has;
}

test('scores are those of integer arithmetic, whatever the amounts', () => {
  const amount = fc.integer({ min: 1, max: 2 ** 44 });
  fc.assert(
    fc.property(amount, amount, amount, amount, fc.integer({ min: 1, max: 100 }), (a, b, c, d, weight) => {
      const on = node(a, b);
      const weights = { cpu: weight, memory: 1 };
      const mean = (most: boolean) => {
        const sum = exactly(a, c, most) * BigInt(weight) + exactly(b, d, most);
        return Number(sum / BigInt(weight + 1));
      };
      expect(leastAllocatedScore(on, of(c, d), weights)).toBe(mean(false));
      expect(mostAllocatedScore(on, of(c, d), weights)).toBe(mean(true));
    }),
    { seed: 7, numRuns: 500 },
  );
});
