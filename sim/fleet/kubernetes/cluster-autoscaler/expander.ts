import type { PodSpec } from '../scheduler/scheduler.ts';

/** `--expander`: which node group grows when several could. */
export type ExpanderName = 'least-waste' | 'most-pods' | 'random' | 'priority';

/** A node group as an expander sees it. */
export interface ExpandableGroup {
  /** What a node of it has in all, before the kubelet takes its part. */
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  /** Of the priority expander: the highest wins. */
  readonly priority: number;
}

/** One group that could grow: how many of the waiting pods that would hold, and with how many nodes. */
export interface ExpansionOption {
  readonly group: number;
  readonly pods: number;
  readonly nodes: number;
}

/**
 * The options that an expander finds best; of several the Cluster Autoscaler draws one at random.
 *
 * `least-waste` is the share of CPU and the share of memory of the new nodes that the pods leave idle, added
 * up; `most-pods` how many pods are helped; `priority` the group's number.
 * Source: kubernetes/autoscaler cluster-autoscaler/expander (waste.go, mostpods.go, priority.go) and FAQ.md,
 * 2026-08-22. The expander `price` is for clouds other than AWS.
 */
export function bestOptions(
  expander: ExpanderName,
  options: readonly ExpansionOption[],
  groups: readonly ExpandableGroup[],
  pod: PodSpec,
): readonly ExpansionOption[] {
  if (expander === 'random') return options;
  const scores = options.map((option) => {
    if (expander === 'most-pods') return option.pods;
    if (expander === 'priority') return groups[option.group]!.priority;
    return -wasteOf(option, groups[option.group]!, pod);
  });
  const best = scores.reduce((top, score) => Math.max(top, score), Number.NEGATIVE_INFINITY);
  return options.filter((_, index) => scores[index] === best);
}

/** Shares of the nodes' CPU and of their memory that stay idle, 0 … 2. */
function wasteOf({ pods, nodes }: ExpansionOption, group: ExpandableGroup, pod: PodSpec): number {
  const [cpu, memory] = [group.cpuMilli * nodes, group.memoryBytes * nodes];
  return (cpu - pods * pod.cpuMilli) / cpu + (memory - pods * pod.memoryBytes) / memory;
}
