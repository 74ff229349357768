import { z } from 'zod';
import { problem, ScenarioError } from '../problems/problem.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';
import { rateSchema } from '../units/rate.ts';
import { arrivalsSchema } from './increments.ts';
import type { TrafficContext } from './traffic.ts';

export function executorKey<const Name extends string>(name: Name, description: string) {
  return z.literal(name).meta({ description });
}

export function durationKey(description: string) {
  return durationSchema.meta({ description });
}

export function rateKey(description: string) {
  return rateSchema.meta({ description });
}

/** Keys of every stream. */
export const streamKeys = {
  startTime: durationKey('When the stream begins; it is silent before.').default('0s'),
  workload: z
    .string()
    .min(1)
    .max(64)
    .meta({ description: 'Name of the workload that its requests are of; needed where there are several.' })
    .optional(),
};

/** Keys of every stream whose arrivals do not depend on how they are served. */
export const openStreamKeys = { ...streamKeys, arrivals: arrivalsSchema.default('poisson') };

export const optionalDurationKey = durationKey(
  'How long the stream lasts from its startTime; default: to the end of the scenario.',
).optional();

/** Where a stream begins, and how long it lasts. */
export interface StreamSpan {
  readonly startMicros: number;
  readonly durationMicros: number;
}

/**
 * The span of a stream that may leave its end to the scenario's.
 * @throws ScenarioError `missing-duration` when neither says
 */
export function streamSpan(
  options: { startTime: string; duration?: string | undefined },
  context: TrafficContext,
): StreamSpan {
  const startMicros = durationMicros(options.startTime);
  if (options.duration !== undefined)
    return { startMicros, durationMicros: durationMicros(options.duration) };
  if (context.windowMicros !== undefined) {
    return { startMicros, durationMicros: Math.max(0, context.windowMicros - startMicros) };
  }
  throw new ScenarioError([
    problem(
      'missing-duration',
      context.path,
      `\`${context.name}\` has no end: neither it nor the scenario has a duration`,
      {
        at: 'key',
        help: 'add `duration: 1h` to the stream, or to the scenario',
      },
    ),
  ]);
}

/** @throws ScenarioError `missing-workload` when the stream names none and the scenario has not just one */
export function workloadOf(context: TrafficContext): string {
  if (context.workload !== undefined) return context.workload;
  throw new ScenarioError([
    problem(
      'missing-workload',
      context.path,
      `\`${context.name}\` does not say of which workload its requests are`,
      {
        at: 'key',
        help: 'add `workload: NAME` to the stream',
      },
    ),
  ]);
}
