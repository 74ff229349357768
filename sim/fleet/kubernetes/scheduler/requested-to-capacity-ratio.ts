import {
  divided,
  MAX_NODE_SCORE,
  type Resources,
  type ResourceWeights,
  type ScoredNode,
  scoredResources,
} from './resources.ts';

/** A corner of a shape: from this utilisation on (percent), this score (0 to 10 in a configuration). */
export interface ShapePoint {
  readonly utilization: number;
  readonly score: number;
}

/** Scores of a configuration go to 10, of a node to 100. */
const MAX_CUSTOM_SCORE = 10;
const FULL = 100;

/**
 * The value at `utilization` of a line through the points, in whole numbers: flat before the first and after
 * the last, and what lies between two is rounded toward the earlier.
 * (kubernetes/kubernetes pkg/scheduler/framework/plugins/helper/shape_score.go, 2025.)
 * @param shape by rising utilisation, one point at least
 */
export function brokenLinear(shape: readonly ShapePoint[], utilization: number): number {
  const after = shape.findIndex((point) => utilization <= point.utilization);
  if (after === 0) return shape[0]!.score;
  if (after < 0) return shape.at(-1)!.score;
  const from = shape[after - 1]!;
  const to = shape[after]!;
  const rise = (to.score - from.score) * (utilization - from.utilization);
  return from.score + divided(rise, to.utilization - from.utilization);
}

/**
 * `NodeResourcesFit` with `RequestedToCapacityRatio`: a shape says how good each utilisation is. A resource
 * asked for beyond what there is counts as full. One that scores 0 is left out above and below the line, and
 * the weighted mean is rounded, where the other two strategies cut it off.
 *
 * Source: kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/requested_to_capacity_ratio.go,
 * 2025.
 * @param shape as configured, scores of 0 to 10
 * @returns 0 to 100
 */
export function requestedToCapacityRatioScore(
  node: ScoredNode,
  pod: Resources,
  weights: ResourceWeights,
  shape: readonly ShapePoint[],
): number {
  const scaled = shape.map(({ utilization, score }) => ({
    utilization,
    score: score * (MAX_NODE_SCORE / MAX_CUSTOM_SCORE),
  }));
  let sum = 0;
  let weightSum = 0;
  for (const { allocatable, requested, weight } of scoredResources(node, pod, weights)) {
    const utilization = requested > allocatable ? FULL : divided(requested * FULL, allocatable);
    const score = brokenLinear(scaled, utilization);
    if (score <= 0) continue;
    sum += score * weight;
    weightSum += weight;
  }
  return weightSum === 0 ? 0 : Math.round(sum / weightSum);
}
