import { DEFAULT_MAX_SKEW } from './pod-topology-spread.ts';
import type { ShapePoint } from './requested-to-capacity-ratio.ts';
import type { ResourceWeights } from './resources.ts';

/** `NodeResourcesFit`'s way to score a node by what pods request of it. */
export type ScoringStrategy =
  | { readonly type: 'LeastAllocated' | 'MostAllocated'; readonly weights: ResourceWeights }
  | {
      readonly type: 'RequestedToCapacityRatio';
      readonly weights: ResourceWeights;
      readonly shape: readonly ShapePoint[];
    };

/** A `topologySpreadConstraint` of the pods' template, over hosts or over zones; all its pods match. */
export interface SpreadRule {
  readonly topologyKey: 'kubernetes.io/hostname' | 'topology.kubernetes.io/zone';
  readonly maxSkew: number;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
}

/** What a scheduler goes by where it can be told. */
export interface SchedulerProfile {
  readonly strategy: ScoringStrategy;
  readonly spread: readonly SpreadRule[];
}

/**
 * What kube-scheduler does unless it is told otherwise: `LeastAllocated` by cpu and memory alike
 * (pkg/scheduler/apis/config/v1/defaults.go), and pods of a Deployment spread over hosts and zones
 * (podtopologyspread/plugin.go; both kubernetes/kubernetes, 2025).
 */
export const DEFAULT_PROFILE: SchedulerProfile = {
  strategy: { type: 'LeastAllocated', weights: { cpu: 1, memory: 1 } },
  spread: (['kubernetes.io/hostname', 'topology.kubernetes.io/zone'] as const).map((topologyKey) => ({
    topologyKey,
    maxSkew: DEFAULT_MAX_SKEW[topologyKey],
    whenUnsatisfiable: 'ScheduleAnyway',
  })),
};
