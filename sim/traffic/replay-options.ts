import { z } from 'zod';
import { type Problem, problem, ScenarioError } from '../problems/problem.ts';
import { arrivalsSchema } from './increments.ts';
import { executorKey, optionalDurationKey, streamKeys } from './stream-options.ts';
import type { TrafficContext } from './traffic.ts';

function boundedNumber(max: number, help: string) {
  const error = `must be a number more than 0 and at most ${max}\n${help}`;
  return z.number({ error }).gt(0, { error }).max(max, { error });
}

function wholeNumber(min: number, max: number, help: string) {
  const error = `must be a whole number from ${min} to ${max}\n${help}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** The formats of traces that can be replayed. */
export const traceFormats = ['azure-functions-2019', 'rates', 'timestamps'] as const;

const shareError = 'must be a number from 0 to 1\nthe share of the recorded time that is CPU work';

/** Options of a replay. Which of them a format takes is told by `refuseMisplaced`. */
export const replaySchema = z.strictObject({
  executor: executorKey('replay', 'Requests as they were recorded.'),
  file: z
    .string()
    .min(1)
    .meta({ description: 'The trace: a file, or the folder that holds the tables of a trace.' }),
  format: z.enum(traceFormats).meta({
    description:
      'timestamps: a request a line. rates: time and rate a line. azure-functions-2019: a folder of tables.',
  }),
  scale: boundedNumber(1e6, 'at 2 there are twice as many requests')
    .meta({ description: 'What the number of requests is multiplied by.' })
    .default(1),
  arrivals: arrivalsSchema.optional(),
  duration: optionalDurationKey,
  column: z
    .string()
    .min(1)
    .meta({
      description:
        'timestamps: the column of the CSV file, by its name in the first line; default the first.',
    })
    .optional(),
  functions: wholeNumber(1, 1_000_000, 'how many of the busiest functions are replayed')
    .meta({ description: 'azure-functions-2019: replay only so many functions, the busiest. Default: all.' })
    .optional(),
  hours: boundedNumber(24 * 365, 'how many hours from the first minute are replayed')
    .meta({ description: 'azure-functions-2019: replay only so many hours from the first. Default: all.' })
    .optional(),
  day: wholeNumber(1, 14, "which of the trace's 14 days")
    .meta({
      description:
        'azure-functions-2019: the day, where files have their published names. Default: the first there is.',
    })
    .optional(),
  cpuShare: z
    .number({ error: shareError })
    .min(0, { error: shareError })
    .max(1, { error: shareError })
    .meta({
      description:
        'azure-functions-2019: the share of the recorded time that is CPU work. Default 0: all is waiting.',
    })
    .optional(),
  ...streamKeys,
});

export type ReplayOptions = z.output<typeof replaySchema>;
export type TraceFormat = ReplayOptions['format'];

/** Keys that only some formats take, and those formats. */
const FORMATS_BY_KEY: Partial<Record<keyof ReplayOptions, readonly TraceFormat[]>> = {
  arrivals: ['azure-functions-2019', 'rates'],
  duration: ['rates', 'timestamps'],
  column: ['timestamps'],
  functions: ['azure-functions-2019'],
  hours: ['azure-functions-2019'],
  day: ['azure-functions-2019'],
  cpuShare: ['azure-functions-2019'],
  workload: ['rates', 'timestamps'],
};

/** Of keys that only some formats take. Recorded time is all waiting, for traces do not say: our choice. */
export const REPLAY_DEFAULTS = { arrivals: 'poisson', cpuShare: 0 } as const;

/** The defaults of the keys that the format takes. */
export function withReplayDefaults(options: ReplayOptions): ReplayOptions {
  const { arrivals } = REPLAY_DEFAULTS;
  if (options.format === 'timestamps') return options;
  return options.format === 'rates'
    ? { ...options, arrivals: options.arrivals ?? arrivals }
    : { ...REPLAY_DEFAULTS, ...options };
}

/** @throws ScenarioError `misplaced-key` with every key that the format has no use for */
export function refuseMisplaced(options: ReplayOptions, context: TrafficContext): void {
  const problems: Problem[] = [];
  for (const [key, formats] of Object.entries(FORMATS_BY_KEY)) {
    if (options[key as keyof ReplayOptions] === undefined || formats.includes(options.format)) continue;
    const help =
      key === 'workload'
        ? 'remove it: the trace brings its own workloads'
        : `remove it: it is for ${formats.join(' and ')}`;
    const message = `\`${key}\` has no meaning for the format ${options.format}`;
    problems.push(problem('misplaced-key', [...context.path, key], message, { at: 'key', help }));
  }
  if (options.format === 'azure-functions-2019' && typeof options.arrivals === 'object') {
    const help = '`poisson` or `uniform`';
    const message = 'counts by the minute are spread evenly or at random, not by a law of gaps';
    problems.push(problem('misplaced-key', [...context.path, 'arrivals'], message, { help }));
  }
  if (problems.length > 0) throw new ScenarioError(problems);
}
