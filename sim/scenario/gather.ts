import { collecting, type Problem, ScenarioError } from '../problems/problem.ts';

/** Collects the problems of steps that do not depend on each other, so that all are told at once. */
export class Gather {
  readonly problems: Problem[] = [];

  /** The result of a step, or null when it threw a `ScenarioError`, whose problems are kept. */
  attempt<Result>(step: () => Result): Result | null {
    return collecting(this.problems, step);
  }

  /** @throws ScenarioError with everything collected, if there is anything. */
  settle(): void {
    if (this.problems.length > 0) throw new ScenarioError(this.problems);
  }
}
