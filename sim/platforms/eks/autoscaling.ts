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

/** karpenter-core, the disruption controller's poll and its validation (2026-08-20). */
const POLL_MICROS = 10 * MICROS_PER_SECOND;
const VALIDATION_MICROS = 15 * MICROS_PER_SECOND;

/** Opens the nodes of a replication, those included that are there at t = 0. */
export function openNodes(
  nodes: NodesOptions,
  plan: NodesPlan,
  replicas: number,
  program: ProgramBase,
  replication: number,
  warm: boolean,
): NodePlaces {
  const fleet = new NodeFleet(plan, program.seed, replication);
  for (const type of initialNodes(nodes, plan, warm ? replicas : 0)) {
    if (warm) fleet.addWarm(type);
    else fleet.launch(type, 0);
  }
  return new NodePlaces(plan, fleet, openAutoscaler(nodes, plan, fleet), {
    seed: program.seed,
    replication,
    windowMicros: program.windowMicros,
    warmupMicros: program.warmupMicros,
  });
}

/** A group's: what its pods need, within its limits, or as told. Karpenter's: what it would have made. */
function initialNodes(nodes: NodesOptions, plan: NodesPlan, replicas: number): readonly number[] {
  if (nodes.type !== 'managedNodeGroup') return nodesFor(replicas, plan.types);
  const { minSize, maxSize } = groupLimits(nodes);
  const needed = nodes.autoscaler === 'none' ? 0 : Math.ceil(replicas / plan.types[0]!.fit);
  const wanted = nodes.desiredSize ?? Math.max(minSize, needed);
  return Array(Math.max(minSize, Math.min(maxSize, wanted))).fill(0);
}

/** The fewest and the most nodes of a group. */
export function groupLimits({ minSize, maxSize, desiredSize }: NodeGroupOptions) {
  return { minSize, maxSize: maxSize ?? Math.max(1, minSize, desiredSize ?? 0) };
}

function openAutoscaler(nodes: NodesOptions, plan: NodesPlan, fleet: NodeFleet): NodeAutoscaler | null {
  if (nodes.type !== 'managedNodeGroup') return openKarpenter(nodes, fleet);
  if (nodes.autoscaler === 'none') return null;
  const limits = groupLimits(nodes);
  return new ClusterAutoscaler(
    {
      ...limits,
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
