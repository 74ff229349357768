import type { InstanceType } from '../../billing/index.ts';
import type { PlatformContext } from '../platform.ts';
import { assumptionsOfZones } from '../shared/availability-zones.ts';
import { advisedInterruptions, mayBeSpot } from '../shared/purchase.ts';
import { balancerAssumptions } from '../shared/server-front-door.ts';
import { workerQueueAssumptions } from '../shared/worker-queue.ts';
import { creditSpecificationOf } from './cpu-credits.ts';
import type { Ec2Options } from './options.ts';

/** Parts of EC2 and Auto Scaling that this model leaves out. */
export const notModelled: readonly string[] = [
  'changes of Spot prices, and interruptions of many Spot instances at once',
  'failures of running instances, and lifecycle hooks',
  'delay of CloudWatch metrics',
  'CloudWatch Logs',
];

export function assumptionsOf(
  options: Ec2Options,
  type: InstanceType,
  { program, prices }: Pick<PlatformContext, 'program' | 'prices'>,
): string[] {
  const { faults } = program;
  const sentences = [
    'A vCPU is as fast as a Lambda vCPU of 1,769 MB unless `speed` says otherwise.',
    'Requests on an instance share its vCPUs equally.',
  ];
  if (mayBeSpot(options)) sentences.push(spotSentence(options, prices.region));
  if (type.burstable) sentences.push(creditSentence(options));
  if (options.targetTracking !== undefined) {
    sentences.push(
      'Target tracking: high alarm 3 points above the target, low alarm 15 points below 70 % of it ' +
        '(read off published alarms); capacity in proportion to the metric ' +
        '(inferred from "proportional" in the guide of 2023-05).',
      'A new instance is pending for 17 s, boots in 3–9 s (AL2023, measured 2026-01) ' +
        'and starts its program in 10 s, unless told.',
    );
  }
  if (options.scheduled.length > 0) {
    sentences.push('Scheduled actions act exactly at their time; AWS may take up to two minutes more.');
  }
  if (options.predictiveScaling !== undefined) {
    sentences.push(
      'Predictive scaling forecasts the mean of the same hour of past days or weeks of the run, ' +
        'from 24 hours on; how AWS forecasts is not public.',
    );
  }
  if (options.warmPool !== undefined) {
    sentences.push(
      'Starts from a warm pool take 82 % of a new one stopped, 80 % hibernated, 1.87 s running ' +
        '(measured 2026-01, once each), unless told; stopping takes a minute, an assumption.',
    );
  }
  sentences.push(...assumptionsOfZones('the group', options.availabilityZones, faults));
  if (faults.length > 0 || options.startFailureRate > 0) {
    sentences.push(
      'An instance that is lost with its zone is replaced at once, one that fails its start after 60 s.',
    );
  }
  sentences.push(...balancerAssumptions(options.frontDoor), ...workerQueueAssumptions(options, program));
  return sentences;
}

function creditSentence(options: Ec2Options): string {
  switch (creditSpecificationOf(options)) {
    case null:
      return 'This type counts no CPU credits that AWS publishes: it is never throttled and pays no surplus.';
    case 'standard':
      return (
        'CPU credits are counted from t = 0 on; without credits an instance falls to its baseline at once, ' +
        'its requests sharing so many vCPUs.'
      );
    case 'unlimited':
      return (
        'CPU credits are counted from t = 0 on; surplus is charged above 24 hours of earnings, ' +
        'and when an instance ends: what is owed when the window closes is not on the bill.'
      );
  }
}

function spotSentence({ interruptionsPerMonth, instanceType }: Ec2Options, region: string): string {
  const told =
    interruptionsPerMonth === advisedInterruptions(instanceType, region)
      ? `as often as the AWS Spot Instance advisor of 2025-07 says of ${instanceType} at most`
      : 'as often as told';
  return (
    `Spot instances are interrupted ${told}, each at random by itself; ` +
    'each second until then is charged at the mean price of its region, also in the first hour.'
  );
}
