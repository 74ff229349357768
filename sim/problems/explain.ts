import { commandExplanations } from './explanations/command.ts';
import { fileExplanations } from './explanations/file.ts';
import { platformExplanations } from './explanations/platform.ts';
import { resultExplanations } from './explanations/result.ts';
import { scenarioExplanations } from './explanations/scenario.ts';
import { trafficExplanations } from './explanations/traffic.ts';

/** What every code means, why it is one, and what to write instead: the text of `breakeven explain CODE`. */
export const explanations: Readonly<Record<string, string>> = {
  ...fileExplanations,
  ...scenarioExplanations,
  ...trafficExplanations,
  ...platformExplanations,
  ...resultExplanations,
  ...commandExplanations,
};

/** The explanation of a code; undefined for what is none. */
export function explain(code: string): string | undefined {
  return Object.hasOwn(explanations, code) ? explanations[code] : undefined;
}
