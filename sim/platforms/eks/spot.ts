import type { PriceBook } from '../../billing/index.ts';
import type { Distribution } from '../../distributions/distribution.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import { advisedInterruptions, timeToNotice } from '../shared/purchase.ts';
import type { NodesOptions } from './node-options.ts';

/**
 * Whether the nodes are Spot. Karpenter takes Spot wherever the NodePool allows it, and on demand without a
 * requirement (Karpenter documentation, "NodePools", 2026-08; that there is no Spot capacity does not happen
 * here).
 */
export function areSpot(nodes: NodesOptions): boolean {
  if (nodes.type === 'managedNodeGroup') return nodes.capacityType === 'SPOT';
  return nodes.requirements.some(({ values }) => values.includes('spot'));
}

/** Interruptions a month by the advisor, where they are the same for all types that nodes may be of. */
export function advisedForAll(types: readonly string[], region: string): number | undefined {
  const [first, ...others] = types.map((type) => advisedInterruptions(type, region));
  return others.every((each) => each === first) ? first : undefined;
}

/** How long a node of a type runs until it is told; null for one on demand, and where nobody knows. */
export function nodeTimeToNotice(
  nodes: NodesOptions,
  instanceType: string,
  region: string,
): Distribution | null {
  const perMonth = nodes.interruptionsPerMonth ?? advisedInterruptions(instanceType, region);
  return areSpot(nodes) && perMonth !== undefined ? timeToNotice(perMonth) : null;
}

/**
 * What nobody knows the price or the interruptions of.
 * @param path where the type stands
 */
export function spotProblems(
  nodes: NodesOptions,
  instanceType: string,
  prices: PriceBook,
  path: Path,
): Problem[] {
  if (!areSpot(nodes)) return [];
  prices.instancePrice(instanceType, 'spotLinux', path);
  const isKnown = advisedInterruptions(instanceType, prices.region) !== undefined;
  if (isKnown || nodes.interruptionsPerMonth !== undefined) return [];
  const message = `how often Spot ${ticked(instanceType)} is interrupted in ${prices.region} is not known`;
  return [problem('unknown-interruptions', path, message, { help: 'give `interruptionsPerMonth`' })];
}

/** `interruptionsPerMonth` where nothing is interrupted. */
export function idleKeyProblems(nodes: NodesOptions, path: Path): Problem[] {
  if (areSpot(nodes) || nodes.interruptionsPerMonth === undefined) return [];
  const message = 'only Spot nodes are interrupted, and all are on demand';
  const help =
    nodes.type === 'managedNodeGroup'
      ? 'add `capacityType: SPOT`, or leave it out'
      : 'let `requirements` have the value `spot`, or leave it out';
  return [problem('needs-spot', [...path, 'interruptionsPerMonth'], message, { help })];
}
