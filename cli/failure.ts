import { type Problem, problem, ScenarioError } from '../sim/problems/problem.ts';
import { version } from '../sim/version.ts';
import { CommandError, commandLine } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';
import { printProblems } from './print-problems.ts';

/** Tells a person why a command has stopped. @returns the exit code */
export function reportFailure(error: unknown, isUsage: boolean, debug: boolean): number {
  if (debug && error instanceof Error) process.stderr.write(`${error.stack ?? error.message}\n`);
  if (isUsage) {
    const message = error instanceof Error ? error.message : String(error);
    const usage = problem('command-line', [], lowerFirst(message.trim().replaceAll('\n', '; ')), {
      help: 'see `breakeven --help`',
    });
    return tell([usage]);
  }
  if (error instanceof ScenarioError) return tell(error.problems);
  if (error instanceof CommandError) return tell([error.problem]);
  const what = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `error[bug]: breakeven ${version} has failed: ${what}\n` +
      '  = help: this is our mistake; please report it with the scenario and the output of --debug\n',
  );
  return exitCodes.bug;
}

function tell(problems: readonly Problem[]): number {
  printProblems(problems, commandLine);
  return exitCodes.invalid;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
