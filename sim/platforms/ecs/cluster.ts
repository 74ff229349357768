import type { InstanceType } from '../../billing/index.ts';
import { openDistribution } from '../../distributions/index.ts';
import { deploymentBounds } from '../../fleet/containers/deployment.ts';
import type { ClusterPlan } from '../../fleet/containers/host-capacity.ts';
import { type PlacementRules, tasksPerHost } from '../../fleet/containers/placement.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { readRateFraction } from '../../traffic/rate-fraction.ts';
import { durationMicros } from '../../units/duration.ts';
import { sizeBytes } from '../../units/size.ts';
import type { PlatformContext } from '../platform.ts';
import { zoneLetter } from '../shared/availability-zones.ts';
import { advisedInterruptions, planPurchase } from '../shared/purchase.ts';
import { type CapacityProviderOptions, HOSTS_MAX } from './cluster-options.ts';
import type { CompleteEcsOptions } from './defaults.ts';
import { capacityOf } from './group.ts';
import type { EcsOptions } from './options.ts';

const CPU_UNITS_PER_VCPU = 1_024;
/**
 * Bytes of an image that a host pulls and unpacks in a second: 1 GB in 60 s (aws-samples, "prefetch data to
 * EKS nodes", 2023, n = 1). Uncertain.
 */
const PULL_BYTES_PER_SECOND = 17e6;
/** A container whose image is on the host starts in 1–5 s (containers-roadmap issue 696, 2022-01). */
const CONTAINER_START = { distribution: 'uniform', min: '1s', max: '5s' } as const;

/**
 * What a host registers with the cluster. Of its memory the operating system keeps a part: an m4.large of
 * 8,192 MiB registers 7,985 (Amazon ECS Developer Guide, "Container instance memory management", 2023-05);
 * taken to be that share of every type.
 */
export function registeredSize({ vcpus, memoryMib }: InstanceType) {
  return { cpu: vcpus * CPU_UNITS_PER_VCPU, memory: Math.floor((memoryMib * 7_985) / 8_192) };
}

/** The zones of the Auto Scaling group: the service's, unless it has its own. */
export function zonesOfHosts(
  { availabilityZones }: EcsOptions,
  provider: CapacityProviderOptions,
): readonly string[] {
  return provider.availabilityZones ?? availabilityZones;
}

/** Of a Spot host a month, as told or by its type; undefined where nobody knows. */
export function interruptionsOf(provider: CapacityProviderOptions, region: string): number | undefined {
  return provider.interruptionsPerMonth ?? advisedInterruptions(provider.instanceType, region);
}

/** Where tasks go: spread over zones unless told, as services do (same guide). */
export function placementRules(options: EcsOptions): PlacementRules {
  return {
    strategies: options.placementStrategy ?? [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
    constraints: options.placementConstraints ?? [],
  };
}

/** The cluster in numbers. */
export function planCluster(
  options: CompleteEcsOptions,
  provider: CapacityProviderOptions,
  context: PlatformContext,
): ClusterPlan {
  const { program, prices, path, readFile } = context;
  const type = prices.instanceType(provider.instanceType);
  const place = [...path, 'capacityProvider'];
  return {
    program,
    host: {
      vcpus: type.vcpus,
      registered: registeredSize(type),
      zones: zonesOfHosts(options, provider).map(zoneLetter),
      faults: program.faults,
      purchase: planPurchase(provider),
      drainsAtNotice: provider.enableSpotInstanceDraining,
      pending: openDistribution(provider.pending, [...place, 'pending'], readFile),
      boot: openDistribution(provider.boot, [...place, 'boot'], readFile),
    },
    task: { cpu: options.cpu, memory: options.memory },
    taskVcpus: taskCpu(options, context).vcpus,
    rules: placementRules(options),
    launchRate: {
      burst: Number.POSITIVE_INFINITY,
      refill: { count: 1, perMicros: 1 },
      perService: readRateFraction(options.launchRate.perService),
    },
    scaling: {
      minSize: provider.minSize,
      maxSize: provider.maxSize!,
      targetCapacity: provider.targetCapacity,
      minimumScalingStepSize: provider.minimumScalingStepSize,
      maximumScalingStepSize: provider.maximumScalingStepSize,
      instanceWarmupMicros: durationMicros(provider.instanceWarmupPeriod),
    },
    warmTasks: options.start === 'warm' ? options.desiredCount : null,
    pull: openDistribution(options.pull, [...path, 'pull'], readFile),
    containerStart: openDistribution(CONTAINER_START, path, readFile),
  };
}

/**
 * What a task can use. A task's `cpu` is its hard limit unless the agents do not hold it to that
 * (ECS_ENABLE_TASK_CPU_MEM_LIMIT, by default true): then it may use what is idle on its host, and of a busy
 * host it has its share, which is the same for all tasks of a service: of those that a host has room for,
 * or of all that there are.
 * (Amazon ECS Developer Guide, task definition parameters and agent configuration, 2023-05.)
 */
export function taskCpu(options: EcsOptions, { prices }: PlatformContext) {
  const reservedVcpus = options.cpu / CPU_UNITS_PER_VCPU;
  const provider = options.launchType === 'EC2' ? options.capacityProvider : undefined;
  if (provider === undefined || provider.enableTaskCpuMemLimit) return { vcpus: reservedVcpus };
  const type = prices.instanceType(provider.instanceType);
  const perHost = tasksPerHost(registeredSize(type), options, placementRules(options));
  const { vcpus } = type;
  return {
    vcpus,
    reservedVcpus,
    sharesHosts: true,
    sustainedShare: 1 / Math.max(1, Math.min(perHost, tasksAtMost(options))),
  };
}

/** Hosts for the most tasks that the service may have, at the target capacity; as many as may be at most. */
export function hostsAtMost(
  options: EcsOptions,
  { targetCapacity }: CapacityProviderOptions,
  type: InstanceType,
): number {
  const perHost = tasksPerHost(registeredSize(type), options, placementRules(options));
  const needed = Math.ceil(tasksAtMost(options) / Math.max(1, perHost));
  return Math.min(HOSTS_MAX, Math.max(1, Math.ceil((needed * 100) / targetCapacity - 1e-9)));
}

/** The most tasks that the service may have: old and new ones together during a rolling update. */
function tasksAtMost(options: EcsOptions): number {
  const { max } = capacityOf(options);
  const most = options.scheduled.reduce((top, action) => Math.max(top, action.maxCapacity ?? 0), max);
  return options.deployments.length === 0
    ? most
    : deploymentBounds(most, options.deploymentConfiguration).most;
}

/** Says so when the hosts, of which there may be no more, have no room for all tasks. */
export function assumptionsOfRoom(options: EcsOptions, { prices }: PlatformContext): string[] {
  const { maxSize = HOSTS_MAX, instanceType } = options.capacityProvider!;
  const size = registeredSize(prices.instanceType(instanceType));
  const room = maxSize * tasksPerHost(size, options, placementRules(options));
  const most = tasksAtMost(options);
  if (most <= room) return [];
  const during = options.deployments.length === 0 ? '' : ', old and new ones of an update together,';
  return [`The hosts hold ${room} tasks at most: of ${most}${during} the others wait for room.`];
}

/** Microseconds that a host takes for an image. */
export function hostPullMicros({ imageSize }: EcsOptions): number {
  return Math.round((sizeBytes(imageSize) / PULL_BYTES_PER_SECOND) * MICROS_PER_SECOND);
}
