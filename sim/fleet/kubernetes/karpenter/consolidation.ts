import type { Node, NodeFleet } from '../nodes/node-fleet.ts';
import { isWorthConsolidating } from './balanced-consolidation.ts';
import { cheapestFor } from './provisioning.ts';

/** `spec.disruption.consolidationPolicy` of a NodePool. */
export type ConsolidationPolicy = 'WhenEmpty' | 'WhenEmptyOrUnderutilized' | 'Balanced';

/** Nodes that go, and the type of the one that takes their place, if any. */
export interface ConsolidationCommand {
  readonly candidates: readonly Node[];
  readonly replacement: number | null;
}

/** Most nodes that are looked at together (karpenter multinodeconsolidation.go, 2026-08-20). */
const MULTI_NODE_MAX = 100;

/**
 * What Karpenter would do about its nodes now: remove empty ones; else remove the first so many that are
 * least disturbing and put at most one cheaper node in their place, as many as will go; else the same with a
 * single node.
 *
 * Source: kubernetes-sigs/karpenter pkg/controllers/disruption (2026-08-20): emptiness, multi-node (a binary
 * search), single-node.
 * @param eligible nodes that have been quiet for `consolidateAfter`
 * @param allowed nodes that the budget lets go
 */
export function findConsolidation(
  fleet: NodeFleet,
  policy: ConsolidationPolicy,
  eligible: readonly Node[],
  allowed: number,
  waiting: number,
): ConsolidationCommand | null {
  if (allowed === 0) return null;
  const empty = eligible.filter((node) => fleet.podsOn(node) === 0).slice(0, allowed);
  if (empty.length > 0 && waiting === 0) return { candidates: empty, replacement: null };
  if (policy === 'WhenEmpty') return null;
  const sorted = [...eligible].sort((a, b) => fleet.podsOn(a) - fleet.podsOn(b) || a.orderedAt - b.orderedAt);
  const accepted = (command: ConsolidationCommand | null) =>
    command !== null && (policy !== 'Balanced' || isBalanced(fleet, command)) ? command : null;
  let best: ConsolidationCommand | null = null;
  let [low, high] = [2, Math.min(sorted.length, allowed, MULTI_NODE_MAX)];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const command = accepted(simulateRemoval(fleet, sorted.slice(0, middle), waiting));
    if (command === null) high = middle - 1;
    else low = middle + 1;
    best = command ?? best;
  }
  if (best !== null) return best;
  for (const node of sorted) {
    const command = accepted(simulateRemoval(fleet, [node], waiting));
    if (command !== null) return command;
  }
  return null;
}

/**
 * Whether the pods of some nodes fit on the others, or on the others and one more that costs less than those
 * that go.
 */
export function simulateRemoval(
  fleet: NodeFleet,
  candidates: readonly Node[],
  waiting: number,
): ConsolidationCommand | null {
  const pods = candidates.reduce((sum, node) => sum + fleet.podsOn(node), waiting);
  const room = fleet.live.reduce(
    (sum, node) => sum + (candidates.includes(node) ? 0 : fleet.freeSlots(node)),
    0,
  );
  if (pods <= room) return { candidates, replacement: null };
  // A Spot node is not replaced by another: the gate SpotToSpotConsolidation is closed by default.
  if (fleet.isSpot) return null;
  const below = priceLimit(fleet, candidates, pods - room);
  const replacement = cheapestFor(pods - room, fleet.types, below);
  return replacement === null ? null : { candidates, replacement };
}

/**
 * A replacement costs less than the nodes that go together, and less than any one of them that could take its
 * place: rather than putting a new node of the same type there, that one may stay.
 * (kubernetes-sigs/karpenter multinodeconsolidation.go, filterOutSameInstanceType, 2026-08-20.)
 */
function priceLimit(fleet: NodeFleet, candidates: readonly Node[], pods: number): number {
  const own = candidates.map((node) => fleet.typeOf(node)).filter((type) => type.fit >= pods);
  return Math.min(costOf(fleet, candidates), ...own.map((type) => type.usdPerHour));
}

function costOf(fleet: NodeFleet, nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + fleet.typeOf(node).usdPerHour, 0);
}

/** Every node costs 1 to disturb, and every pod on it. */
function disruptionCost(fleet: NodeFleet, nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + 1 + fleet.podsOn(node), 0);
}

function isBalanced(fleet: NodeFleet, { candidates, replacement }: ConsolidationCommand): boolean {
  const price = replacement === null ? 0 : fleet.types[replacement]!.usdPerHour;
  return isWorthConsolidating({
    savings: costOf(fleet, candidates) - price,
    disruptionCost: disruptionCost(fleet, candidates),
    poolCost: costOf(fleet, fleet.live),
    poolDisruptionCost: disruptionCost(fleet, fleet.live),
  });
}
