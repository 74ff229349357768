import { z } from 'zod';
import type { Random } from '../kernel/random.ts';
import { durationMicros } from '../units/duration.ts';
import { cvKey, distributionKind, durationKey, nameKey } from './kind.ts';
import { type LognormalFacts, solveLognormal } from './lognormal-parameters.ts';
import { NormalsByStream } from './normal.ts';
import { scaleToMean, type UnitLaw } from './unit-law.ts';

class UnitLognormal implements UnitLaw {
  readonly isConstant: boolean;
  private readonly normals = new NormalsByStream();
  private readonly sigma: number;
  private readonly mu: number;

  constructor(sigma: number) {
    this.sigma = sigma;
    this.mu = (-sigma * sigma) / 2;
    this.isConstant = sigma === 0;
  }

  next(random: Random): number {
    return Math.exp(this.mu + this.sigma * this.normals.of(random).next(random));
  }

  fill(random: Random, out: Float64Array, count: number): void {
    const { mu, sigma } = this;
    const normal = this.normals.of(random);
    for (let i = 0; i < count; i += 1) out[i] = Math.exp(mu + sigma * normal.next(random));
  }
}

/** The lognormal law of mean 1 whose logarithm has the standard deviation `sigma`. */
function unitLognormalOfSigma(sigma: number): UnitLaw {
  return new UnitLognormal(sigma);
}

/** The lognormal law of mean 1 and coefficient of variation `cv`. */
export function unitLognormal(cv: number): UnitLaw {
  return unitLognormalOfSigma(Math.sqrt(Math.log(1 + cv * cv)));
}

export const lognormal = distributionKind(
  'lognormal',
  z.strictObject({
    distribution: nameKey('lognormal', 'Lognormal, given by two of mean, median, p90, p95, p99 and cv.'),
    mean: durationKey('Mean.').optional(),
    median: durationKey('Median (p50).').optional(),
    p90: durationKey('90th percentile.').optional(),
    p95: durationKey('95th percentile.').optional(),
    p99: durationKey('99th percentile.').optional(),
    cv: cvKey.optional(),
  }),
  (options) => {
    const facts: { -readonly [Fact in keyof LognormalFacts]: number } = {};
    for (const key of ['mean', 'median', 'p90', 'p95', 'p99'] as const) {
      const text = options[key];
      if (text !== undefined) facts[key] = durationMicros(text);
    }
    if (options.cv !== undefined) facts.cv = options.cv;
    const { meanMicros, sigma } = solveLognormal(facts);
    return scaleToMean(unitLognormalOfSigma(sigma), meanMicros);
  },
);
