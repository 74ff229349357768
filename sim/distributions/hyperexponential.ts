import { z } from 'zod';
import type { Random } from '../kernel/random.ts';
import { durationMicros } from '../units/duration.ts';
import { distributionKind, meanKey, nameKey, numberKey } from './kind.ts';
import { scaleToMean, type UnitLaw } from './unit-law.ts';

export const hyperexponentialCvKey = numberKey(
  'Coefficient of variation: standard deviation divided by mean.',
  {
    min: 1,
    max: 100,
    isMinExcluded: true,
    help: 'for `cv: 1` take `exponential`, for less `gamma`',
  },
);

/** One of two exponentials a draw. */
class UnitHyperexponential implements UnitLaw {
  readonly isConstant = false;
  private readonly firstShare: number;
  private readonly firstMean: number;
  private readonly secondMean: number;

  constructor(cv: number) {
    const squared = cv * cv;
    this.firstShare = (1 + Math.sqrt((squared - 1) / (squared + 1))) / 2;
    this.firstMean = 1 / (2 * this.firstShare);
    this.secondMean = 1 / (2 * (1 - this.firstShare));
  }

  next(random: Random): number {
    const mean = random() < this.firstShare ? this.firstMean : this.secondMean;
    return -mean * Math.log(1 - random());
  }

  fill(random: Random, out: Float64Array, count: number): void {
    const { firstShare, firstMean, secondMean } = this;
    for (let i = 0; i < count; i += 1) {
      const mean = random() < firstShare ? firstMean : secondMean;
      out[i] = -mean * Math.log(1 - random());
    }
  }
}

/**
 * The two-phase hyperexponential law of mean 1 and coefficient of variation `cv` > 1 with balanced means:
 * either phase brings half of the mean. Whitt, "Approximating a Point Process by a Renewal Process, I", 1982,
 * section 3.
 */
export function unitHyperexponential(cv: number): UnitLaw {
  return new UnitHyperexponential(cv);
}

export const hyperexponential = distributionKind(
  'hyperexponential',
  z.strictObject({
    distribution: nameKey(
      'hyperexponential',
      'Two exponentials, most draws short and a few long (balanced means).',
    ),
    mean: meanKey,
    cv: hyperexponentialCvKey,
  }),
  (options) => scaleToMean(unitHyperexponential(options.cv), durationMicros(options.mean)),
);
