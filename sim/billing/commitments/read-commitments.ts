import { type Path, type Problem, ScenarioError } from '../../problems/problem.ts';
import type { PriceBook } from '../price-book.ts';
import type { Commitments } from './commitments.ts';
import { readReservedInstances } from './read-reserved-instances.ts';
import { readSavingsPlan } from './read-savings-plans.ts';
import type { ReservedInstanceSpec, SavingsPlanSpec } from './specs.ts';

/**
 * Commitments from words to numbers.
 * @param path where `savingsPlans` and `reservedInstances` stand
 * @throws ScenarioError with everything that is wrong: an unknown type, family or price, a rate that is none
 */
export function readCommitments(
  specs: {
    readonly savingsPlans: readonly SavingsPlanSpec[];
    readonly reservedInstances: readonly ReservedInstanceSpec[];
  },
  book: PriceBook,
  path: Path = ['billing'],
): Commitments {
  const problems: Problem[] = [];
  const commitments = {
    reservedInstances: specs.reservedInstances.map((spec, index) =>
      readReservedInstances(spec, book, [...path, 'reservedInstances', index], problems),
    ),
    savingsPlans: specs.savingsPlans.map((spec, index) =>
      readSavingsPlan(spec, book, [...path, 'savingsPlans', index], problems),
    ),
  };
  if (problems.length > 0) throw new ScenarioError(problems);
  return commitments;
}
