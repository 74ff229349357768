import { ClusterAutoscaler } from '../../fleet/kubernetes/cluster-autoscaler/cluster-autoscaler.ts';
import { Karpenter } from '../../fleet/kubernetes/karpenter/karpenter.ts';
import { nodesFor } from '../../fleet/kubernetes/karpenter/provisioning.ts';
import type { NodeAutoscaler } from '../../fleet/kubernetes/nodes/node-autoscaler.ts';
import { NodeFleet } from '../../fleet/kubernetes/nodes/node-fleet.ts';
import { NodePlaces } from '../../fleet/kubernetes/nodes/node-places.ts';
import type { NodesPlan } from '../../fleet/kubernetes/nodes/plan.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { durationMicros } from '../../units/duration.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { NodeGroupOptions, NodePoolOptions, NodesOptions } from './node-options.ts';
import type { EksOptions } from './options.ts';

/** karpenter-core, the disruption controller's poll and its validation (2026-08-20). */
const POLL_MICROS = 10 * MICROS_PER_SECOND;
const VALIDATION_MICROS = 15 * MICROS_PER_SECOND;

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

/** Opens the nodes of a replication, those included that are there at t = 0. */
export function openNodes(
  nodes: NodesOptions,
  plan: NodesPlan,
  pods: PodCounts,
  program: ProgramBase,
  replication: number,
  warm: boolean,
): NodePlaces {
  const fleet = new NodeFleet(plan, program.seed, replication);
  for (const type of initialNodes(nodes, plan, pods, warm)) {
    if (warm) fleet.addWarm(type);
    else fleet.launch(type, 0);
  }
  return new NodePlaces(plan, fleet, openAutoscaler(nodes, plan, pods, fleet), {
    seed: program.seed,
    replication,
    windowMicros: program.windowMicros,
    warmupMicros: program.warmupMicros,
  });
}

/** A group's: as told, or what its pods need. Karpenter's: what it would have made. */
function initialNodes(
  nodes: NodesOptions,
  plan: NodesPlan,
  pods: PodCounts,
  warm: boolean,
): readonly number[] {
  if (nodes.type !== 'managedNodeGroup') return nodesFor(warm ? pods.initial : 0, plan.types);
  return Array(groupSizes(nodes, plan.types[0]!.fit, podsAtStart(nodes, pods, warm)).desiredSize).fill(0);
}

/** An autoscaler that starts with the window has brought no nodes for the pods yet. */
export function podsAtStart(nodes: NodeGroupOptions, pods: PodCounts, warm: boolean): PodCounts {
  return warm || nodes.autoscaler === 'none' ? pods : { ...pods, initial: 0 };
}

/**
 * The sizes of a group: as told, or what holds the pods, those at t = 0 and the most that there may be.
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

function openAutoscaler(
  nodes: NodesOptions,
  plan: NodesPlan,
  pods: PodCounts,
  fleet: NodeFleet,
): NodeAutoscaler | null {
  if (nodes.type !== 'managedNodeGroup') return openKarpenter(nodes, fleet);
  if (nodes.autoscaler === 'none') return null;
  const { minSize, maxSize } = groupSizes(nodes, plan.types[0]!.fit, pods);
  return new ClusterAutoscaler(
    {
      minSize,
      maxSize,
      scanMicros: durationMicros(nodes.scanInterval),
      unneededMicros: durationMicros(nodes.scaleDownUnneededTime),
      utilizationThreshold: nodes.scaleDownUtilizationThreshold,
      delayAfterAddMicros: durationMicros(nodes.scaleDownDelayAfterAdd),
    },
    fleet,
    plan.pod,
  );
}

function openKarpenter(nodes: NodePoolOptions, fleet: NodeFleet): Karpenter {
  const orNever = (text: string) => (text === 'Never' ? Number.POSITIVE_INFINITY : durationMicros(text));
  return new Karpenter(
    {
      batch: {
        idleMicros: durationMicros(nodes.batchIdleDuration),
        maxMicros: durationMicros(nodes.batchMaxDuration),
      },
      policy: nodes.consolidationPolicy,
      consolidateAfterMicros: orNever(nodes.consolidateAfter),
      budgets: nodes.budgets.map((budget) => budget.nodes),
      expireAfterMicros: orNever(nodes.expireAfter),
      pollMicros: POLL_MICROS,
      validationMicros: VALIDATION_MICROS,
    },
    fleet,
  );
}
