import { describe, expect, it } from 'vitest';
import { marked, placeOf, refusal, small } from './fixtures.ts';

/** A bad file with `¦` before the caret's place, the code it is refused with, and a part of the remedy. */
export type Case = readonly [what: string, code: string, help: string | RegExp, file: string];

export const traffic = (stream: string) => small({ traffic: `traffic:\n  main: ${stream}` });
export const platform = (options: string) => small({ platforms: `platforms:\n  p: ${options}` });
export const workload = (options: string) => small({ workload: `workload: { ${options} }` });
export const tail = (lines: string) => small({ tail: lines });
export const head = (lines: string) => small({ head: lines });
export const threshold = (metric: string, rule: string) => tail(`thresholds:\n  ${metric}: [${rule}]`);

/** Each file is refused with its one problem, at its place, with its remedy. */
export function refuses(what: string, cases: readonly Case[]): void {
  describe(`refuses, of ${what},`, () => {
    it.each(cases)('%s', (_what, code, help, file) => {
      const { text, place } = marked(file);
      const parsed = refusal(text);
      const [problem] = parsed.problems;
      expect(parsed.problems.map((each) => each.code)).toEqual([code]);
      expect(placeOf(problem!, parsed)).toBe(place);
      expect(problem?.help).toBeTruthy();
      if (typeof help === 'string') expect(problem?.help).toContain(help);
      else expect(problem?.help ?? '').toMatch(help);
    });
  });
}
