import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { explain } from '../../sim/problems/explain.ts';
import type { Problem } from '../../sim/problems/problem.ts';
import { renderProblem } from '../../sim/problems/render.ts';
import type { Edit } from '../../sim/scenario/edits.ts';
import { type ParsedScenario, parseScenario } from '../../sim/scenario/parse.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';

/** A scenario that uses every key of the file's own, and several kinds of traffic and platform. */
export const EVERY_KEY = readFileSync(new URL('./every-key.yaml', import.meta.url), 'utf8');

/** The least that is a scenario. Parts can be replaced by other lines. */
export function small(
  parts: { head?: string; workload?: string; traffic?: string; platforms?: string; tail?: string } = {},
): string {
  return [
    'version: 1',
    parts.head ?? 'name: small',
    parts.workload ?? 'workload: { cpu: 400ms }',
    parts.traffic ?? 'traffic:\n  main: { executor: constant-arrival-rate, rate: 5/s, duration: 40m }',
    parts.platforms ?? 'platforms:\n  lambda: { type: lambda }',
    parts.tail ?? '',
    '',
  ].join('\n');
}

/** Reads a file that must be good. */
export function goodScenario(text: string, edits: readonly Edit[] = []): Scenario {
  const parsed = parseScenario(text, 'scenario.yaml', { edits });
  expect(parsed.problems.map((each) => renderProblem(each, parsed.source))).toEqual([]);
  if (parsed.scenario === undefined) throw new Error('neither a scenario nor a problem');
  return parsed.scenario;
}

/** Reads a file that must be refused. */
export function refusal(text: string, edits: readonly Edit[] = []): ParsedScenario {
  const parsed = parseScenario(text, 'scenario.yaml', { edits });
  expect(parsed.scenario).toBeUndefined();
  expect(parsed.problems.length).toBeGreaterThan(0);
  for (const { code } of parsed.problems) expect(explain(code), code).toBeTypeOf('string');
  return parsed;
}

/** Line and column of a problem, as the arrow says them. */
export function placeOf(problem: Problem, parsed: ParsedScenario): string {
  const arrow = /--> scenario\.yaml:(\d+:\d+)/.exec(renderProblem(problem, parsed.source));
  return arrow?.[1] ?? 'nowhere';
}

/**
 * Splits a text with a `¦` before the place where a caret must stand: the text, and `line:column` of the
 * mark.
 */
export function marked(text: string): { text: string; place: string } {
  const before = text.slice(0, text.indexOf('¦')).split('\n');
  return { text: text.replace('¦', ''), place: `${before.length}:${[...(before.at(-1) ?? '')].length + 1}` };
}
