import { MAX_NODE_SCORE, type Resources, type ScoredNode, scoredResources } from './resources.ts';

/**
 * `NodeResourcesBalancedAllocation`: nodes whose resources would be used alike score higher. With the shares
 * in use, each at most 1, the score is floor((1 − σ) × 100): σ is half the difference of two shares, and the
 * standard deviation (of a whole population) of more.
 *
 * Source: kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go, 2025;
 * the skipping of pods without requests since kubernetes#129138.
 * @param pod what the pod really requests: no amounts are put in for containers without requests
 * @param names the resources to look at; the default is cpu and memory
 * @returns 0 to 100, or null for a pod that requests none of them: the plugin says nothing about any node
 */
export function balancedAllocationScore(
  node: ScoredNode,
  pod: Resources,
  names: readonly string[] = ['cpu', 'memory'],
): number | null {
  if (names.every((name) => (pod[name] ?? 0) === 0)) return null;
  const weights = Object.fromEntries(names.map((name) => [name, 1]));
  const shares = scoredResources(node, pod, weights).map(({ allocatable, requested }) =>
    Math.min(1, requested / allocatable),
  );
  return Math.floor((1 - deviation(shares)) * MAX_NODE_SCORE);
}

function deviation(shares: readonly number[]): number {
  if (shares.length < 2) return 0;
  if (shares.length === 2) return Math.abs((shares[0]! - shares[1]!) / 2);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const squares = shares.reduce((sum, share) => sum + (share - mean) * (share - mean), 0);
  return Math.sqrt(squares / shares.length);
}
