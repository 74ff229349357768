import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balancedAllocationScore } from '../../../sim/fleet/kubernetes/scheduler/balanced-allocation.ts';
import { leastAllocatedScore } from '../../../sim/fleet/kubernetes/scheduler/least-allocated.ts';
import { mostAllocatedScore } from '../../../sim/fleet/kubernetes/scheduler/most-allocated.ts';
import { feasibleNodesToFind } from '../../../sim/fleet/kubernetes/scheduler/node-sampling.ts';
import { totalScore } from '../../../sim/fleet/kubernetes/scheduler/plugin-weights.ts';
import {
  allowsSpread,
  topologySpreadScores,
} from '../../../sim/fleet/kubernetes/scheduler/pod-topology-spread.ts';
import {
  requestedToCapacityRatioScore,
  type ShapePoint,
} from '../../../sim/fleet/kubernetes/scheduler/requested-to-capacity-ratio.ts';
import { nonZeroRequests } from '../../../sim/fleet/kubernetes/scheduler/resources.ts';
import {
  type NodeCapacity,
  type PodSpec,
  Scheduler,
} from '../../../sim/fleet/kubernetes/scheduler/scheduler.ts';
import {
  DEFAULT_PROFILE,
  type SchedulerProfile,
  type ScoringStrategy,
  type SpreadRule,
} from '../../../sim/fleet/kubernetes/scheduler/scheduler-profile.ts';
import { openRandom } from '../../../sim/kernel/random.ts';

const GIB = 2 ** 30;
const large: NodeCapacity = { cpuMilli: 1930, memoryBytes: 7 * GIB, pods: 29 };
const random = (purpose: string) => openRandom(1, 0, purpose);

/** A cluster that is described rather than kept: every score is found anew by the rules themselves. */
class SlowCluster {
  readonly pods: PodSpec[][];
  private readonly nodes: readonly NodeCapacity[];

  constructor(nodes: readonly NodeCapacity[]) {
    this.nodes = nodes;
    this.pods = nodes.map(() => []);
  }

  /** The best nodes for a pod, by number. */
  best(pod: PodSpec, { strategy, spread }: SchedulerProfile): number[] {
    const all = this.nodes.map((_, node) => node);
    const rules = spread.filter((each) => each.whenUnsatisfiable === 'DoNotSchedule');
    const wishes = spread.filter((each) => each.whenUnsatisfiable === 'ScheduleAnyway');
    const feasible = all.filter(
      (node) => this.fits(node, pod) && rules.every((rule) => allowsSpread(this.constraint(rule, all), node)),
    );
    const spreads =
      wishes.length > 0
        ? topologySpreadScores(wishes.map((wish) => this.constraint(wish, feasible)))
        : feasible.map(() => 0);
    const scores = feasible.map((node, index) => this.score(node, pod, spreads[index]!, strategy));
    return feasible.filter((_, index) => scores[index] === Math.max(...scores));
  }

  private sum(node: number, of: (pod: PodSpec) => number): number {
    return this.pods[node]!.reduce((sum, pod) => sum + of(pod), 0);
  }

  private fits(node: number, pod: PodSpec): boolean {
    const { cpuMilli, memoryBytes, pods } = this.nodes[node]!;
    return (
      this.pods[node]!.length < pods &&
      this.sum(node, (each) => each.cpuMilli) + pod.cpuMilli <= cpuMilli &&
      this.sum(node, (each) => each.memoryBytes) + pod.memoryBytes <= memoryBytes
    );
  }

  private score(node: number, pod: PodSpec, spread: number, strategy: ScoringStrategy): number {
    const { cpuMilli: cpu, memoryBytes: memory } = this.nodes[node]!;
    const real = (each: PodSpec) => ({
      ...(each.cpuMilli > 0 ? { cpu: each.cpuMilli } : {}),
      ...(each.memoryBytes > 0 ? { memory: each.memoryBytes } : {}),
    });
    const requested = (of: (each: PodSpec) => Readonly<Record<string, number>>) => ({
      cpu: this.sum(node, (each) => of(each).cpu ?? 0),
      memory: this.sum(node, (each) => of(each).memory ?? 0),
    });
    const scored = (each: PodSpec) => nonZeroRequests(real(each));
    const allocatable = { cpu, memory };
    return totalScore({
      NodeResourcesFit: fitScore({ allocatable, requested: requested(scored) }, scored(pod), strategy),
      NodeResourcesBalancedAllocation:
        balancedAllocationScore({ allocatable, requested: requested(real) }, real(pod)) ?? 0,
      PodTopologySpread: spread,
    });
  }

  /** A constraint as the scheduler counts for it, of some of the nodes. */
  private constraint({ topologyKey, maxSkew }: SpreadRule, nodes: readonly number[]) {
    const domainOf = (node: number) => (topologyKey === 'kubernetes.io/hostname' ? `${node}` : `${node % 3}`);
    const podsByDomain: Record<string, number> = {};
    this.pods.forEach((pods, node) => {
      podsByDomain[domainOf(node)] = (podsByDomain[domainOf(node)] ?? 0) + pods.length;
    });
    return { maxSkew, domains: nodes.map(domainOf), podsByDomain };
  }
}

function fitScore(
  node: Parameters<typeof leastAllocatedScore>[0],
  pod: Parameters<typeof leastAllocatedScore>[1],
  strategy: ScoringStrategy,
): number {
  if (strategy.type === 'RequestedToCapacityRatio')
    return requestedToCapacityRatioScore(node, pod, strategy.weights, strategy.shape);
  const score = strategy.type === 'LeastAllocated' ? leastAllocatedScore : mostAllocatedScore;
  return score(node, pod, strategy.weights);
}

const host = (maxSkew: number, whenUnsatisfiable: SpreadRule['whenUnsatisfiable']): SpreadRule => ({
  topologyKey: 'kubernetes.io/hostname',
  maxSkew,
  whenUnsatisfiable,
});
const zone = (maxSkew: number, whenUnsatisfiable: SpreadRule['whenUnsatisfiable']): SpreadRule => ({
  topologyKey: 'topology.kubernetes.io/zone',
  maxSkew,
  whenUnsatisfiable,
});
const even = { cpu: 1, memory: 1 };
const shape: ShapePoint[] = [
  { utilization: 0, score: 0 },
  { utilization: 60, score: 10 },
  { utilization: 100, score: 3 },
];
const { strategy: byDefault } = DEFAULT_PROFILE;
const profiles: [string, SchedulerProfile][] = [
  ['as kube-scheduler does', DEFAULT_PROFILE],
  ['without a spread', { strategy: byDefault, spread: [] }],
  ['packed', { strategy: { type: 'MostAllocated', weights: even }, spread: [] }],
  ['mostly by memory', { strategy: { type: 'LeastAllocated', weights: { cpu: 1, memory: 3 } }, spread: [] }],
  ['packed by CPU alone', { strategy: { type: 'MostAllocated', weights: { cpu: 1 } }, spread: [] }],
  [
    'by a shape, spread over zones',
    {
      strategy: { type: 'RequestedToCapacityRatio', weights: { cpu: 3, memory: 2 }, shape },
      spread: [zone(1, 'ScheduleAnyway')],
    },
  ],
  ['no host with two more than another', { strategy: byDefault, spread: [host(1, 'DoNotSchedule')] }],
  [
    'zones by rule, hosts by wish',
    { strategy: byDefault, spread: [zone(2, 'DoNotSchedule'), host(1, 'ScheduleAnyway')] },
  ],
];

const podArbitrary = fc.record({
  cpuMilli: fc.constantFrom(0, 100, 250, 333, 500, 1000),
  memoryBytes: fc.constantFrom(0, GIB / 4, GIB / 2, GIB, 3 * GIB),
});
const nodeArbitrary = fc.record({
  cpuMilli: fc.constantFrom(940, 1930, 3920, 7910),
  memoryBytes: fc.constantFrom(3 * GIB, 7 * GIB, 14 * GIB),
  pods: fc.constantFrom(2, 8, 29),
});

describe('the scheduler', () => {
  test.each(profiles)('places every pod where the rules score best: %s', (_, profile) => {
    fc.assert(
      fc.property(
        fc.array(nodeArbitrary, { minLength: 1, maxLength: 12 }),
        fc.array(podArbitrary, { minLength: 1, maxLength: 40 }),
        (nodes, pods) => {
          const slow = new SlowCluster(nodes);
          const scheduler = new Scheduler(profile, random('ties'));
          nodes.forEach((capacity, node) => {
            scheduler.add(node, capacity, node % 3);
          });
          for (const pod of pods) {
            const best = slow.best(pod, profile);
            const chosen = scheduler.place(pod);
            if (best.length === 0) expect(chosen).toBe(-1);
            else expect(best).toContain(chosen);
            if (chosen >= 0) slow.pods[chosen]!.push(pod);
          }
        },
      ),
      { seed: 11, numRuns: 150 },
    );
  });

  test('draws among equals: 300 first pods on three equal nodes, 100 each give or take', () => {
    const counts = [0, 0, 0];
    const ties = random('ties');
    for (let run = 0; run < 300; run++) {
      const scheduler = new Scheduler(DEFAULT_PROFILE, ties);
      for (let node = 0; node < 3; node++) scheduler.add(node, large, node);
      counts[scheduler.place({ cpuMilli: 100, memoryBytes: GIB })]!++;
    }
    // 99 % of a chi-squared with two degrees of freedom.
    const chi = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(chi).toBeLessThan(9.21);
  });

  test('a cordoned node gets no more pods, a released place is taken again', () => {
    const scheduler = new Scheduler(DEFAULT_PROFILE, random('ties'));
    scheduler.add(0, large, 0);
    const pod = { cpuMilli: 1500, memoryBytes: GIB };
    expect([scheduler.place(pod), scheduler.place(pod)]).toEqual([0, -1]);
    scheduler.release(0, pod);
    scheduler.cordon(0);
    expect(scheduler.place(pod)).toBe(-1);
    scheduler.uncordon(0);
    expect(scheduler.place(pod)).toBe(0);
  });

  test('looks at all of fewer than 100 nodes, at 5 to 50 percent of more', () => {
    // 5,000: 50 − 40 = 10 %; 10,000 would be negative: 5 %; 150: 49 % are 73, so 100.
    expect([99, 100, 150, 1000, 5000, 10_000].map(feasibleNodesToFind)).toEqual([
      99, 100, 100, 420, 500, 500,
    ]);
  });
});

describe('packing', () => {
  test('10,000 random pods need no fewer nodes than their sum, and not many more', () => {
    const draw = random('pods');
    const scheduler = new Scheduler(
      { strategy: { type: 'MostAllocated', weights: { cpu: 1, memory: 1 } }, spread: [] },
      random('ties'),
    );
    const pods = Array.from({ length: 10_000 }, () => ({
      cpuMilli: 50 + Math.floor(draw() * 500),
      memoryBytes: (64 + Math.floor(draw() * 1500)) * 2 ** 20,
    }));
    let nodes = 0;
    for (const pod of pods) {
      if (scheduler.place(pod) >= 0) continue;
      scheduler.add(nodes++, large, 0);
      expect(scheduler.place(pod)).toBeGreaterThanOrEqual(0);
    }
    const sum = (of: (pod: PodSpec) => number) => pods.reduce((total, pod) => total + of(pod), 0);
    const bound = Math.max(
      Math.ceil(sum((pod) => pod.cpuMilli) / large.cpuMilli),
      Math.ceil(sum((pod) => pod.memoryBytes) / large.memoryBytes),
      Math.ceil(pods.length / large.pods),
    );
    expect(nodes).toBeGreaterThanOrEqual(bound);
    // Any rule that opens a node only when no other fits stays below 2.7 times the best for two resources
    // (Garey, Graham, Johnson and Yao 1976, first fit in d dimensions: d + 0.7).
    expect(nodes).toBeLessThan(2.7 * bound);
    expect(nodes).toBeLessThan(1.3 * bound);
  });

  test('100,000 pods go onto 5,000 nodes, 20 each, and are spread evenly', () => {
    const scheduler = new Scheduler(DEFAULT_PROFILE, random('ties'));
    const capacity = { cpuMilli: 7910, memoryBytes: 30 * GIB, pods: 58 };
    for (let node = 0; node < 5000; node++) scheduler.add(node, capacity, node % 3);
    const pod = { cpuMilli: 300, memoryBytes: GIB };
    for (let count = 0; count < 100_000; count++) scheduler.place(pod);
    const counts = [...scheduler.podsOn.subarray(0, 5000)];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100_000);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3);
  });
});
