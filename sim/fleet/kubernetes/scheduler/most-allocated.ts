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
 * `NodeResourcesFit` with `MostAllocated`: fuller nodes score higher. Each resource gives
 * floor(requested × 100 / allocatable), at most 100; the node gets their weighted mean, cut off after the
 * point.
 *
 * Source: kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/most_allocated.go, 2025.
 * @param pod requests of the pod, containers without any counted as `nonZeroRequests` says
 * @returns 0 to 100
 */
export function mostAllocatedScore(node: ScoredNode, pod: Resources, weights: ResourceWeights): number {
  return weightedMeanScore(scoredResources(node, pod, weights), ({ allocatable, requested }) =>
    divided(Math.min(requested, allocatable) * MAX_NODE_SCORE, allocatable),
  );
}
