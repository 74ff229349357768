import { describe, expect, it } from 'vitest';
import { type LognormalFacts, solveLognormal } from '../../sim/distributions/lognormal-parameters.ts';
import { ScenarioError } from '../../sim/problems/problem.ts';
import { normalCdf } from './statistics.ts';

const PERCENT = { median: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };

/** What a lognormal of this mean and sigma has, by theory. */
function check(facts: LognormalFacts): void {
  const { meanMicros, sigma } = solveLognormal(facts);
  const mu = Math.log(meanMicros) - sigma ** 2 / 2;
  if (facts.mean !== undefined) expect(meanMicros).toBeCloseTo(facts.mean, 5);
  if (facts.cv !== undefined) expect(Math.sqrt(Math.exp(sigma ** 2) - 1)).toBeCloseTo(facts.cv, 10);
  for (const [fact, share] of Object.entries(PERCENT)) {
    const value = facts[fact as keyof typeof PERCENT];
    if (value !== undefined) expect(normalCdf((Math.log(value) - mu) / sigma)).toBeCloseTo(share, 10);
  }
}

function refusal(facts: LognormalFacts) {
  try {
    solveLognormal(facts);
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems[0]!;
    throw error;
  }
  throw new Error('accepted');
}

describe('lognormal by two facts', () => {
  const facts = { mean: 400_000, median: 350_000, p90: 600_000, p95: 700_000, p99: 1_200_000, cv: 0.7 };
  const names = Object.keys(facts) as (keyof typeof facts)[];
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));

  it.each(pairs)('%s and %s hold', (a, b) => {
    check({ [a]: facts[a], [b]: facts[b] });
  });

  it('takes the narrower of the two laws that have a mean and a p99', () => {
    // ln(900/400) = zσ − σ²/2 has the roots 0.3795 and 4.2732
    expect(solveLognormal({ mean: 400_000, p99: 900_000 }).sigma).toBeCloseTo(0.3795, 3);
  });

  it('reaches just short of the greatest p99 a mean allows, exp(z²/2) = 14.97 times', () => {
    const z = 2.3263478740408408;
    const limit = Math.exp((z * z) / 2);
    expect(limit).toBeCloseTo(14.97, 2);
    expect(solveLognormal({ mean: 1e6, p99: 1e6 * limit * 0.9999 }).sigma).toBeCloseTo(z, 1);
    expect(refusal({ mean: 1e6, p99: 1e6 * limit * 1.0001 })).toMatchObject({
      code: 'contradictory-distribution',
      path: ['p99'],
      message: expect.stringContaining('14.96 at most'),
      help: expect.stringContaining('median'),
    });
  });

  it.each<[LognormalFacts, string]>([
    [{ median: 2e6, p99: 1e6 }, 'p99'],
    [{ p90: 2e6, p95: 1e6 }, 'p95'],
    [{ mean: 1e6, median: 2e6 }, 'median'],
    [{ mean: 2e6, p99: 1e6 }, 'p99'],
    [{ mean: 0, cv: 1 }, 'mean'],
    [{ median: 1, p99: 1e15 }, 'p99'],
    [{ mean: 1e6 }, 'distribution'],
    [{ mean: 1e6, median: 1e6, p99: 2e6 }, 'p99'],
  ])('refuses %j', (facts, key) => {
    const found = refusal(facts);
    expect(found).toMatchObject({ code: 'contradictory-distribution', path: [key] });
    expect(found.help).toBeTruthy();
  });
});
