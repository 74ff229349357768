import {
  expansionOptions,
  type GroupLimits,
} from '../../fleet/kubernetes/cluster-autoscaler/cluster-autoscaler.ts';
import { bestOptions } from '../../fleet/kubernetes/cluster-autoscaler/expander.ts';
import type { NodesPlan } from '../../fleet/kubernetes/nodes/plan.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { NodeGroupOptions } from './node-options.ts';
import type { EksOptions } from './options.ts';

const MILLI = 1000;

/** Pods at t = 0, and the most that there may be. */
export interface PodCounts {
  readonly initial: number;
  readonly most: number;
}

export function podCounts({
  replicas,
  hpa,
  keda,
}: Pick<EksOptions, 'hpa' | 'keda'> & { readonly replicas: number }): PodCounts {
  return { initial: replicas, most: Math.max(replicas, hpa?.maxReplicas ?? keda?.maxReplicaCount ?? 0) };
}

/** An autoscaler that starts with the window has brought no nodes for the pods yet. */
export function podsAtStart(nodes: NodeGroupOptions, pods: PodCounts, warm: boolean): PodCounts {
  return warm || nodes.autoscaler === 'none' ? pods : { ...pods, initial: 0 };
}

/**
 * The sizes of a group that is the only one: as told, or what holds the pods, those at t = 0 and the most
 * that there may be.
 * @param fit pods that a node has room for
 */
export function groupSizes(
  { minSize, maxSize, desiredSize }: NodeGroupOptions,
  fit: number,
  { initial, most }: PodCounts,
) {
  const nodesOf = (pods: number) => Math.ceil(pods / fit);
  const largest = maxSize ?? Math.max(1, minSize, desiredSize ?? 0, nodesOf(most));
  const first = desiredSize ?? Math.min(largest, Math.max(minSize, nodesOf(initial)));
  return { minSize, maxSize: largest, desiredSize: first };
}

/** One managed node group as written. */
interface WrittenGroup {
  readonly instanceType: string;
  readonly minSize: number;
  readonly maxSize?: number | undefined;
  readonly desiredSize?: number | undefined;
  readonly priority: number;
}

/** The node groups, whether they are written as one or as a list; none without a type. */
export function writtenGroups({ instanceType, groups, ...sizes }: NodeGroupOptions): readonly WrittenGroup[] {
  if (groups !== undefined) return groups;
  return instanceType === undefined ? [] : [{ ...sizes, instanceType, priority: 0 }];
}

/** Where a group stands. @param path of the platform */
export function groupPath({ groups }: NodeGroupOptions, path: Path, index: number): Path {
  return groups === undefined ? [...path, 'nodes'] : [...path, 'nodes', 'groups', index];
}

/** Limits of each group, and what its expander looks at; by default as many as the most pods need. */
export function groupLimits(
  nodes: NodeGroupOptions,
  { types }: NodesPlan,
  { most }: PodCounts,
): GroupLimits[] {
  return writtenGroups(nodes).map(({ minSize, maxSize, desiredSize = 0, priority }, group) => {
    const { vcpus, memoryBytes, fit } = types[group]!;
    const needed = fit === 0 ? 0 : Math.ceil(most / fit);
    const largest = maxSize ?? Math.max(1, minSize, desiredSize, needed);
    return { minSize, maxSize: largest, priority, cpuMilli: vcpus * MILLI, memoryBytes };
  });
}

/**
 * Nodes of each group at t = 0: as told, the others what holds the pods, as their autoscaler would have made
 * them from their smallest sizes on (of groups that its expander finds alike the first).
 */
export function initialSizes(nodes: NodeGroupOptions, plan: NodesPlan, pods: PodCounts): readonly number[] {
  const groups = groupLimits(nodes, plan, pods);
  const told = writtenGroups(nodes).map(({ desiredSize }) => desiredSize);
  const sizes = groups.map(({ minSize }, group) => told[group] ?? minSize);
  for (;;) {
    const short = sizes.reduce((left, size, group) => left - size * plan.types[group]!.fit, pods.initial);
    const options = expansionOptions(groups, plan.types, sizes, short);
    const free = options.filter(({ group }) => told[group] === undefined);
    const [best] = bestOptions(nodes.expander, free, groups, plan.pod);
    if (best === undefined) return sizes;
    sizes[best.group]! += best.nodes;
  }
}

/** Sizes that contradict each other, and keys of one group beside a list of several. */
export function* nodeGroupProblems(nodes: NodeGroupOptions, path: Path): Iterable<Problem> {
  const { instanceType, groups, minSize, maxSize, desiredSize } = nodes;
  if (groups === undefined && instanceType === undefined) {
    yield problem('missing-key', [...path, 'nodes', 'instanceType'], 'the node group has no instanceType', {
      help: 'add `instanceType: m7g.large`, or a list of `groups`',
      at: 'key',
    });
  }
  if (groups !== undefined) {
    const ofOne = { instanceType, maxSize, desiredSize, minSize: minSize === 1 ? undefined : minSize };
    for (const key of Object.keys(ofOne).filter((each) => ofOne[each as keyof typeof ofOne] !== undefined)) {
      const help = 'each of `groups` has its own: leave it out here';
      const message = `${key} of one node group stands beside a list of several`;
      yield problem('conflicting-keys', [...path, 'nodes', key], message, { help, at: 'key' });
    }
  }
  for (const [index, group] of writtenGroups(nodes).entries())
    yield* sizeProblems(group, groupPath(nodes, path, index));
}

function* sizeProblems({ minSize, maxSize, desiredSize }: WrittenGroup, path: Path): Iterable<Problem> {
  const help =
    'a node group holds minSize ≤ desiredSize ≤ maxSize; without maxSize as many as the most pods need';
  if (maxSize !== undefined && minSize > maxSize) {
    const message = `minSize ${minSize} is above maxSize ${maxSize}`;
    yield problem('out-of-range', [...path, 'minSize'], message, { help });
  } else if (desiredSize !== undefined && (desiredSize < minSize || desiredSize > (maxSize ?? desiredSize))) {
    const message = `desiredSize ${desiredSize} is not in ${minSize} … ${maxSize ?? 'maxSize'}`;
    yield problem('out-of-range', [...path, 'desiredSize'], message, { help });
  }
}
