import {
  divided,
  MAX_NODE_SCORE,
  type Resources,
  type ResourceWeights,
  type ScoredNode,
  scoredResources,
  weightedMeanScore,
} from './resources.ts';

/**
 * `NodeResourcesFit` with `LeastAllocated`, the default: nodes with more to spare score higher. Each resource
 * gives floor((allocatable − requested) × 100 / allocatable), 0 when that much is not there; the node gets
 * their weighted mean, cut off after the point.
 *
 * Source: kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/least_allocated.go, 2025.
 * @param pod requests of the pod, containers without any counted as `nonZeroRequests` says
 * @returns 0 to 100
 */
export function leastAllocatedScore(node: ScoredNode, pod: Resources, weights: ResourceWeights): number {
  return weightedMeanScore(scoredResources(node, pod, weights), ({ allocatable, requested }) =>
    requested > allocatable ? 0 : divided((allocatable - requested) * MAX_NODE_SCORE, allocatable),
  );
}
