import type { MeterReading } from '../../billing/index.ts';
import type { PodPlaces } from '../../fleet/kubernetes/pods/pod-places.ts';
import type { WorkerPlan } from '../../fleet/replicas/plan.ts';
import type { Observation } from '../../observe/observation.ts';

/** What pods run on, instances or Fargate. */
export interface Hosting {
  /** The CPU that a pod has there. */
  readonly cpu: Pick<WorkerPlan, 'vcpus' | 'sustainedShare' | 'sharesHosts'>;
  /** Pods that there is room for at most; Infinity for no limit. */
  readonly mostPods: number;
  openPlaces(replication: number): PodPlaces;
  /** What is paid for it. */
  meter(observation: Observation): MeterReading[];
  readonly assumptions: readonly string[];
  readonly notModelled: readonly string[];
}
