import type { Subject } from '../sim/experiment/experiment.ts';
import { ScenarioError } from '../sim/problems/problem.ts';
import { parseScenario } from '../sim/scenario/parse.ts';
import { compileParsed, type SimulateOptions } from '../sim/simulate.ts';
import { printProblems } from './print-problems.ts';

/**
 * Makes a scenario ready to be run; prints its problems.
 * @param tellsNotices whether warnings are printed too that a run would tell with its result
 * @returns null when one of the problems is an error
 */
export function loadSubject(text: string, options: SimulateOptions, tellsNotices = false): Subject | null {
  const parsed = parseScenario(text, options.fileName ?? 'scenario.yaml', { edits: options.edits ?? [] });
  try {
    const subject = compileParsed(parsed, text, options);
    const notices = tellsNotices ? subject.program.notices : [];
    printProblems([...parsed.problems, ...notices], parsed.source);
    return subject;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    printProblems(error.problems, parsed.source);
    return null;
  }
}
