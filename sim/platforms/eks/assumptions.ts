import type { ProgramBase } from '../../workload/program.ts';
import { assumptionsOfZones } from '../shared/availability-zones.ts';
import { balancerAssumptions } from '../shared/server-front-door.ts';
import { workerQueueAssumptions } from '../shared/worker-queue.ts';
import type { Hosting } from './hosting.ts';
import type { EksOptions } from './options.ts';

/** Parts of EKS and Kubernetes that this model leaves out. */
export const notModelled: readonly string[] = [
  'hybrid nodes and provisioned control planes',
  'pods of other Deployments, system pods and their requests; Jobs',
  'rollouts of another pod template (on ECS there are deployments)',
  'rebalancing of nodes when a zone is back; the time until a lost node is noticed',
  'taints, affinities, priorities and PodDisruptionBudgets',
  'CloudWatch Logs and Container Insights',
];

export function assumptionsOf(options: EksOptions, hosting: Hosting, program: ProgramBase): string[] {
  const sentences = [
    'A vCPU is as fast as a Lambda vCPU of 1,769 MB unless `speed` says otherwise.',
    ...hosting.assumptions,
    ...losses(options, program),
  ];
  if (options.hpa !== undefined) {
    sentences.push(
      'The HPA synchronises every 15 s and reads means of the 15 s before, as the metrics-server has them.',
    );
  }
  if (options.keda !== undefined) {
    sentences.push(
      'KEDA looks at the queue every `pollingInterval` from t = 0 on, its HPA every 15 s, at one instant ' +
        'the HPA first; the length of the queue is exact and of the moment.',
    );
  }
  sentences.push(...balancerAssumptions(options.frontDoor), ...workerQueueAssumptions(options, program));
  return sentences;
}

function losses({ nodes, availabilityZones }: EksOptions, { faults }: ProgramBase): string[] {
  if (faults.length === 0) return [];
  const zones = nodes.type === 'fargate' ? availabilityZones : (nodes.availabilityZones ?? availabilityZones);
  return [
    ...assumptionsOfZones('the cluster', zones, faults),
    'Pods that are lost with their zone are made anew at once; Kubernetes takes from seconds, where it ' +
      'knows that the node is terminated, to more than five minutes.',
  ];
}
