import { z } from 'zod';
import type { Random } from '../kernel/random.ts';
import { durationMicros } from '../units/duration.ts';
import { logGamma } from './gamma-function.ts';
import { cvKey, distributionKind, meanKey, nameKey } from './kind.ts';
import { power } from './power.ts';
import { scaleToMean, type UnitLaw } from './unit-law.ts';

/** Wide enough for every `cv` that the schema lets through. */
const LOG_SHAPE_MIN = Math.log(0.05);
const LOG_SHAPE_MAX = Math.log(1_000);

/**
 * The shape k of a Weibull law with this coefficient of variation: the only root of
 * 1 + cv² = Γ(1 + 2/k) / Γ(1 + 1/k)², which falls in k. By bisection, to the last bits.
 */
export function weibullShape(cv: number): number {
  const target = Math.log(1 + cv * cv);
  let low = LOG_SHAPE_MIN;
  let high = LOG_SHAPE_MAX;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    const r = Math.exp(-middle);
    if (logGamma(1 + 2 * r) - 2 * logGamma(1 + r) > target) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** Weibull draws by inversion. */
class UnitWeibull implements UnitLaw {
  readonly isConstant = false;
  private readonly exponent: number;
  private readonly scale: number;

  constructor(shape: number) {
    this.exponent = 1 / shape;
    this.scale = Math.exp(-logGamma(1 + 1 / shape));
  }

  next(random: Random): number {
    return this.scale * power(-Math.log(1 - random()), this.exponent);
  }

  fill(random: Random, out: Float64Array, count: number): void {
    const { scale, exponent } = this;
    for (let i = 0; i < count; i += 1) out[i] = scale * power(-Math.log(1 - random()), exponent);
  }
}

/** The Weibull law of mean 1 and coefficient of variation `cv`. */
export function unitWeibull(cv: number): UnitLaw {
  return new UnitWeibull(weibullShape(cv));
}

export const weibull = distributionKind(
  'weibull',
  z.strictObject({
    distribution: nameKey('weibull', 'Weibull by its mean and variation; `cv: 1` is the exponential.'),
    mean: meanKey,
    cv: cvKey,
  }),
  (options) => scaleToMean(unitWeibull(options.cv), durationMicros(options.mean)),
);
