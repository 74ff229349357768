/**
 * What the score of each plugin is multiplied with before they are added up (kubernetes/kubernetes
 * pkg/scheduler/apis/config/v1/default_plugins.go, 2025).
 */
export const PLUGIN_WEIGHTS = {
  TaintToleration: 3,
  NodeAffinity: 2,
  PodTopologySpread: 2,
  InterPodAffinity: 2,
  NodeResourcesFit: 1,
  NodeResourcesBalancedAllocation: 1,
  ImageLocality: 1,
} as const;

export type ScorePlugin = keyof typeof PLUGIN_WEIGHTS;

/** A node's total: the weighted sum of what the plugins gave it, each 0 to 100. */
export function totalScore(
  scores: Readonly<Partial<Record<ScorePlugin, number>>>,
  weights: Readonly<Record<ScorePlugin, number>> = PLUGIN_WEIGHTS,
): number {
  let sum = 0;
  for (const [plugin, score] of Object.entries(scores)) sum += score * weights[plugin as ScorePlugin];
  return sum;
}
