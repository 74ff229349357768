import { type Problem, type ProblemOptions, problem } from '../sim/problems/problem.ts';
import type { SourceMap } from '../sim/problems/source-map.ts';

/**
 * Something about the command line or the file system that stops a command; printed like a scenario's
 * problems.
 */
export class CommandError extends Error {
  readonly problem: Problem;

  constructor(code: string, message: string, options: ProblemOptions) {
    super(message);
    this.name = 'CommandError';
    this.problem = problem(code, [], message, options);
  }
}

/** A source without places, for problems of the command line. */
export const commandLine: SourceMap = {
  fileName: 'command line',
  locate: () => null,
  spanAt: () => null,
};

/** What the system says of a file, in words: `no such file or directory`. */
export function systemReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message;
}
