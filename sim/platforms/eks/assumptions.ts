import { frontDoorLatency } from '../shared/common-options.ts';
import type { Hosting } from './hosting.ts';
import type { EksOptions } from './options.ts';

/** Parts of EKS and Kubernetes that this model leaves out. */
export const notModelled: readonly string[] = [
  'hybrid nodes and provisioned control planes',
  'KEDA and scaling to zero pods',
  'pods of other Deployments, system pods and their requests; Jobs',
  'zones that fail, taints, affinities, priorities and PodDisruptionBudgets',
  'CloudWatch Logs and Container Insights',
];

export function assumptionsOf(options: EksOptions, hosting: Hosting): string[] {
  const sentences = [
    'A vCPU is as fast as a Lambda vCPU of 1,769 MB unless `speed` says otherwise.',
    ...hosting.assumptions,
  ];
  if (options.hpa !== undefined) {
    sentences.push(
      'The HPA synchronises every 15 s and reads means of the 15 s before, as the metrics-server has them.',
    );
  }
  if (options.frontDoor !== 'none' && frontDoorLatency(options.frontDoor) === '0s') {
    sentences.push('The load balancer adds no latency unless `latency` says so.');
  }
  return sentences;
}
