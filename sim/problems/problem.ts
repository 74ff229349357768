/**
 * A place in a scenario file: the keys and list positions that lead to it, as `['traffic', 'uploads',
 * 'stages', 1]`.
 */
export type Path = readonly (string | number)[];

/**
 * Something a person must know about their scenario, their command line or a file it names.
 * Lower case, no full stop, never "illegal": the reader is to learn what to write instead.
 */
export interface Problem {
  /** Stable kebab-case name, explained by `breakeven explain CODE`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Stands alone: names the thing and what is wrong with it. */
  readonly message: string;
  readonly path: Path;
  /** Where the caret goes: the key that ends `path`, or the value behind it. */
  readonly at: 'key' | 'value';
  /** A few words under the caret. */
  readonly label?: string;
  /** What to do about it. */
  readonly help: string;
  /** For a problem inside a file that the scenario names: its path as written, and the line (from 1). */
  readonly file?: { readonly name: string; readonly line?: number; readonly column?: number };
}

export type ProblemOptions = Pick<Problem, 'help'> &
  Partial<Pick<Problem, 'severity' | 'at' | 'label' | 'file'>>;

/** An error on the value at `path`, unless the options say otherwise. */
export function problem(code: string, path: Path, message: string, options: ProblemOptions): Problem {
  return { severity: 'error', at: 'value', ...options, code, path, message };
}

/**
 * The result of a step, or null when it threw a `ScenarioError`, whose problems are put with the others: what
 * does not depend on each other is told at once.
 */
export function collecting<Result>(problems: Problem[], step: () => Result): Result | null {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

/**
 * Thrown where a scenario cannot be made into a program. Carries every problem that was found, not the first.
 */
export class ScenarioError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((each) => `${each.code}: ${each.message}`).join('\n'));
    this.name = 'ScenarioError';
    this.problems = problems;
  }
}
