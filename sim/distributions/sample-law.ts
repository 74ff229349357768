import type { Random } from '../kernel/random.ts';
import type { Distribution } from './distribution.ts';

/** Draws one of the given values, each as likely. */
class SampleLaw implements Distribution {
  readonly meanMicros: number;
  readonly isConstant: boolean;
  private readonly values: Float64Array;

  constructor(values: Float64Array) {
    this.values = values.toSorted();
    this.meanMicros = values.reduce((sum, value) => sum + value, 0) / values.length;
    this.isConstant = this.values[0] === this.values[values.length - 1];
  }

  sample(random: Random): number {
    return this.values[Math.floor(random() * this.values.length)]!;
  }

  fill(random: Random, out: Float64Array, count: number): void {
    const { values } = this;
    const { length } = values;
    for (let i = 0; i < count; i += 1) out[i] = values[Math.floor(random() * length)]!;
  }
}

/** The empirical law of a sample of whole microseconds, at least one. */
export function sampleLaw(valuesMicros: Float64Array): Distribution {
  return new SampleLaw(valuesMicros);
}
