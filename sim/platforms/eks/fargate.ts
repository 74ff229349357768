import { openDistribution } from '../../distributions/index.ts';
import type { FargatePlan } from '../../fleet/containers/fargate-capacity.ts';
import { FargatePlaces } from '../../fleet/kubernetes/pods/fargate-places.ts';
import { openRandom } from '../../kernel/random.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import { readRateFraction } from '../../traffic/rate-fraction.ts';
import { sizeBytes } from '../../units/size.ts';
import type { PlatformContext } from '../platform.ts';
import { zoneLetter } from '../shared/availability-zones.ts';
import { EPHEMERAL_FREE_GIB, fargateReadings } from '../shared/fargate-meter.ts';
import { fargateThroughput } from '../shared/fargate-pull.ts';
import { type FargateSize, roundUpToFargateSize } from '../shared/fargate-sizes.ts';
import { memoryProblem } from '../shared/memory.ts';
import type { Hosting } from './hosting.ts';
import type { FargateOptions } from './node-options.ts';
import type { EksOptions } from './options.ts';
import { type PodResources, readResources } from './pod-resources.ts';

const MILLI = 1000;
const CPU_UNITS_PER_VCPU = 1024;
const BYTES_PER_MIB = 1024 ** 2;
/** A Deployment has no pace of its own, as a service of ECS has. */
const NO_PACE = { count: 1, perMicros: 0 };
/** Memory that Kubernetes takes of every pod (EKS User Guide, "Fargate pod configuration", 2024-12). */
const OVERHEAD_MIB = 256;

/**
 * The size that a pod is given and billed as: its requests, 256 MB more memory, rounded up to a size that
 * Fargate has; without requests the smallest. (EKS User Guide, "Fargate pod configuration", 2024-12.)
 * @returns null when no size is large enough
 */
export function fargatePodSize({ requests }: PodResources): FargateSize | null {
  return roundUpToFargateSize({
    cpu: (requests.cpuMilli * CPU_UNITS_PER_VCPU) / MILLI,
    memory: requests.memoryBytes / BYTES_PER_MIB + OVERHEAD_MIB,
  });
}

/** @throws ScenarioError when no size is large enough for the pod */
export function planFargate(options: EksOptions, nodes: FargateOptions, context: PlatformContext): Hosting {
  const { program, path, prices } = context;
  const resources = readResources(options);
  const size = fargatePodSize(resources);
  if (size === null) {
    const help = 'the largest has 32 vCPUs and 244 GB, of which 256 MB are kept for Kubernetes';
    const message = 'the pod fits on no node: it requests more than the largest size of Fargate';
    throw new ScenarioError([problem('pod-fits-no-node', [...path, 'resources'], message, { help })]);
  }
  const tooLarge = fargateMemoryProblems(resources, size, context);
  if (tooLarge.length > 0) throw new ScenarioError(tooLarge);
  const task = {
    ...size,
    architecture: 'x86_64' as const,
    windows: false,
    spot: false,
    ephemeralGib: EPHEMERAL_FREE_GIB,
    publicIpv4: false,
  };
  prices.price('fargate.vcpu.x86', [...path, 'nodes', 'type']);
  const plan = planLaunch(options, nodes, context);
  const open = (replication: number, purpose: string) => openRandom(program.seed, replication, purpose);
  const vcpus = size.cpu / CPU_UNITS_PER_VCPU;
  const limit = resources.limits.cpuMilli ?? Number.POSITIVE_INFINITY;
  return {
    cpu: { vcpus: Math.min(vcpus, limit / MILLI) },
    mostPods: Number.POSITIVE_INFINITY,
    openPlaces: (replication) =>
      new FargatePlaces(plan, {
        provisioning: open(replication, 'provisioning'),
        pull: open(replication, 'pull'),
      }),
    meter: ({ spans }) => fargateReadings(task, spans, program),
    assumptions: [
      `A pod is given ${vcpus} vCPUs and ${size.memory / 1024} GB: its requests and 256 MB, rounded up.`,
      'Fargate pulls the whole image for every pod, at the speed measured for ECS (2024-04), unless told.',
      'A Fargate pod waits 40–50 s for its machine: the first of a mass launch was there after a minute ' +
        '(measured 2022-04, one run), unless told.',
      'Pods on Fargate live in private subnets: what they need of a NAT gateway is told as `natGateway`.',
    ],
    notModelled: ['Jobs on Fargate: their completed pods bill until they are deleted'],
  };
}

/** A program without a limit of memory that needs more than its machine has, less what Kubernetes takes. */
function fargateMemoryProblems(
  { limits }: PodResources,
  size: FargateSize,
  { program, path }: PlatformContext,
): Problem[] {
  if (limits.memoryBytes !== null) return [];
  const remedy =
    'the pod would be OOMKilled: request {needsMib}Mi or more, and Fargate gives it a larger size';
  return program.workloads.flatMap(
    (workload) => memoryProblem(workload, size.memory - OVERHEAD_MIB, [...path, 'resources'], remedy) ?? [],
  );
}

function planLaunch(
  options: EksOptions,
  { provisioning, launchRate }: FargateOptions,
  { path, readFile, program }: PlatformContext,
): FargatePlan {
  return {
    launchRate: {
      burst: launchRate.burstLimit,
      refill: readRateFraction(launchRate.rateLimit),
      perService: NO_PACE,
    },
    zones: options.availabilityZones.map(zoneLetter),
    faults: program.faults,
    provisioning: openDistribution(provisioning, [...path, 'nodes', 'provisioning'], readFile),
    pull: openDistribution(options.pull!, [...path, 'pull'], readFile),
  };
}

/** Microseconds that Fargate takes for an image, which it pulls for every pod. */
export function fargatePullMicros({ imageSize }: EksOptions, { cpu }: FargateSize): number {
  const bytesPerSecond = fargateThroughput(cpu / CPU_UNITS_PER_VCPU);
  return Math.round((sizeBytes(imageSize) / bytesPerSecond) * MICROS_PER_SECOND);
}
