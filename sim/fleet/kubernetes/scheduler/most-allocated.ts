import {
  divided,
  MAX_NODE_SCORE,
  type Resources,
  type ResourceWeights,
  type ScoredNode,
  scoredResources,
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
  let sum = 0;
  let weightSum = 0;
  for (const { allocatable, requested, weight } of scoredResources(node, pod, weights)) {
    sum += divided(Math.min(requested, allocatable) * MAX_NODE_SCORE, allocatable) * weight;
    weightSum += weight;
  }
  return weightSum === 0 ? 0 : divided(sum, weightSum);
}
