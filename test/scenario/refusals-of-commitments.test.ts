import { describe, expect, it } from 'vitest';
import { ScenarioError, simulate } from '../../sim/index.ts';
import { explain } from '../../sim/problems/explain.ts';
import { small } from './fixtures.ts';

/** The problems of a scenario with such commitments: code, path and remedy of each. */
function problemsOf(billing: string) {
  try {
    simulate(small({ tail: `billing: { ${billing} }` }));
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    for (const { code } of error.problems) expect(explain(code), code).toBeTypeOf('string');
    return error.problems.map(({ code, path, help = '' }) => ({ code, path: path.slice(1).join('.'), help }));
  }
  return [];
}

const plan = (keys: string) => `savingsPlans: [{ type: compute, commitment: $1/h, ${keys} }]`;
const reserved = (keys: string) => `reservedInstances: [{ ${keys} }]`;

describe('refuses, of commitments,', () => {
  it.each([
    ['a bare commitment', 'savingsPlans: [{ type: compute, commitment: 1.2 }]', 'invalid-value', '`$1.2/h`'],
    ['another unit', 'savingsPlans: [{ type: compute, commitment: $1/d }]', 'invalid-price', '`$1/h`'],
    ['nothing', 'savingsPlans: [{ type: compute, commitment: $0/h }]', 'invalid-price', '`$1.20/h`'],
    ['a term of two years', plan('term: 2y'), 'invalid-value', '`1y`'],
    ['a family of a compute plan', plan('family: m7g'), 'not-in-plan', 'leave `family` out'],
    [
      'no family of an instance plan',
      'savingsPlans: [{ type: ec2Instance, commitment: $1/h }]',
      'missing-key',
      'family: m7g',
    ],
    [
      'a slip in a family',
      'savingsPlans: [{ type: ec2Instance, commitment: $1/h, family: m7gg }]',
      'unknown-instance-type',
      '`m7g`',
    ],
    ['a rate of no price', plan('rates: { lambda.durations.x86: $1 }'), 'unknown-price', 'lambda.duration'],
    ['a rate of what is not covered', plan('rates: { alb.hours: $0.02/h }'), 'not-in-plan', 'EC2 instances'],
    [
      'a rate of Spot',
      plan('rates: { ec2.instance.m5.large.spot: $0.02/h }'),
      'not-in-plan',
      'EC2 instances',
    ],
    ['a rate by the day', plan('rates: { m5.large: $1/day }'), 'invalid-price', '`$1/h`'],
    ['a rate without a dollar sign', plan("rates: { m5.large: '0.05' }"), 'invalid-price', 'money'],
    [
      'a rate of another family',
      'savingsPlans: [{ type: ec2Instance, commitment: $1/h, family: m7g, rates: { m5.large: $0.05 } }]',
      'not-in-plan',
      'its family',
    ],
    ['an unknown type', reserved('instanceType: m7g.lage'), 'unknown-instance-type', '`m7g.large`'],
    ['no instance at all', reserved('instanceType: m7g.large, count: 0'), 'invalid-value', ''],
    ['a type without a listed price', reserved('instanceType: m8i.large'), 'unpriced', '`rate`'],
    [
      'a convertible one without a rate',
      reserved('instanceType: m5.large, offeringClass: convertible'),
      'unpriced',
      '`rate`',
    ],
    [
      'Windows without a rate',
      reserved('instanceType: m5.large, operatingSystem: windows'),
      'unpriced',
      '`rate`',
    ],
    ['upfront alone', reserved('instanceType: m5.large, upfront: $100'), 'missing-key', '`rate: $0.01/h`'],
  ])('%s', (_what, billing, code, help) => {
    const problems = problemsOf(billing);
    expect(problems.map((each) => each.code)).toEqual([code]);
    expect(problems[0]!.path).toMatch(/^(savingsPlans|reservedInstances)\.0/);
    expect(problems[0]!.help).toContain(help);
  });

  it('all at once', () => {
    const problems = problemsOf(`${plan('family: m7g')}, ${reserved('instanceType: m7g.lage')}`);
    expect(problems.map((each) => each.path)).toEqual([
      'savingsPlans.0.family',
      'reservedInstances.0.instanceType',
    ]);
  });
});
