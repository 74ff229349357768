// A larger collection of the same projects' cases, where it is at hand.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  replicasByAverageValue,
  replicasByUtilization,
  replicasByValue,
  replicasByValuePerPod,
} from '../../../sim/fleet/kubernetes/hpa/desired-replicas.ts';
import { limitedReplicas } from '../../../sim/fleet/kubernetes/hpa/scaling-policies.ts';
import { stabilizedByBehavior, stabilizedDown } from '../../../sim/fleet/kubernetes/hpa/stabilization.ts';
import {
  consolidationScore,
  isWorthConsolidating,
} from '../../../sim/fleet/kubernetes/karpenter/balanced-consolidation.ts';
import { allocatableOf, maxPods } from '../../../sim/fleet/kubernetes/nodes/allocatable.ts';
import { balancedAllocationScore } from '../../../sim/fleet/kubernetes/scheduler/balanced-allocation.ts';
import { leastAllocatedScore } from '../../../sim/fleet/kubernetes/scheduler/least-allocated.ts';
import { mostAllocatedScore } from '../../../sim/fleet/kubernetes/scheduler/most-allocated.ts';
import {
  brokenLinear,
  requestedToCapacityRatioScore,
} from '../../../sim/fleet/kubernetes/scheduler/requested-to-capacity-ratio.ts';
import { ROOT } from '../../helpers/sources.ts';

const file = `${ROOT}../shared/oracles/kubernetes.yaml`;
const isHere = existsSync(file);
// biome-ignore lint/suspicious/noExplicitAny: its form is its own
type Case = Readonly<Record<string, any>>;
const cases: Readonly<Record<string, readonly Case[]>> = isHere ? parse(readFileSync(file, 'utf8')) : {};

/** Compares what we find for every case of a chapter with what it expects, by name. */
function compare(chapter: string, find: (each: Case) => unknown, expected: (each: Case) => unknown): void {
  const name = (each: Case, index: number) => String(each.id ?? each.instanceType ?? index);
  const table = (of: (each: Case) => unknown) =>
    Object.fromEntries(cases[chapter]!.map((each, index) => [name(each, index), of(each)]));
  expect(Object.keys(table(find)).length).toBeGreaterThan(0);
  expect(table(find)).toEqual(table(expected));
}

function scoreOf({ strategy, weights, pod, shape }: Case, node: Case): number | null {
  const scored = { allocatable: node.allocatable, requested: node.requested };
  switch (strategy) {
    case 'LeastAllocated':
      return leastAllocatedScore(scored, pod, weights);
    case 'MostAllocated':
      return mostAllocatedScore(scored, pod, weights);
    case 'RequestedToCapacityRatio':
      return requestedToCapacityRatioScore(scored, pod, weights, shape);
    default:
      return balancedAllocationScore(scored, pod, Object.keys(weights));
  }
}

test.skipIf(!isHere)('scheduler', () => {
  compare(
    'scheduler',
    (each) => {
      const scores: [string, number | null][] = each.nodes.map((node: Case) => [
        node.name,
        scoreOf(each, node),
      ]);
      return scores.some(([, score]) => score === null) ? 'SKIP' : Object.fromEntries(scores);
    },
    (each) => each.expected,
  );
});

test.skipIf(!isHere)('piecewise linear shapes', () => {
  compare(
    'piecewiseLinear',
    ({ points, assertions }) => assertions.map(({ p }: Case) => brokenLinear(points, p)),
    ({ assertions }) => assertions.map(({ expected }: Case) => expected),
  );
});

function hpaOf(each: Case) {
  const { kind, currentReplicas, targetUtilizationPct, targetMilli, valueMilli, readyPods } = each;
  if (kind === 'resource') {
    const pods = each.pods.map((pod: Case) => ({
      request: pod.req,
      usage: pod.level,
      unready: pod.hot === true || pod.ready === false,
      ignored: pod.deleted === true,
    }));
    return replicasByUtilization(pods, currentReplicas, targetUtilizationPct);
  }
  if (kind === 'pods') {
    const pods = each.levelsMilli.map((usage: number) => ({
      request: 0,
      usage,
      unready: false,
      ignored: false,
    }));
    return replicasByAverageValue(pods, currentReplicas, each.targetAverageMilli);
  }
  return kind.endsWith('PerPod')
    ? replicasByValuePerPod(valueMilli, targetMilli, currentReplicas)
    : replicasByValue(valueMilli, targetMilli, currentReplicas, readyPods);
}

test.skipIf(!isHere)('HPA', () => {
  compare(
    'hpa',
    (each) => hpaOf(each)?.replicas,
    (each) => each.expectedReplicas,
  );
  const shown = (each: Case) => each.expectedUtilizationPct ?? each.expectedAverageMilli;
  compare('hpa', (each) => (shown(each) === undefined ? undefined : hpaOf(each)?.shown), shown);
});

test.skipIf(!isHere)('HPA stabilisation', () => {
  compare(
    'hpaStabilization',
    ({ mode, current, desired, history, windowSeconds, scaleUpWindowSeconds, scaleDownWindowSeconds }) =>
      mode === 'behavior'
        ? stabilizedByBehavior(current, desired, history, {
            scaleUpSeconds: scaleUpWindowSeconds,
            scaleDownSeconds: scaleDownWindowSeconds,
          })
        : stabilizedDown(desired, history, windowSeconds),
    (each) => each.expected,
  );
});

test.skipIf(!isHere)('HPA scaling policies', () => {
  compare(
    'hpaRatePolicies',
    (each) =>
      limitedReplicas({
        current: each.current,
        desired: each.desired,
        min: each.min,
        max: each.max,
        scaleUp: { policies: each.scaleUpPolicies, selectPolicy: each.scaleUpSelect ?? 'Max' },
        scaleDown: { policies: each.scaleDownPolicies, selectPolicy: each.scaleDownSelect ?? 'Max' },
        scaleUpEvents: each.scaleUpEvents,
        scaleDownEvents: each.scaleDownEvents,
      }),
    (each) => ({ replicas: each.expected, condition: each.condition }),
  );
});

test.skipIf(!isHere)('Karpenter’s balanced consolidation', () => {
  const move = (each: Case) => ({
    savings: each.savings,
    disruptionCost: each.moveDisruptionCost,
    poolCost: each.poolCost,
    poolDisruptionCost: each.poolDisruptionCost,
  });
  compare(
    'karpenterBalancedConsolidation',
    (each) => [
      isWorthConsolidating(move(each), each.k),
      Math.round(consolidationScore(move(each)) * 10_000) / 10_000,
    ],
    (each) => [each.approved, each.score === 'inf' ? Number.POSITIVE_INFINITY : each.score],
  );
});

test.skipIf(!isHere)('allocatable resources of nodes', () => {
  compare(
    'nodeAllocatable',
    (each) => {
      const shape = {
        vcpus: each.vcpu,
        memoryMib: each.memoryMiB,
        architecture: each.arch === 'arm64' ? ('arm64' as const) : ('x86_64' as const),
        enis: each.enis,
        ipv4PerEni: each.ipv4PerEni,
      };
      const { cpuMilli, memoryMib } = allocatableOf(shape);
      return [maxPods(shape), cpuMilli, memoryMib];
    },
    (each) => [each.maxPods, each.allocatableCpuMilli, each.allocatableMemMiB],
  );
});
