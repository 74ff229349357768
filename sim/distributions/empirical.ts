import { z } from 'zod';
import { problem, ScenarioError } from '../problems/problem.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';
import type { Distribution, ReadFile } from './distribution.ts';
import { readDurationColumn } from './duration-column.ts';
import { contradict, distributionKind, durationKey, nameKey } from './kind.ts';
import { piecewiseLinearLaw, type QuantilePoints } from './quantile-law.ts';
import { sampleLaw } from './sample-law.ts';

const VALUES_MAX = 100_000;
const PERCENTILES_MAX = 1_000;

const schema = z.strictObject({
  distribution: nameKey('empirical', 'Measured: by values, by a file of values, or by percentiles.'),
  values: z
    .array(durationKey('One measured duration.'))
    .min(1)
    .max(VALUES_MAX)
    .meta({ description: 'Measured durations; each is drawn as likely.' })
    .optional(),
  file: z
    .string()
    .min(1)
    .meta({
      description:
        'A file of measured durations: one a line, or a CSV with a `column`. Plain numbers are ms.',
    })
    .optional(),
  column: z
    .string()
    .min(1)
    .meta({ description: 'The column of the CSV file, by its name in the first line.' })
    .optional(),
  percentiles: z
    .record(
      z.string().regex(/^p\d{1,3}(\.\d{1,6})?$/, 'must be a percentile\nsuch as `p50` or `p99.9`'),
      durationSchema,
    )
    .meta({
      description:
        'Percentiles, straight lines between them: { p0: 5ms, p50: 20ms, p99: 1s }. Flat outside them.',
    })
    .optional(),
});

type EmpiricalOptions = z.output<typeof schema>;

/** @throws ScenarioError when there are none, one is above 100, or a higher percentile has a lower value. */
function readPercentiles(percentiles: Readonly<Record<string, string>>): QuantilePoints {
  const points = Object.entries(percentiles)
    .map(([key, text]) => ({
      key,
      text,
      probability: Number(key.slice(1)) / 100,
      micros: durationMicros(text),
    }))
    .sort((a, b) => a.probability - b.probability);
  if (points.length === 0 || points.length > PERCENTILES_MAX) {
    contradict(
      'percentiles',
      `percentiles must be 1 to ${PERCENTILES_MAX} points`,
      'such as `{ p50: 20ms, p99: 1s }`',
    );
  }
  const problems = points.flatMap(({ key, text, probability, micros }, i) => {
    const before = points[i - 1];
    const message =
      probability > 1
        ? `\`${key}\` is above the 100th percentile`
        : before !== undefined && before.probability === probability
          ? `\`${key}\` and \`${before.key}\` are the same percentile`
          : before !== undefined && micros < before.micros
            ? `${key} ${text} is below ${before.key} ${before.text}`
            : null;
    if (message === null) return [];
    const help = 'percentiles rise from p0 to p100, and so do their values';
    return [problem('contradictory-distribution', ['percentiles', key], message, { help })];
  });
  if (problems.length > 0) throw new ScenarioError(problems);
  return {
    probabilities: Float64Array.from(points, (point) => point.probability),
    valuesMicros: Float64Array.from(points, (point) => point.micros),
  };
}

function openEmpirical(options: EmpiricalOptions, readFile: ReadFile): Distribution {
  const { values, file, column, percentiles } = options;
  const given = (['values', 'file', 'percentiles'] as const).filter((key) => options[key] !== undefined);
  if (given.length !== 1) {
    contradict(
      given[1] ?? 'distribution',
      `an empirical distribution takes one of values, file and percentiles, here ${given.length}`,
      'such as `{ distribution: empirical, values: [80ms, 95ms, 240ms] }`',
    );
  }
  if (column !== undefined && file === undefined) {
    contradict(
      'column',
      '`column` names a column of a `file`, and there is no file',
      'remove it, or add `file`',
    );
  }
  if (values !== undefined) return sampleLaw(Float64Array.from(values, durationMicros));
  if (file !== undefined) return sampleLaw(readDurationColumn(readFile(file), file, column));
  return piecewiseLinearLaw(readPercentiles(percentiles ?? {}));
}

export const empirical = distributionKind('empirical', schema, openEmpirical);
