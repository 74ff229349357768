import type { MeterReading } from '../../billing/index.ts';
import type { Observation } from '../../observe/observation.ts';
import type { PlatformContext } from '../platform.ts';
import { albOf } from '../shared/common-options.ts';
import { EPHEMERAL_FREE_GIB, type FargateTask, fargateReadings } from '../shared/fargate-meter.ts';
import { albReadings, egressReadings } from '../shared/meters.ts';
import { serverNetworkReadings } from '../shared/network.ts';
import type { EcsOptions } from './options.ts';

/** What decides the price of the service's tasks on Fargate. */
export function fargateTask(options: EcsOptions): FargateTask {
  const { ephemeralStorage = EPHEMERAL_FREE_GIB } = options;
  return {
    cpu: options.cpu,
    memory: options.memory,
    architecture: options.architectures[0]!,
    windows: options.operatingSystem === 'windows',
    spot: options.launchType === 'FARGATE_SPOT',
    ephemeralGib: typeof ephemeralStorage === 'number' ? ephemeralStorage : ephemeralStorage.sizeInGiB,
    publicIpv4: options.publicIpv4,
  };
}

/** What the meters counted: tasks by the second, and the load balancer in front. ECS itself is free. */
export function meterEcs(
  options: EcsOptions,
  observation: Observation,
  { program }: PlatformContext,
): MeterReading[] {
  const readings = fargateReadings(fargateTask(options), observation.spans, program);
  const alb = albOf(options.frontDoor);
  if (alb !== null) readings.push(...albReadings(alb, observation, program, false));
  readings.push(...serverNetworkReadings(options, observation, program));
  return [...readings, ...egressReadings(observation, program)];
}
