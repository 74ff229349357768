import { type MeterReading, ratio } from '../../billing/index.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation, WorkerSpans } from '../../observe/observation.ts';
import type { PlatformContext } from '../platform.ts';
import { EPHEMERAL_FREE_GIB, type FargateTask, fargateReadings } from '../shared/fargate-meter.ts';
import { billedTime, egressReadings, ofHosts, timeReading } from '../shared/meters.ts';
import { serverNetworkReadings } from '../shared/network.ts';
import { instanceReadings, mayBeSpot } from '../shared/purchase.ts';
import { serverFrontDoorReadings } from '../shared/server-front-door.ts';
import { volumeReadings } from '../shared/volumes.ts';
import type { CapacityProviderOptions } from './cluster-options.ts';
import type { EcsOptions } from './options.ts';

/** Every start costs a minute (EC2 User Guide, instance lifecycle; EC2 On-Demand pricing, 2025-26). */
const HOST_MINIMUM_MICROS = 60 * MICROS_PER_SECOND;

/** What decides the price of the service's tasks on Fargate. */
export function fargateTask(options: EcsOptions): FargateTask {
  const { ephemeralStorage = EPHEMERAL_FREE_GIB } = options;
  return {
    cpu: options.cpu,
    memory: options.memory,
    architecture: options.architectures![0]!,
    windows: options.operatingSystem === 'windows',
    spot: options.launchType === 'FARGATE_SPOT',
    ephemeralGib: typeof ephemeralStorage === 'number' ? ephemeralStorage : ephemeralStorage.sizeInGiB,
    publicIpv4: options.publicIpv4,
  };
}

/** What the meters counted: tasks or hosts by the second, and what is around them. ECS itself is free. */
export function meterEcs(
  options: EcsOptions,
  observation: Observation,
  context: PlatformContext,
): MeterReading[] {
  const { program, prices } = context;
  const { launchType, capacityProvider } = options;
  const readings =
    launchType === 'EC2'
      ? hostReadings(options, capacityProvider!, observation, context)
      : fargateReadings(fargateTask(options), observation.spans, program);
  readings.push(...serverFrontDoorReadings(options.frontDoor, observation, program, prices));
  readings.push(...serverNetworkReadings(options, observation, program));
  return [...readings, ...egressReadings(observation, program)];
}

/** Hosts are EC2 instances, and what hangs on them for as long as they run. */
function hostReadings(
  { publicIpv4 }: EcsOptions,
  provider: CapacityProviderOptions,
  { spans }: Observation,
  { program, prices }: PlatformContext,
): MeterReading[] {
  const { instanceType, ebs } = provider;
  const timeOf = (some: WorkerSpans) => billedTime(some, program, HOST_MINIMUM_MICROS);
  const time = timeOf(spans);
  const onDemand = prices.instancePrice(instanceType, 'linux');
  const spot = mayBeSpot(provider) ? prices.instancePrice(instanceType, 'spotLinux') : null;
  const months = time.hours.div(ratio(program.billing.monthMicros, MICROS_PER_HOUR));
  return [
    ...ofHosts(instanceReadings({ onDemand, spot }, spans, timeOf)),
    ...volumeReadings(ebs, months),
    ...(publicIpv4 ? [timeReading('vpc.public-ipv4', time)] : []),
  ];
}
