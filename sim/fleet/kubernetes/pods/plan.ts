import type { Distribution } from '../../../distributions/distribution.ts';
import type { ReplicasPlan } from '../../replicas/plan.ts';
import type { PodCreationPlan } from './pod-creation.ts';
import type { PodPlaces } from './pod-places.ts';

/** `readinessProbe` of the container, its times in microseconds. */
export interface ReadinessProbe {
  readonly initialDelayMicros: number;
  readonly periodMicros: number;
}

/** The pods of one Deployment, in numbers. */
export interface PodPlan {
  /** From the start of the container to the program's answer. */
  readonly applicationStart: Distribution;
  /** Null: ready as soon as the program answers. */
  readonly readinessProbe: ReadinessProbe | null;
  /** `terminationGracePeriodSeconds`: how long a pod that is deleted may finish what it began. */
  readonly graceMicros: number;
  /** How fast pods are made; null for all at once. */
  readonly creation: PodCreationPlan | null;
}

/** Workers that are pods of a Deployment. */
export interface PodsPlan extends ReplicasPlan {
  readonly pod: PodPlan;
  /** Where the pods run, at t = 0. */
  openPlaces(replication: number): PodPlaces;
}
