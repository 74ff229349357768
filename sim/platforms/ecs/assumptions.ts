import { frontDoorLatency } from '../shared/common-options.ts';
import type { EcsOptions } from './options.ts';

/** Parts of ECS and Fargate that this model leaves out. */
export const notModelled: readonly string[] = [
  'deployments, health checks and tasks that fail to start',
  'availability zones and failures of tasks',
  'quotas of vCPUs',
  'delay of CloudWatch metrics',
  'image registry',
  'CloudWatch Logs',
];

export function assumptionsOf(options: EcsOptions): string[] {
  const sentences = [
    'A vCPU is as fast as a Lambda vCPU of 1,769 MB unless `speed` says otherwise.',
    'Requests in a task share its CPU equally.',
    'A task on Fargate takes 10–20 s to provision, pulls its image at 10 MB/s (32 MB/s with 4 vCPUs), ' +
      'fitted to 57 s for 413 MB (measured 2024-04), and starts its program in 10 s, unless told.',
    'Tasks that do not serve yet are stopped first, then the newest.',
  ];
  if (options.targetTracking !== undefined) {
    sentences.push(
      'Target tracking: high alarm 3 points above the target, low alarm 15 points below 90 % of it ' +
        '(read off published alarms); capacity in proportion to the metric ' +
        '(inferred from "proportional" in the guide of 2023-05).',
    );
  }
  if (options.launchType === 'FARGATE_SPOT') {
    sentences.push(
      'Fargate Spot: AWS publishes no rate of interruptions; 0.05 a month and task are taken unless told. ' +
        'A task serves what it has for the two minutes of notice, and another is launched at once.',
    );
  }
  if (options.soci)
    sentences.push('With a SOCI index an image of 250 MB or more is pulled in a quarter of the time.');
  if (options.frontDoor !== 'none' && frontDoorLatency(options.frontDoor) === '0s') {
    sentences.push('The load balancer adds no latency unless `latency` says so.');
  }
  return sentences;
}
