import { z } from 'zod';
import { type Path, type Problem, problem, ScenarioError } from '../problems/problem.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';
import { constant, constantDistribution } from './constant.ts';
import type { Distribution, DistributionKind, ReadFile } from './distribution.ts';
import { empirical } from './empirical.ts';
import { exponential } from './exponential.ts';
import { gamma } from './gamma.ts';
import { hyperexponential } from './hyperexponential.ts';
import { distributionKind, nameKey, numberKey } from './kind.ts';
import { lognormal } from './lognormal.ts';
import { mixtureLaw } from './mixture-law.ts';
import { pareto } from './pareto.ts';
import { uniform } from './uniform.ts';
import { weibull } from './weibull.ts';

const COMPONENTS_MAX = 64;
const MIXTURE_DEPTH_MAX = 4;

const simpleKinds = [
  constant,
  empirical,
  exponential,
  gamma,
  hyperexponential,
  lognormal,
  pareto,
  uniform,
  weibull,
] as const;

type SimpleSpec = z.output<(typeof simpleKinds)[number]['schema']>;

/** A distribution among others, with its share. */
export type MixtureComponent = { weight: number } & (SimpleSpec | MixtureSpec);

export interface MixtureSpec {
  distribution: 'mixture';
  components: MixtureComponent[];
}

/** A distribution as scenario files write it: a plain duration, or `{ distribution: NAME, … }`. */
export type DistributionSpec = string | SimpleSpec | MixtureSpec;

const weight = {
  weight: numberKey('Share of this part; shares need not add up to 1.', {
    min: 0,
    max: 1e9,
    isMinExcluded: true,
    help: 'a plain number such as `weight: 0.9`',
  }),
};

/** Made anew for each use: the JSON Schema then refers to the component by its name, not to the list. */
function mixtureKeys() {
  return {
    distribution: nameKey('mixture', 'One of several distributions, chosen by weight for each draw.'),
    components: z
      .array(z.lazy((): z.ZodType<MixtureComponent, MixtureComponent> => componentSchema))
      .min(1)
      .max(COMPONENTS_MAX)
      .meta({ description: 'The parts and their weights.' }),
  };
}

const mixtureSchema = z.strictObject(mixtureKeys());

const componentSchema: z.ZodType<MixtureComponent, MixtureComponent> = z
  .discriminatedUnion('distribution', [
    constant.schema.extend(weight),
    empirical.schema.extend(weight),
    exponential.schema.extend(weight),
    gamma.schema.extend(weight),
    hyperexponential.schema.extend(weight),
    lognormal.schema.extend(weight),
    z.strictObject({ ...mixtureKeys(), ...weight }),
    pareto.schema.extend(weight),
    uniform.schema.extend(weight),
    weibull.schema.extend(weight),
  ])
  .meta({ id: 'mixture-component', description: 'A distribution and its weight.' });

const mixture = distributionKind('mixture', mixtureSchema, (options, readFile) => {
  const problems: Problem[] = [];
  const parts = options.components.flatMap((component, i) => {
    try {
      return [openDistribution(component, ['components', i], readFile)];
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new ScenarioError(problems);
  return mixtureLaw(
    parts,
    options.components.map((component) => component.weight),
  );
});

/** Every kind of distribution, sorted by name. */
export const distributionKinds: readonly DistributionKind[] = [...simpleKinds, mixture].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

const kindByName = new Map(distributionKinds.map((kind) => [kind.name, kind]));

/** A plain duration text, or a map that is told apart by its `distribution`. */
export const distributionSchema: z.ZodType<DistributionSpec, DistributionSpec> = z
  .union([
    durationSchema,
    z.discriminatedUnion('distribution', [
      constant.schema,
      empirical.schema,
      exponential.schema,
      gamma.schema,
      hyperexponential.schema,
      lognormal.schema,
      mixtureSchema,
      pareto.schema,
      uniform.schema,
      weibull.schema,
    ]),
  ])
  .meta({
    id: 'distribution',
    description: 'A duration, or a distribution of durations: { distribution: NAME, … }.',
  });

/** Whether two say the same, word for word; the order of keys does not matter. */
export function isSameSpec(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  const keys = Object.keys(one);
  const at = (spec: object, key: string) => (spec as Record<string, unknown>)[key];
  return (
    keys.length === Object.keys(other).length && keys.every((key) => isSameSpec(at(one, key), at(other, key)))
  );
}

function mixtureDepth(spec: DistributionSpec): number {
  if (typeof spec === 'string' || spec.distribution !== 'mixture') return 0;
  return 1 + Math.max(...spec.components.map(mixtureDepth));
}

/**
 * Makes a distribution of what the schema has accepted.
 *
 * @param path where `spec` stands in the scenario, for problems
 * @throws ScenarioError `contradictory-distribution` for options that cannot all be true, and what reading a
 * file may
 */
export function openDistribution(spec: DistributionSpec, path: Path, readFile: ReadFile): Distribution {
  if (typeof spec === 'string') return constantDistribution(durationMicros(spec));
  if (mixtureDepth(spec) > MIXTURE_DEPTH_MAX) {
    const message = `mixtures within mixtures, more than ${MIXTURE_DEPTH_MAX} deep`;
    const help = 'write the parts in one mixture, their weights multiplied';
    throw new ScenarioError([problem('contradictory-distribution', path, message, { help })]);
  }
  const kind = kindByName.get(spec.distribution)!;
  try {
    return kind.open(spec, readFile);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new ScenarioError(error.problems.map((each) => ({ ...each, path: [...path, ...each.path] })));
  }
}
