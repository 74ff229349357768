import type { NodesPlan } from '../../fleet/kubernetes/nodes/plan.ts';
import type { TypedSpans } from '../../observe/observation.ts';
import type { WorkloadPlan } from '../../workload/workload.ts';
import type { PlatformContext } from '../platform.ts';
import { openNodes } from './autoscaling.ts';
import { nodeReadings } from './bill.ts';
import type { Hosting } from './hosting.ts';
import { groupLimits, initialSizes, type PodCounts, podCounts } from './node-groups.ts';
import type { NodesOptions } from './node-options.ts';
import { planNodes, typeNames } from './nodes.ts';
import type { EksOptions } from './options.ts';
import { advisedForAll, areSpot } from './spot.ts';

/**
 * Pods on nodes that are instances.
 * @throws ScenarioError for unknown types, and when a pod fits on none of them
 */
export function planInstances(
  options: EksOptions,
  nodes: NodesOptions,
  replicas: number,
  context: PlatformContext,
): Hosting {
  const { program } = context;
  const pods = podCounts({ ...options, replicas });
  const plan = planNodes(options, nodes, pods.most, context);
  const { podVcpus, sustainedShare } = plan;
  const isWarm = options.start === 'warm';
  const { most } = pods;
  const mostPods = mostPodsOf(nodes, plan, pods);
  return {
    cpu: { vcpus: podVcpus, sustainedShare, sharesHosts: true },
    mostPods,
    openPlaces: (replication) => openNodes(nodes, plan, pods, program, replication, isWarm),
    meter: ({ spans }) => nodeReadings(nodes, plan, spans as TypedSpans, context),
    assumptions: [
      ...assumptionsOfNodes(plan),
      ...assumptionsOfMemory(plan, program.workloads),
      ...assumptionsOfRoom(mostPods, most),
      ...assumptionsOfScaling(nodes),
      ...assumptionsOfSpot(nodes, context.prices.region),
    ],
    notModelled: [
      'CPU credits of burstable types',
      ...(areSpot(nodes)
        ? ['changes of Spot prices, missing Spot capacity, and interruptions of many nodes at once']
        : []),
    ],
  };
}

/** A node group is full one day; Karpenter has no limit here. */
function mostPodsOf(nodes: NodesOptions, plan: NodesPlan, pods: PodCounts): number {
  if (nodes.type !== 'managedNodeGroup') return Number.POSITIVE_INFINITY;
  const limits = groupLimits(nodes, plan, pods).map(({ maxSize }) => maxSize);
  const sizes = nodes.autoscaler === 'none' ? initialSizes(nodes, plan, pods) : limits;
  return sizes.reduce((sum, size, group) => sum + size * plan.types[group]!.fit, 0);
}

function assumptionsOfRoom(mostPods: number, replicas: number): string[] {
  if (replicas <= mostPods) return [];
  return [`The nodes hold ${mostPods} pods at most: of ${replicas} the others stay pending.`];
}

/** Requests may promise more memory than there is: the scheduler counts them, the kubelet what is used. */
function assumptionsOfMemory({ types }: NodesPlan, workloads: readonly WorkloadPlan[]): string[] {
  const needs = Math.max(0, ...workloads.map((workload) => workload.memoryBytes));
  return types
    .filter(({ fit, capacity }) => fit * needs > capacity.memoryBytes)
    .map(
      ({ fit, name }) =>
        `${fit} pods fit on a ${name} by their requests and need more memory than it has: ` +
        'the kubelet would evict some, which is not followed; request what they need.',
    );
}

function assumptionsOfNodes({ types, podVcpus }: NodesPlan): string[] {
  const fits = types.map(({ name, fit }) => `${fit} on a ${name}`).join(', ');
  return [
    `A node keeps a part of itself for the kubelet and the system; so many pods fit: ${fits}.`,
    `A pod can use ${podVcpus} ${podVcpus === 1 ? 'vCPU' : 'vCPUs'}; ` +
      'pods that ask for more than their node has share it equally.',
    'A pod starts 2 s after it is bound, and the first on a node pulls the image at 17 MB/s ' +
      '(measured 2022 and 2023, n = 1), unless told.',
    'A node takes 25 s from its order to Ready (AL2 with Karpenter, measured 2022-12, n = 1), unless told.',
    'DaemonSets take nothing of a node unless `daemonSets` says so.',
  ];
}

function assumptionsOfSpot(nodes: NodesOptions, region: string): string[] {
  if (!areSpot(nodes)) return [];
  const told =
    nodes.interruptionsPerMonth === advisedForAll(typeNames(nodes), region)
      ? 'as often as the AWS Spot Instance advisor of 2025-07 says of their types at most'
      : 'as often as told';
  return [
    `Spot nodes are interrupted ${told}, each at random by itself. At the notice, two minutes before, the ` +
      'pods of a node are evicted at once, ' +
      (nodes.type === 'managedNodeGroup'
        ? 'and the group orders another node.'
        : 'and Karpenter makes nodes for those that fit nowhere; it ends the node when it is empty.'),
  ];
}

function assumptionsOfScaling({ type }: NodesOptions): string[] {
  if (type === 'karpenter') return ['Karpenter itself runs somewhere that costs nothing here.'];
  if (type !== 'autoMode') return [];
  return ['Auto Mode makes and consolidates nodes as Karpenter does; its fee is 12 % of on-demand.'];
}
