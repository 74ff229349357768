import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { readRateFraction } from '../../traffic/rate-fraction.ts';
import type { EcsOptions } from './options.ts';

/** Rates at which no task would ever be launched. */
export function* launchRateProblems({ launchRate }: EcsOptions, path: Path): Iterable<Problem> {
  for (const key of ['rateLimit', 'perService'] as const) {
    if (readRateFraction(launchRate[key]).count > 0) continue;
    const message = `${key} ${launchRate[key]} would launch no task`;
    yield problem('out-of-range', [...path, 'launchRate', key], message, { help: 'give a rate above zero' });
  }
}
