import type { NodesPlan } from '../../fleet/kubernetes/nodes/plan.ts';
import { frontDoorLatency } from '../shared/common-options.ts';
import type { EksOptions } from './options.ts';

/** Parts of EKS and Kubernetes that this model leaves out. */
export const notModelled: readonly string[] = [
  'EKS on Fargate, hybrid nodes and provisioned control planes',
  'Spot nodes and their interruptions',
  'KEDA and scaling to zero pods',
  'pods of other Deployments, system pods and their requests',
  'CPU credits of burstable types',
  'zones that fail, taints, affinities, priorities and PodDisruptionBudgets',
  'CloudWatch Logs and Container Insights',
];

export function assumptionsOf(options: EksOptions, { types, podVcpus }: NodesPlan): string[] {
  const { nodes } = options;
  const fits = types.map(({ name, fit }) => `${fit} on a ${name}`).join(', ');
  const sentences = [
    'A vCPU is as fast as a Lambda vCPU of 1,769 MB unless `speed` says otherwise.',
    `A node keeps a part of itself for the kubelet and the system; so many pods fit: ${fits}.`,
    `A pod can use ${podVcpus} vCPUs; pods that ask for more than their node has share it equally.`,
    'A pod starts 2 s after it is bound, and the first on a node pulls the image at 17 MB/s ' +
      '(measured 2022 and 2023, n = 1), unless told.',
    'A node takes 25 s from its order to Ready (AL2 with Karpenter, measured 2022-12, n = 1), unless told.',
    'DaemonSets take nothing of a node unless `daemonSets` says so.',
  ];
  if (options.hpa !== undefined) {
    sentences.push(
      'The HPA synchronises every 15 s and reads means of the 15 s before, as the metrics-server has them.',
    );
  }
  if (nodes.type === 'autoMode') {
    sentences.push('Auto Mode makes and consolidates nodes as Karpenter does; its fee is 12 % of on-demand.');
  }
  if (nodes.type === 'karpenter') sentences.push('Karpenter itself runs somewhere that costs nothing here.');
  if (options.frontDoor !== 'none' && frontDoorLatency(options.frontDoor) === '0s') {
    sentences.push('The load balancer adds no latency unless `latency` says so.');
  }
  return sentences;
}
