import type { PriceBook } from '../../billing/index.ts';
import { type Path, type Problem, ScenarioError } from '../../problems/problem.ts';

/** The problems of prices that a platform is going to need and its region does not have. */
export function unpricedProblems(priceIds: readonly string[], prices: PriceBook, path: Path): Problem[] {
  return priceIds.flatMap((id) => {
    try {
      prices.price(id, path);
      return [];
    } catch (error) {
      if (error instanceof ScenarioError) return [...error.problems];
      throw error;
    }
  });
}
