import { z } from 'zod';
import type { Random } from '../kernel/random.ts';
import { durationMicros } from '../units/duration.ts';
import { distributionKind, meanKey, nameKey, numberKey } from './kind.ts';
import { scaleToMean, type UnitLaw } from './unit-law.ts';

export const alphaKey = numberKey(
  'Tail index; the smaller, the heavier the tail. The variance is infinite up to 2.',
  {
    min: 1,
    max: 1_000,
    isMinExcluded: true,
    help: 'such as `alpha: 1.5`; at 1 and below there is no mean',
  },
);

/** Pareto (type I) draws by inversion. */
class UnitPareto implements UnitLaw {
  readonly isConstant = false;
  private readonly min: number;
  private readonly exponent: number;

  constructor(alpha: number) {
    this.min = (alpha - 1) / alpha;
    this.exponent = -1 / alpha;
  }

  next(random: Random): number {
    return this.min * Math.exp(this.exponent * Math.log(1 - random()));
  }

  fill(random: Random, out: Float64Array, count: number): void {
    const { min, exponent } = this;
    for (let i = 0; i < count; i += 1) out[i] = min * Math.exp(exponent * Math.log(1 - random()));
  }
}

/** The Pareto law of mean 1 and tail index `alpha`: its least value is (alpha − 1) / alpha. */
export function unitPareto(alpha: number): UnitLaw {
  return new UnitPareto(alpha);
}

export const pareto = distributionKind(
  'pareto',
  z.strictObject({
    distribution: nameKey('pareto', 'Pareto: a heavy tail that falls by a power law.'),
    mean: meanKey,
    alpha: alphaKey,
  }),
  (options) => scaleToMean(unitPareto(options.alpha), durationMicros(options.mean)),
);
