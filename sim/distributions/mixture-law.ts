import type { Random } from '../kernel/random.ts';
import type { Distribution } from './distribution.ts';

/** Draws from one of several laws, chosen by weight; the choice and the draw use the same random stream. */
class MixtureLaw implements Distribution {
  readonly meanMicros: number;
  readonly isConstant: boolean;
  private readonly parts: readonly Distribution[];
  private readonly cumulative: Float64Array;

  constructor(parts: readonly Distribution[], weights: readonly number[]) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    this.cumulative = Float64Array.from(weights, (weight) => {
      sum += weight;
      return sum / total;
    });
    this.parts = parts;
    this.meanMicros = parts.reduce((mean, part, i) => mean + (part.meanMicros * weights[i]!) / total, 0);
    this.isConstant = parts.every((part) => part.isConstant && part.meanMicros === parts[0]!.meanMicros);
  }

  sample(random: Random): number {
    const u = random();
    const last = this.parts.length - 1;
    let i = 0;
    while (i < last && u >= this.cumulative[i]!) i += 1;
    return this.parts[i]!.sample(random);
  }

  fill(random: Random, out: Float64Array, count: number): void {
    for (let i = 0; i < count; i += 1) out[i] = this.sample(random);
  }
}

/** The mixture of `parts` in proportion to `weights`, which are not negative and not all zero. */
export function mixtureLaw(parts: readonly Distribution[], weights: readonly number[]): Distribution {
  return new MixtureLaw(parts, weights);
}
