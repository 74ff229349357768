import { z } from 'zod';
import type { Random } from '../kernel/random.ts';
import { durationMicros } from '../units/duration.ts';
import type { Distribution } from './distribution.ts';
import { distributionKind, durationKey, nameKey } from './kind.ts';
import type { UnitLaw } from './unit-law.ts';

/** Always 1. */
export const unitConstant: UnitLaw = {
  isConstant: true,
  next: () => 1,
  fill(_random, out, count) {
    out.fill(1, 0, count);
  },
};

class ConstantDistribution implements Distribution {
  readonly meanMicros: number;
  readonly isConstant = true;

  constructor(micros: number) {
    this.meanMicros = micros;
  }

  sample(_random: Random): number {
    return this.meanMicros;
  }

  fill(_random: Random, out: Float64Array, count: number): void {
    out.fill(this.meanMicros, 0, count);
  }
}

/** Every draw is `micros`, a whole number; no random number is used. */
export function constantDistribution(micros: number): Distribution {
  return new ConstantDistribution(micros);
}

export const constant = distributionKind(
  'constant',
  z.strictObject({
    distribution: nameKey('constant', 'The same duration every time; a plain duration says the same.'),
    value: durationKey('The duration.'),
  }),
  (options) => constantDistribution(durationMicros(options.value)),
);
