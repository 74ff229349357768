/** One move that Karpenter considers, and the pool that it is measured against. */
export interface ConsolidationMove {
  /** What the pool would cost less, in $/h. */
  readonly savings: number;
  /** 1 for each node that goes, and the eviction cost of each pod that must move (1 by default). */
  readonly disruptionCost: number;
  readonly poolCost: number;
  readonly poolDisruptionCost: number;
}

/**
 * How a move's share of the pool's cost compares with its share of the pool's disruption: 1 when they are
 * alike.
 * @returns 0 when nothing is saved, Infinity when nothing is disturbed
 */
export function consolidationScore(move: ConsolidationMove): number {
  if (move.poolCost <= 0 || move.savings <= 0) return 0;
  if (move.poolDisruptionCost <= 0) return Number.POSITIVE_INFINITY;
  return move.savings / move.poolCost / (move.disruptionCost / move.poolDisruptionCost);
}

/**
 * Whether the policy `Balanced` carries a move out: its score must reach 1 / threshold.
 *
 * Source: kubernetes-sigs/karpenter designs/balanced-consolidation.md and
 * pkg/controllers/disruption/balanced.go (2026-08-20).
 * @param threshold `consolidationThreshold`; Karpenter's default is 2
 */
export function isWorthConsolidating(move: ConsolidationMove, threshold = 2): boolean {
  return consolidationScore(move) >= 1 / threshold;
}
