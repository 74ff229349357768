import { z } from 'zod';
import { problem, ScenarioError } from '../problems/problem.ts';
import { durationSchema } from '../units/duration.ts';
import type { Distribution, DistributionKind, ReadFile } from './distribution.ts';

/** A kind whose schema is an object, so that a mixture can add a weight to it. */
export interface ObjectKind<Schema extends z.ZodObject> extends Omit<DistributionKind, 'schema' | 'open'> {
  readonly schema: Schema;
  open(options: z.output<Schema>, readFile: ReadFile): Distribution;
}

/** Makes a kind of distribution. Problems that `open` throws have paths relative to its options. */
export function distributionKind<Schema extends z.ZodObject>(
  name: string,
  schema: Schema,
  open: (options: z.output<Schema>, readFile: ReadFile) => Distribution,
): ObjectKind<Schema> {
  return { name, schema, open };
}

/** The key that names the distribution, with what it is as its description. */
export function nameKey<const Name extends string>(name: Name, description: string) {
  return z.literal(name).meta({ description });
}

/** A duration with a description of its own. */
export function durationKey(description: string) {
  return durationSchema.meta({ description });
}

/** Bounds of a plain number, and what to write where one is broken. */
interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly isMinExcluded?: boolean;
  readonly help: string;
}

/** A plain number within bounds; a refusal says the bounds on its first line and the remedy on its second. */
export function numberKey(description: string, range: NumberRange) {
  const { min, max, isMinExcluded = false, help } = range;
  const bounds = isMinExcluded ? `more than ${min} and at most ${max}` : `from ${min} to ${max}`;
  const error = `must be a number ${bounds}\n${help}`;
  const number = z.number({ error });
  const low = isMinExcluded ? number.gt(min, { error }) : number.gte(min, { error });
  return low.lte(max, { error }).meta({ description });
}

/** Mean of a law that has one more parameter for its shape. */
export const meanKey = durationKey('Mean duration.');

/** The coefficient of variation as a shape: 1 is as variable as an exponential. */
export const cvKey = numberKey('Coefficient of variation: standard deviation divided by mean.', {
  min: 0.01,
  max: 100,
  help: 'a plain number such as `cv: 2`; without variation write the duration alone',
});

/** @throws ScenarioError that the options cannot all be true, on the option `key`. */
export function contradict(key: string, message: string, help: string): never {
  throw new ScenarioError([problem('contradictory-distribution', [key], message, { help })]);
}
