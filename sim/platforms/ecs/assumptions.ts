import type { ProgramBase } from '../../workload/program.ts';
import type { PlatformContext } from '../platform.ts';
import { assumptionsOfZones } from '../shared/availability-zones.ts';
import { advisedInterruptions, mayBeSpot } from '../shared/purchase.ts';
import { balancerAssumptions } from '../shared/server-front-door.ts';
import { workerQueueAssumptions } from '../shared/worker-queue.ts';
import { zonesOfHosts } from './cluster.ts';
import type { EcsOptions } from './options.ts';

/** Parts of ECS, Fargate and hosts that this model leaves out. */
export function notModelledOf({ launchType }: EcsOptions): readonly string[] {
  return launchType === 'EC2' ? [...notModelled, 'CPU credits of burstable types'] : notModelled;
}

const notModelled: readonly string[] = [
  'health checks and alarms that fail a deployment',
  'failures of hosts and tasks by themselves',
  'Availability Zone rebalancing of tasks and hosts when a zone is back',
  'quotas of vCPUs and of network interfaces',
  'daemons, Windows hosts, changes of Spot prices and missing Spot capacity',
  'Managed Instances (their fee is 12 % of on-demand)',
  'delay of CloudWatch metrics',
  'image registry',
  'CloudWatch Logs',
];

export function assumptionsOf(
  options: EcsOptions,
  { program, prices }: Pick<PlatformContext, 'program' | 'prices'>,
): string[] {
  return [
    'A vCPU is as fast as a Lambda vCPU of 1,769 MB unless `speed` says otherwise.',
    options.capacityProvider?.enableTaskCpuMemLimit === false
      ? 'Tasks share the CPU of their host; requests in a task share its part equally.'
      : 'Requests in a task share its CPU equally, and have no more than it.',
    ...(options.launchType === 'EC2'
      ? [...onHosts, ...spotHosts(options, prices.region)]
      : onFargate(options)),
    ...scaling(options),
    ...(options.deployments.some(({ failureRate }) => failureRate > 0) ? onFailures : []),
    ...losses(options, program),
    ...balancerAssumptions(options.frontDoor),
    ...workerQueueAssumptions(options, program),
  ];
}

const onHosts = [
  'A host registers 97.5 % of the memory of its type (as an m4.large does), and boots in 15–45 s ' +
    'after 17 s pending, unless told.',
  'Managed termination protection is on: only hosts without a task are terminated. From no host at all the ' +
    'first step is two hosts (inferred from the metric of 200).',
  'A host pulls an image at 17 MB/s, once; a container whose image is there starts in 1–5 s.',
  'Tasks have no network interface of their own: how many a host can have is no limit.',
];

const onFailures = [
  'Tasks that never reach RUNNING are tried again after 10 s, then twice as long each time, 27 minutes at ' +
    'most (the limit is published, the steps are not); those that ended after it at once.',
  'A deployment that failed without a rollback launches nothing more; old tasks serve on.',
];

function spotHosts({ capacityProvider }: EcsOptions, region: string): string[] {
  if (capacityProvider === undefined || !mayBeSpot(capacityProvider)) return [];
  const { interruptionsPerMonth, instanceType, enableSpotInstanceDraining } = capacityProvider;
  const told =
    interruptionsPerMonth === advisedInterruptions(instanceType, region)
      ? `as often as the AWS Spot Instance advisor of 2025-07 says of ${instanceType} at most`
      : 'as often as told';
  return [
    `Spot hosts are interrupted ${told}, each at random by itself; ` +
      (enableSpotInstanceDraining
        ? 'at the notice, two minutes before, their tasks begin to stop and others are ordered at once.'
        : 'their tasks serve on until they are taken, and are lost with what they hold.'),
  ];
}

function losses(options: EcsOptions, { faults }: ProgramBase): string[] {
  if (faults.length === 0) return [];
  const { capacityProvider } = options;
  const zones =
    capacityProvider === undefined ? options.availabilityZones : zonesOfHosts(options, capacityProvider);
  return [
    ...assumptionsOfZones('the service', zones, faults),
    'What is lost with its zone is replaced at once in another; what runs elsewhere stays there when the ' +
      'zone is back.',
  ];
}

function onFargate({ launchType, soci }: EcsOptions): string[] {
  const sentences = [
    'A task on Fargate takes 10–20 s to provision, pulls its image at 10 MB/s (32 MB/s with 4 vCPUs), ' +
      'fitted to 57 s for 413 MB (measured 2024-04), and starts its program in 10 s, unless told.',
    'Tasks that do not serve yet are stopped first, then those of the zone with most, of these the newest.',
  ];
  if (launchType === 'FARGATE_SPOT') {
    sentences.push(
      'Fargate Spot: AWS publishes no rate of interruptions; 0.05 a month and task are taken unless told. ' +
        'A task serves what it has for the two minutes of notice, and another is launched at once.',
    );
  }
  if (soci) {
    sentences.push('With a SOCI index an image of 250 MB or more is pulled in a quarter of the time.');
  }
  return sentences;
}

function scaling({ targetTracking, stepScaling }: EcsOptions): string[] {
  const cooldown =
    'During the cooldown of a scale-out a larger one adds the difference; ' +
    'adjustments count from the tasks that run.';
  if (targetTracking === undefined) return stepScaling.length === 0 ? [] : [cooldown];
  return [
    'Target tracking: high alarm 3 points above the target, low alarm 15 points below 90 % of it ' +
      '(read off published alarms); capacity in proportion to the metric ' +
      '(inferred from "proportional" in the guide of 2023-05).',
    cooldown,
  ];
}
