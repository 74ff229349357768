import { z } from 'zod';
import type { OnDemandPlan } from '../../fleet/on-demand/plan.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { readRateFraction } from '../../traffic/rate-fraction.ts';
import { durationMicros, durationSchema } from '../../units/duration.ts';
import { rateSchema } from '../../units/rate.ts';
import { limit } from '../shared/common-options.ts';

/**
 * 1,000 environments or 10,000 requests/s more every 10 s, for each function, refilled continuously; not
 * adjustable (Lambda Developer Guide, lambda-concurrency and scaling-behavior, 2026; since late 2023).
 * The same guide has a sentence with 500 and 5,000 that is older.
 */
export const scalingRateSchema = limit(
  z.strictObject({
    environments: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(1_000)
      .meta({ description: 'environments that a function may start at once' }),
    requestRate: rateSchema
      .default('10000/s')
      .meta({ description: 'by how much the requests to a function may become faster at once' }),
    per: durationSchema.default('10s').meta({ description: 'time in which both are there again' }),
  }),
  'how fast a function may grow',
).prefault({});

/**
 * The quota of ten requests/s for each unit of concurrency, of the account, of a reservation and of what is
 * provisioned: of their totals, for requests that wait for the answer (Lambda Developer Guide,
 * lambda-concurrency, 2026).
 */
export const requestRateSchema = limit(
  rateSchema,
  'requests for each unit of concurrency that account, reservation and provisioned environments take in all',
).default('10/s');

export interface ScalingOptions {
  readonly scalingRate: z.infer<typeof scalingRateSchema>;
  readonly requestRatePerConcurrency: z.infer<typeof requestRateSchema>;
}

type ScalingPlan = Pick<OnDemandPlan, 'scalingRate' | 'requestsPerMicroPerConcurrency'>;

export function planScaling(
  { scalingRate, requestRatePerConcurrency }: ScalingOptions,
  invocation: string,
): ScalingPlan {
  const rate = invocation === 'async' ? 'none' : requestRatePerConcurrency;
  return {
    scalingRate: scalingRate === 'none' ? null : growthOf(scalingRate),
    requestsPerMicroPerConcurrency: rate === 'none' ? null : perMicro(rate),
  };
}

function growthOf(scalingRate: Exclude<ScalingOptions['scalingRate'], 'none'>): ScalingPlan['scalingRate'] {
  const perMicros = durationMicros(scalingRate.per);
  return {
    starts: { microsPerToken: perMicros / scalingRate.environments, fillMicros: perMicros },
    requests: { requestsPerSecond: perMicro(scalingRate.requestRate) * MICROS_PER_SECOND, perMicros },
  };
}

function perMicro(rate: string): number {
  const { count, perMicros } = readRateFraction(rate);
  return count / perMicros;
}

/** The problems of rates and times of zero, which would let nothing through. */
export function scalingProblems(options: ScalingOptions, path: Path): Problem[] {
  const { scalingRate, requestRatePerConcurrency: rate } = options;
  const problems: Problem[] = [];
  const refuse = (place: Path, value: string, help: string) => {
    const message = `${String(place.at(-1))} ${value} would let no request through`;
    problems.push(problem('out-of-range', [...path, ...place], message, { help }));
  };
  if (rate !== 'none' && perMicro(rate) === 0)
    refuse(['requestRatePerConcurrency'], rate, "AWS's is `10/s`; `none` switches the limit off");
  if (scalingRate === 'none') return problems;
  const help = "AWS's is `{ environments: 1000, requestRate: 10000/s, per: 10s }`, or `none`";
  if (perMicro(scalingRate.requestRate) === 0)
    refuse(['scalingRate', 'requestRate'], scalingRate.requestRate, help);
  if (durationMicros(scalingRate.per) === 0) refuse(['scalingRate', 'per'], scalingRate.per, help);
  return problems;
}
