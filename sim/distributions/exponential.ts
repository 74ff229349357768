import { z } from 'zod';
import type { Random } from '../kernel/random.ts';
import { durationMicros } from '../units/duration.ts';
import { distributionKind, meanKey, nameKey } from './kind.ts';
import { scaleToMean, type UnitLaw } from './unit-law.ts';

class UnitExponential implements UnitLaw {
  readonly isConstant = false;

  next(random: Random): number {
    return -Math.log(1 - random());
  }

  fill(random: Random, out: Float64Array, count: number): void {
    for (let i = 0; i < count; i += 1) out[i] = -Math.log(1 - random());
  }
}

/** The exponential law of mean 1, by inversion. */
export const unitExponential: UnitLaw = new UnitExponential();

export const exponential = distributionKind(
  'exponential',
  z.strictObject({
    distribution: nameKey('exponential', 'Exponential: without memory, coefficient of variation 1.'),
    mean: meanKey,
  }),
  (options) => scaleToMean(unitExponential, durationMicros(options.mean)),
);
