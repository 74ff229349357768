import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';

/** The range of a duration, and AWS's words for it. */
export type DurationRange = readonly [min: string, max: string, words: string];

/** Durations outside of what AWS takes. */
export function* rangeProblems(
  values: Readonly<Record<string, string | undefined>>,
  ranges: Readonly<Record<string, DurationRange>>,
  path: Path,
): Iterable<Problem> {
  for (const [key, [min, max, words]] of Object.entries(ranges)) {
    const value = values[key];
    if (value === undefined || value === 'none') continue;
    const micros = durationMicros(value);
    if (micros >= durationMicros(min) && micros <= durationMicros(max)) continue;
    const help = `AWS: ${words}`;
    yield problem('out-of-range', [...path, key], `${key} ${value} is not in ${min} … ${max}`, { help });
  }
}
