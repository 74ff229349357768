import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type DistributionSpec,
  distributionKinds,
  distributionSchema,
  openDistribution,
} from '../../sim/distributions/index.ts';
import { ScenarioError } from '../../sim/problems/problem.ts';

function problemsOf(spec: DistributionSpec) {
  try {
    openDistribution(distributionSchema.parse(spec), ['workload', 'cpu'], () => '');
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  return [];
}

/** A mixture of mixtures, `depth` of them. */
function nested(depth: number): DistributionSpec {
  if (depth === 0) return { distribution: 'constant', value: '1s' };
  const inner = nested(depth - 1) as Exclude<DistributionSpec, string>;
  return { distribution: 'mixture', components: [{ weight: 1, ...inner }] };
}

describe('distributionSchema', () => {
  it('has every kind of the contract', () => {
    expect(distributionKinds.map((kind) => kind.name)).toEqual([
      'constant',
      'empirical',
      'exponential',
      'gamma',
      'hyperexponential',
      'lognormal',
      'mixture',
      'pareto',
      'uniform',
      'weibull',
    ]);
  });

  it.each([
    5,
    '5',
    '5 apples',
    { distribution: 'normal', mean: '1s' },
    { distribution: 'exponential' },
    { distribution: 'exponential', mean: 1 },
    { distribution: 'exponential', mean: '-1s' },
    { distribution: 'exponential', mean: '1s', cv: 1 },
    { distribution: 'gamma', mean: '1s', cv: 0 },
    { distribution: 'gamma', mean: '1s', cv: Number.NaN },
    { distribution: 'weibull', mean: '1s', cv: 1e308 },
    { distribution: 'pareto', mean: '1s', alpha: 1 },
    { distribution: 'hyperexponential', mean: '1s', cv: 1 },
    { distribution: 'mixture', components: [] },
    { distribution: 'mixture', components: [{ distribution: 'constant', value: '1s' }] },
    { distribution: 'mixture', components: [{ distribution: 'constant', value: '1s', weight: 0 }] },
    { distribution: 'empirical', percentiles: { median: '1s' } },
    { distribution: 'empirical', values: [1, 2] },
  ])('refuses %j', (spec) => {
    expect(distributionSchema.safeParse(spec).success).toBe(false);
  });

  it('says what to write in place of a number out of range', () => {
    const issues = distributionSchema.safeParse({ distribution: 'hyperexponential', mean: '1s', cv: 0.5 })
      .error!.issues;
    expect(issues[0]).toMatchObject({
      path: ['cv'],
      message:
        'must be a number more than 1 and at most 100\nfor `cv: 1` take `exponential`, for less `gamma`',
    });
  });

  it('becomes a JSON Schema that refers to itself, every key described', () => {
    const schema = z.toJSONSchema(z.object({ cpu: distributionSchema }), { target: 'draft-7', io: 'input' });
    const text = JSON.stringify(schema);
    expect(text).toContain('"$ref":"#/definitions/distribution"');
    const undescribed: string[] = [];
    JSON.parse(text, (_key, value) => {
      for (const [name, each] of Object.entries<{ description?: string }>(value?.properties ?? {})) {
        if (name !== 'cpu' && each.description === undefined) undescribed.push(name);
      }
      return value;
    });
    expect(undescribed).toEqual([]);
  });
});

describe('openDistribution', () => {
  it('finds every contradiction of a mixture, each with its path', () => {
    expect(
      problemsOf({
        distribution: 'mixture',
        components: [
          { weight: 1, distribution: 'uniform', min: '2s', max: '1s' },
          { weight: 1, distribution: 'lognormal', mean: '1s' },
          { weight: 1, distribution: 'constant', value: '1s' },
        ],
      }),
    ).toMatchObject([
      {
        code: 'contradictory-distribution',
        path: ['workload', 'cpu', 'components', 0, 'max'],
        help: 'exchange the two',
      },
      { code: 'contradictory-distribution', path: ['workload', 'cpu', 'components', 1, 'distribution'] },
    ]);
  });

  it('takes mixtures four deep and no deeper', () => {
    expect(problemsOf(nested(4))).toEqual([]);
    expect(problemsOf(nested(5))).toMatchObject([
      { code: 'contradictory-distribution', path: ['workload', 'cpu'] },
    ]);
  });
});
