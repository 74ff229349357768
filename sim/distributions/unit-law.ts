import type { Random } from '../kernel/random.ts';
import type { Distribution } from './distribution.ts';

/**
 * A dimensionless law of mean 1: the shape of a distribution without its scale. Durations scale it to their
 * mean, renewal arrivals use it as the gap between two requests in operational time.
 *
 * A law holds no state that one random stream could leak into another: it may be shared by runs.
 */
export interface UnitLaw {
  /** True when every draw is 1. */
  readonly isConstant: boolean;
  next(random: Random): number;
  /** Writes `count` draws to `out[0 … count-1]`; equal to `count` calls of `next`. */
  fill(random: Random, out: Float64Array, count: number): void;
}

/** Whole microseconds: a unit law times its mean. */
class ScaledLaw implements Distribution {
  readonly meanMicros: number;
  readonly isConstant: boolean;
  private readonly law: UnitLaw;

  constructor(law: UnitLaw, meanMicros: number) {
    this.law = law;
    this.meanMicros = meanMicros;
    this.isConstant = law.isConstant || meanMicros === 0;
  }

  sample(random: Random): number {
    return Math.round(this.law.next(random) * this.meanMicros);
  }

  fill(random: Random, out: Float64Array, count: number): void {
    this.law.fill(random, out, count);
    const mean = this.meanMicros;
    for (let i = 0; i < count; i += 1) out[i] = Math.round(out[i]! * mean);
  }
}

/** The durations of a unit law whose mean is `meanMicros`, which need not be whole. */
export function scaleToMean(law: UnitLaw, meanMicros: number): Distribution {
  return new ScaledLaw(law, meanMicros);
}
