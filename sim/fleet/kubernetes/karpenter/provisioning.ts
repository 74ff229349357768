import type { NodeType } from '../nodes/plan.ts';

/**
 * The types of the nodes that Karpenter makes for pods of one template. It fills a node for as long as any
 * type could still hold it, then takes the cheapest type that holds what was filled in: many pods make few
 * large nodes.
 *
 * Source: kubernetes-sigs/karpenter, first-fit-decreasing packing and launch of the cheapest type
 * (2026-08-20). Of two types at one price the one named first is taken.
 * @returns numbers of types, one a node; empty when no type holds a pod
 */
export function nodesFor(pods: number, types: readonly NodeType[]): number[] {
  const most = Math.max(0, ...types.map((type) => type.fit));
  const nodes: number[] = [];
  if (most === 0) return nodes;
  for (let left = pods; left > 0; left -= most) nodes.push(cheapestFor(Math.min(left, most), types)!);
  return nodes;
}

/** The cheapest type that holds so many pods and costs less than a limit; null when there is none. */
export function cheapestFor(
  pods: number,
  types: readonly NodeType[],
  belowUsdPerHour = Number.POSITIVE_INFINITY,
): number | null {
  let best: number | null = null;
  types.forEach((type, index) => {
    if (type.fit < pods || type.usdPerHour >= belowUsdPerHour) return;
    if (best === null || type.usdPerHour < types[best]!.usdPerHour) best = index;
  });
  return best;
}
