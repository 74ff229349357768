import type { InstanceType } from '../../billing/index.ts';
import { openDistribution } from '../../distributions/index.ts';
import { allocatableOf, maxPods } from '../../fleet/kubernetes/nodes/allocatable.ts';
import { type NodesPlan, type NodeType, podsThatFit } from '../../fleet/kubernetes/nodes/plan.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { type Path, type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import { cpuMilli, memoryBytes } from '../../units/kubernetes-quantity.ts';
import { sizeBytes } from '../../units/size.ts';
import type { PlatformContext } from '../platform.ts';
import { zoneLetter, zoneProblems } from '../shared/availability-zones.ts';
import { memoryProblem } from '../shared/memory.ts';
import { volumeProblems } from '../shared/volumes.ts';
import { podInterfaces } from './network-cards.ts';
import { groupPath, writtenGroups } from './node-groups.ts';
import type { NodesOptions } from './node-options.ts';
import type { EksOptions } from './options.ts';
import { type PodResources, readResources } from './pod-resources.ts';
import { planScheduler } from './scheduler.ts';
import { areSpot, idleKeyProblems, nodeTimeToNotice, spotProblems } from './spot.ts';

const BYTES_PER_MIB = 1024 ** 2;
const MILLI = 1000;
/** 1 GB takes 60 s cold and 1 s cached, unpacked (aws-samples prefetch-data-to-EKSnodes, 2023, n = 1). */
const PULL_BYTES_PER_SECOND = 17e6;
/** Most pods of a managed node: 110 below 30 vCPUs, else 250 (EKS User Guide, 2024-12). */
const MANAGED_PODS = { small: 110, large: 250, largeVcpus: 30 };
/** Most pods of a node of Auto Mode (EKS User Guide, 2024-12). */
const AUTO_MODE_PODS = 110;

/** Names of the instance types that nodes may be of. */
export function typeNames(nodes: NodesOptions): readonly string[] {
  if (nodes.type !== 'managedNodeGroup') return nodes.instanceTypes;
  return writtenGroups(nodes).map(({ instanceType }) => instanceType);
}

function typePath(nodes: NodesOptions, path: Path, index: number): Path {
  return nodes.type === 'managedNodeGroup'
    ? [...groupPath(nodes, path, index), 'instanceType']
    : [...path, 'nodes', 'instanceTypes', index];
}

/**
 * The nodes in numbers.
 * @param mostPods that there may be at one time
 * @throws ScenarioError for unknown types, and when a pod fits on none of them
 */
export function planNodes(
  options: EksOptions,
  nodes: NodesOptions,
  mostPods: number,
  context: PlatformContext,
): NodesPlan {
  const { path, readFile } = context;
  const resources = readResources(options);
  const zones = nodes.availabilityZones ?? options.availabilityZones;
  const problems = [
    ...idleKeyProblems(nodes, [...path, 'nodes']),
    ...volumeProblems(nodes.ebs, context.prices, [...path, 'nodes', 'ebs']),
    ...zoneProblems(nodes.availabilityZones ?? [], context.prices.region, [
      ...path,
      'nodes',
      'availabilityZones',
    ]),
  ];
  const types = typeNames(nodes).flatMap((name, index) => {
    const found = planType(name, typePath(nodes, path, index), { nodes, options }, context);
    if (Array.isArray(found)) problems.push(...found);
    return Array.isArray(found) ? [] : [found];
  });
  // A group that the pod does not fit on only stays idle: no Cluster Autoscaler grows it for the pod.
  if (problems.length === 0 && types.every((type) => type.fit === 0)) {
    problems.push(noNodeFits(types, resources, typePath(nodes, path, 0)));
  }
  if (problems.length === 0) problems.push(...nodeMemoryProblems(types, resources, context));
  if (problems.length > 0) throw new ScenarioError(problems);
  const fitting = types.filter((type) => type.fit > 0);
  const open = (key: 'pending' | 'boot') => openDistribution(nodes[key], [...path, 'nodes', key], readFile);
  return {
    types: nodes.type === 'managedNodeGroup' ? types : fitting,
    pod: resources.requests,
    scheduler: planScheduler(options),
    ...podCpu(resources, fitting, mostPods),
    zones: zones.map(zoneLetter),
    faults: context.program.faults,
    replacesLost: nodes.type === 'managedNodeGroup',
    isSpot: areSpot(nodes),
    pending: open('pending'),
    boot: open('boot'),
    podStartup: openDistribution(options.podStartup, [...path, 'podStartup'], readFile),
    pull: openDistribution(options.pull!, [...path, 'pull'], readFile),
  };
}

/** Microseconds that a node takes for an image. */
export function nodePullMicros({ imageSize }: EksOptions): number {
  return Math.round((sizeBytes(imageSize) / PULL_BYTES_PER_SECOND) * MICROS_PER_SECOND);
}

function planType(
  name: string,
  path: Path,
  { nodes, options }: { readonly nodes: NodesOptions; readonly options: EksOptions },
  { prices }: PlatformContext,
): NodeType | Problem[] {
  try {
    const type = prices.instanceType(name, path);
    const unknown = spotProblems(nodes, name, prices, path);
    if (unknown.length > 0) return unknown;
    const price = prices.instancePrice(name, areSpot(nodes) ? 'spotLinux' : 'linux', path);
    const capacity = roomForPods(nodes, type);
    if (capacity === null) return [noPodLimit(name, path)];
    const daemons = daemonsOf(nodes);
    const fit = podsThatFit(capacity, readResources(options).requests);
    return {
      name,
      vcpus: type.vcpus,
      memoryBytes: type.memoryMib * BYTES_PER_MIB,
      usdPerHour: Number(price.tiers[0]!.usd),
      capacity,
      daemons,
      fit,
      timeToNotice: nodeTimeToNotice(nodes, name, prices.region),
    };
  } catch (error) {
    if (error instanceof ScenarioError) return [...error.problems];
    throw error;
  }
}

/** Most pods of a node: as told, or as it has addresses for; undefined where its interfaces are not known. */
export function podLimit(nodes: NodesOptions, { name, enis, ipv4PerEni, vcpus }: InstanceType) {
  if (nodes.maxPods !== undefined) return nodes.maxPods;
  const forPods = podInterfaces(nodes, name, enis);
  return forPods === null
    ? undefined
    : cappedPods(nodes, maxPods({ enis: forPods, ipv4PerEni: ipv4PerEni! }), vcpus);
}

/** What pods of the Deployment can have of an empty node; null where nobody knows how many it may have. */
export function roomForPods(nodes: NodesOptions, type: InstanceType): NodeType['capacity'] | null {
  const pods = podLimit(nodes, type);
  if (pods === undefined) return null;
  const daemons = daemonsOf(nodes);
  const { enis, ipv4PerEni } = type;
  const allocatable = allocatableOf({ ...type, enis: enis ?? 0, ipv4PerEni: ipv4PerEni ?? 0 }, pods);
  return {
    cpuMilli: Math.max(0, allocatable.cpuMilli - daemons.cpuMilli),
    memoryBytes: Math.max(0, allocatable.memoryMib * BYTES_PER_MIB - daemons.memoryBytes),
    pods: Math.max(0, allocatable.pods - nodes.daemonSets.pods),
  };
}

function daemonsOf({ daemonSets: { cpu, memory } }: NodesOptions): NodeType['daemons'] {
  return { cpuMilli: cpuMilli(cpu), memoryBytes: memoryBytes(memory) };
}

function cappedPods(nodes: NodesOptions, byAddress: number, vcpus: number): number {
  if (nodes.type === 'karpenter') return byAddress;
  if (nodes.type === 'autoMode') return Math.min(AUTO_MODE_PODS, byAddress);
  return Math.min(vcpus < MANAGED_PODS.largeVcpus ? MANAGED_PODS.small : MANAGED_PODS.large, byAddress);
}

/**
 * A pod can use its limit, or its whole node without one, while its neighbours leave that to it. What it can
 * count on is its part of a node that is full of such pods, or has all that there are, all of them busy.
 */
function podCpu({ limits }: PodResources, types: readonly NodeType[], mostPods: number) {
  const podVcpus = Math.min(
    limits.cpuMilli === null ? Number.POSITIVE_INFINITY : limits.cpuMilli / MILLI,
    Math.max(...types.map((type) => type.vcpus)),
  );
  const sustained = Math.min(
    podVcpus,
    ...types.map((type) => type.vcpus / Math.max(1, Math.min(type.fit, mostPods))),
  );
  return { podVcpus, sustainedShare: sustained / podVcpus };
}

function noNodeFits(types: readonly NodeType[], { requests }: PodResources, path: Path): Problem {
  const largest = types.reduce((a, b) => (b.capacity.cpuMilli > a.capacity.cpuMilli ? b : a));
  const { cpuMilli: cpu, memoryBytes: memory, pods } = largest.capacity;
  const lacks = [
    ...(requests.cpuMilli > cpu ? [`Insufficient cpu (${requests.cpuMilli}m of ${cpu}m)`] : []),
    ...(requests.memoryBytes > memory
      ? [`Insufficient memory (${inMib(requests.memoryBytes)}Mi of ${inMib(memory)}Mi)`]
      : []),
    ...(pods === 0 ? ['Too many pods'] : []),
  ];
  const message = `the pod fits on no node: ${lacks.join(', ')} on an empty ${largest.name}`;
  return problem('pod-fits-no-node', path, message, {
    help: 'choose a larger type or lower the requests; a node keeps a part of itself for the kubelet',
  });
}

/**
 * A program without a memory limit that needs more than a node offers: the kubelet evicts its pod, wherever
 * the scheduler puts it. Beyond a limit it is the kernel that ends it, which is told elsewhere.
 */
function nodeMemoryProblems(
  types: readonly NodeType[],
  { limits }: PodResources,
  { program, path }: PlatformContext,
): Problem[] {
  const fitting = types.filter((type) => type.fit > 0);
  const least = Math.min(...fitting.map((type) => type.capacity.memoryBytes));
  const remedy = 'a pod that uses more than its node has is Evicted (low on memory): take a larger type';
  if (limits.memoryBytes !== null) return [];
  return program.workloads.flatMap((workload) => {
    const where = [...path, 'resources'];
    return memoryProblem(workload, inMib(least), where, remedy) ?? [];
  });
}

function inMib(bytes: number): number {
  return Math.floor(bytes / BYTES_PER_MIB);
}

function noPodLimit(name: string, path: Path): Problem {
  return problem('unknown-max-pods', path, `how many pods a ${name} may have is not known`, {
    help: 'its network interfaces are not listed: set `maxPods`',
  });
}
