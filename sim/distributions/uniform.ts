import { z } from 'zod';
import type { Random } from '../kernel/random.ts';
import { durationMicros } from '../units/duration.ts';
import type { Distribution } from './distribution.ts';
import { contradict, distributionKind, durationKey, nameKey } from './kind.ts';

class UniformDistribution implements Distribution {
  readonly meanMicros: number;
  readonly isConstant: boolean;
  private readonly min: number;
  private readonly width: number;

  constructor(minMicros: number, maxMicros: number) {
    this.min = minMicros;
    this.width = maxMicros - minMicros;
    this.meanMicros = (minMicros + maxMicros) / 2;
    this.isConstant = this.width === 0;
  }

  sample(random: Random): number {
    return Math.round(this.min + this.width * random());
  }

  fill(random: Random, out: Float64Array, count: number): void {
    const { min, width } = this;
    for (let i = 0; i < count; i += 1) out[i] = Math.round(min + width * random());
  }
}

export const uniform = distributionKind(
  'uniform',
  z.strictObject({
    distribution: nameKey('uniform', 'Uniform: every duration between two bounds is as likely.'),
    min: durationKey('The shortest duration.'),
    max: durationKey('The longest duration.'),
  }),
  (options) => {
    const min = durationMicros(options.min);
    const max = durationMicros(options.max);
    if (min > max) {
      contradict('max', `\`max\` ${options.max} is below \`min\` ${options.min}`, 'exchange the two');
    }
    return new UniformDistribution(min, max);
  },
);
