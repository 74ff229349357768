import type { PriceBook } from '../../billing/index.ts';
import { podsThatFit } from '../../fleet/kubernetes/nodes/plan.ts';
import { formatDuration } from '../../units/duration.ts';
import type { DefaultsContext } from '../platform.ts';
import { knownInstanceType } from '../shared/known-instance-type.ts';
import { workerConcurrency } from '../shared/worker-queue.ts';
import { fargatePodSize, fargatePullMicros } from './fargate.ts';
import { groupSizes, podCounts, podsAtStart } from './node-groups.ts';
import type { NodeGroupOptions, NodesOptions } from './node-options.ts';
import { nodePullMicros, podLimit, roomForPods, typeNames } from './nodes.ts';
import type { EksOptions } from './options.ts';
import { readResources } from './pod-resources.ts';
import { schedulerDefaults } from './scheduler.ts';
import { advisedForAll, areSpot } from './spot.ts';

/** A Deployment whose number of pods at t = 0 is there. */
export type CompleteEksOptions = EksOptions & { readonly replicas: number };

/**
 * Defaults that depend on other keys. A request that is not named is its limit (Kubernetes documentation,
 * "Resource management", 2025); a Deployment without a number is one pod (Kubernetes API, 2025), or as many
 * as its HPA or KEDA hold at least; a node group is as large as its pods need.
 */
export function withDefaults(options: EksOptions, { prices }: DefaultsContext): CompleteEksOptions {
  const complete = {
    ...options,
    resources: withRequests(options.resources),
    replicas: options.replicas ?? options.hpa?.minReplicas ?? options.keda?.minReplicaCount ?? 1,
    concurrency: workerConcurrency(options),
    ...schedulerDefaults(options),
  };
  const { nodes } = options;
  if (nodes.type === 'fargate') {
    const size = fargatePodSize(readResources(options));
    if (size === null) return complete;
    return { ...complete, pull: options.pull ?? formatDuration(fargatePullMicros(options, size)) };
  }
  return {
    ...complete,
    pull: options.pull ?? formatDuration(nodePullMicros(options)),
    nodes: withNodeDefaults(complete, nodes, prices),
  };
}

function withRequests(resources: EksOptions['resources']): EksOptions['resources'] {
  const { limits } = resources;
  if (limits === undefined) return resources;
  const { cpu, memory } = { ...limits, ...resources.requests };
  const requests = {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
  };
  return { ...resources, requests };
}

/** Most pods of a node, where it is one number for all types; of a group, how many nodes there are. */
function withNodeDefaults<Nodes extends NodesOptions>(
  options: CompleteEksOptions,
  nodes: Nodes,
  prices: PriceBook,
): Nodes {
  const limits = typeNames(nodes).map((name) => {
    const type = knownInstanceType(prices, name);
    return type && podLimit(nodes, type);
  });
  const maxPods = limits.every((each) => each === limits[0]) ? limits[0] : undefined;
  const interruptions = areSpot(nodes) ? advisedForAll(typeNames(nodes), prices.region) : undefined;
  const complete = {
    availabilityZones: options.availabilityZones,
    ...(maxPods === undefined ? {} : { maxPods }),
    ...(interruptions === undefined ? {} : { interruptionsPerMonth: interruptions }),
    ...nodes,
  };
  return complete.type === 'managedNodeGroup'
    ? { ...complete, ...sizesOfGroup(options, complete as NodeGroupOptions, prices) }
    : complete;
}

function sizesOfGroup(
  options: CompleteEksOptions,
  nodes: NodeGroupOptions,
  prices: PriceBook,
): Pick<NodeGroupOptions, 'maxSize' | 'desiredSize'> {
  // What several groups have depends on one another.
  if (nodes.groups !== undefined || nodes.instanceType === undefined) return {};
  const type = knownInstanceType(prices, nodes.instanceType);
  const room = type && roomForPods(nodes, type);
  const fit = room == null ? 0 : podsThatFit(room, readResources(options).requests);
  if (fit === 0) return {};
  return groupSizes(nodes, fit, podsAtStart(nodes, podCounts(options), options.start === 'warm'));
}
