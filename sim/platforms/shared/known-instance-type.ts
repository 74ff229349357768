import type { InstanceType, PriceBook } from '../../billing/index.ts';
import { ScenarioError } from '../../problems/problem.ts';

/** An instance type of the region; undefined where there is none of the name, which is told elsewhere. */
export function knownInstanceType(prices: PriceBook, name: string): InstanceType | undefined {
  try {
    return prices.instanceType(name);
  } catch (error) {
    if (error instanceof ScenarioError) return undefined;
    throw error;
  }
}
