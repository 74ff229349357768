import { ClusterAutoscaler } from '../../fleet/kubernetes/cluster-autoscaler/cluster-autoscaler.ts';
import { Karpenter } from '../../fleet/kubernetes/karpenter/karpenter.ts';
import { nodesFor } from '../../fleet/kubernetes/karpenter/provisioning.ts';
import type { NodeAutoscaler } from '../../fleet/kubernetes/nodes/node-autoscaler.ts';
import { NodeFleet } from '../../fleet/kubernetes/nodes/node-fleet.ts';
import { NodePlaces } from '../../fleet/kubernetes/nodes/node-places.ts';
import type { NodesPlan } from '../../fleet/kubernetes/nodes/plan.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { durationMicros } from '../../units/duration.ts';
import type { ProgramBase } from '../../workload/program.ts';
import { groupLimits, initialSizes, type PodCounts, podsAtStart } from './node-groups.ts';
import type { NodePoolOptions, NodesOptions } from './node-options.ts';

/** karpenter-core, the disruption controller's poll and its validation (2026-08-20). */
const POLL_MICROS = 10 * MICROS_PER_SECOND;
const VALIDATION_MICROS = 15 * MICROS_PER_SECOND;

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
  const draw = openRandom(program.seed, replication, 'expander');
  return new NodePlaces(plan, fleet, openAutoscaler(nodes, plan, pods, fleet, draw), {
    seed: program.seed,
    replication,
    windowMicros: program.windowMicros,
    warmupMicros: program.warmupMicros,
  });
}

/** Of groups: as told, or what the pods need. Karpenter's: what it would have made. */
function initialNodes(
  nodes: NodesOptions,
  plan: NodesPlan,
  pods: PodCounts,
  warm: boolean,
): readonly number[] {
  if (nodes.type !== 'managedNodeGroup') return nodesFor(warm ? pods.initial : 0, plan.types);
  const sizes = initialSizes(nodes, plan, podsAtStart(nodes, pods, warm));
  return sizes.flatMap((size, group) => Array<number>(size).fill(group));
}

function openAutoscaler(
  nodes: NodesOptions,
  plan: NodesPlan,
  pods: PodCounts,
  fleet: NodeFleet,
  draw: Random,
): NodeAutoscaler | null {
  if (nodes.type !== 'managedNodeGroup') return openKarpenter(nodes, fleet);
  if (nodes.autoscaler === 'none') return null;
  return new ClusterAutoscaler(
    {
      groups: groupLimits(nodes, plan, pods),
      expander: nodes.expander,
      scanMicros: durationMicros(nodes.scanInterval),
      unneededMicros: durationMicros(nodes.scaleDownUnneededTime),
      utilizationThreshold: nodes.scaleDownUtilizationThreshold,
      delayAfterAddMicros: durationMicros(nodes.scaleDownDelayAfterAdd),
    },
    fleet,
    plan.pod,
    draw,
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
