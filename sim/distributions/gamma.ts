import { z } from 'zod';
import type { Random } from '../kernel/random.ts';
import { durationMicros } from '../units/duration.ts';
import { cvKey, distributionKind, meanKey, nameKey } from './kind.ts';
import { NormalsByStream, type PolarNormal } from './normal.ts';
import { power } from './power.ts';
import { scaleToMean, type UnitLaw } from './unit-law.ts';

/**
 * Gamma draws by squeeze and rejection from a transformed normal; a shape below 1 is boosted by a power of a
 * uniform. Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26(3), 2000.
 */
class UnitGamma implements UnitLaw {
  readonly isConstant = false;
  private readonly normals = new NormalsByStream();
  private readonly shape: number;
  private readonly d: number;
  private readonly c: number;

  constructor(shape: number) {
    this.shape = shape;
    this.d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
    this.c = 1 / Math.sqrt(9 * this.d);
  }

  next(random: Random): number {
    return this.draw(random, this.normals.of(random));
  }

  fill(random: Random, out: Float64Array, count: number): void {
    const normal = this.normals.of(random);
    for (let i = 0; i < count; i += 1) out[i] = this.draw(random, normal);
  }

  private draw(random: Random, normal: PolarNormal): number {
    const { shape, d, c } = this;
    for (;;) {
      const x = normal.next(random);
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = 1 - random();
      const x2 = x * x;
      if (u < 1 - 0.0331 * x2 * x2 || Math.log(u) < 0.5 * x2 + d * (1 - v + Math.log(v))) {
        const boost = shape < 1 ? power(1 - random(), 1 / shape) : 1;
        return (d * v * boost) / shape;
      }
    }
  }
}

/** The gamma law of mean 1 and coefficient of variation `cv`. */
export function unitGamma(cv: number): UnitLaw {
  return new UnitGamma(1 / (cv * cv));
}

export const gamma = distributionKind(
  'gamma',
  z.strictObject({
    distribution: nameKey('gamma', 'Gamma by its mean and variation; `cv: 1` is the exponential.'),
    mean: meanKey,
    cv: cvKey,
  }),
  (options) => scaleToMean(unitGamma(options.cv), durationMicros(options.mean)),
);
