import type { Subject } from '../sim/experiment/experiment.ts';
import { ScenarioError } from '../sim/problems/problem.ts';
import { parseScenario } from '../sim/scenario/parse.ts';
import { compileParsed, type SimulateOptions } from '../sim/simulate.ts';
import { printProblems } from './print-problems.ts';

/** Makes a scenario ready to be run; prints its problems. @returns null when one of them is an error */
export function loadSubject(text: string, options: SimulateOptions): Subject | null {
  const parsed = parseScenario(text, options.fileName ?? 'scenario.yaml', { edits: options.edits ?? [] });
  try {
    const subject = compileParsed(parsed, text, options);
    printProblems(parsed.problems, parsed.source);
    return subject;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    printProblems(error.problems, parsed.source);
    return null;
  }
}
