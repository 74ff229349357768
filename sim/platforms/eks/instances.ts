import type { TypedSpans } from '../../observe/observation.ts';
import type { PlatformContext } from '../platform.ts';
import { openNodes } from './autoscaling.ts';
import { nodeReadings } from './bill.ts';
import type { Hosting } from './hosting.ts';
import type { NodesOptions } from './node-options.ts';
import { planNodes } from './nodes.ts';
import type { EksOptions } from './options.ts';

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
  const plan = planNodes(options, nodes, context);
  const { podVcpus, sustainedShare } = plan;
  const isWarm = options.start === 'warm';
  return {
    cpu: { vcpus: podVcpus, sustainedShare, sharesHosts: true },
    openPlaces: (replication) => openNodes(nodes, plan, replicas, context.program, replication, isWarm),
    meter: ({ spans }) => nodeReadings(nodes, plan, spans as TypedSpans, context),
    assumptions: [...assumptionsOfNodes(plan), ...assumptionsOfScaling(nodes)],
    notModelled: ['Spot nodes and their interruptions', 'CPU credits of burstable types'],
  };
}

function assumptionsOfNodes({ types, podVcpus }: ReturnType<typeof planNodes>): string[] {
  const fits = types.map(({ name, fit }) => `${fit} on a ${name}`).join(', ');
  return [
    `A node keeps a part of itself for the kubelet and the system; so many pods fit: ${fits}.`,
    `A pod can use ${podVcpus} vCPUs; pods that ask for more than their node has share it equally.`,
    'A pod starts 2 s after it is bound, and the first on a node pulls the image at 17 MB/s ' +
      '(measured 2022 and 2023, n = 1), unless told.',
    'A node takes 25 s from its order to Ready (AL2 with Karpenter, measured 2022-12, n = 1), unless told.',
    'DaemonSets take nothing of a node unless `daemonSets` says so.',
  ];
}

function assumptionsOfScaling({ type }: NodesOptions): string[] {
  if (type === 'karpenter') return ['Karpenter itself runs somewhere that costs nothing here.'];
  if (type !== 'autoMode') return [];
  return ['Auto Mode makes and consolidates nodes as Karpenter does; its fee is 12 % of on-demand.'];
}
