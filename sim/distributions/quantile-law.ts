import type { Random } from '../kernel/random.ts';
import type { Distribution } from './distribution.ts';
import { power } from './power.ts';

/** Beyond these the curve between two percentiles is a step for all purposes. */
const BEND_MIN = 1 / 64;
const BEND_MAX = 64;

/** Points of a quantile function: rising probabilities in [0, 1] and values that never fall. */
export interface QuantilePoints {
  readonly probabilities: Float64Array;
  readonly valuesMicros: Float64Array;
}

/** Lower sum and rise of the quantile function's integral: its mean is `low + rise / (bend + 1)`. */
function integrate(points: QuantilePoints): { low: number; rise: number } {
  const { probabilities, valuesMicros } = points;
  const last = probabilities.length - 1;
  let low = valuesMicros[0]! * probabilities[0]! + valuesMicros[last]! * (1 - probabilities[last]!);
  let rise = 0;
  for (let i = 0; i < last; i += 1) {
    const weight = probabilities[i + 1]! - probabilities[i]!;
    low += weight * valuesMicros[i]!;
    rise += weight * (valuesMicros[i + 1]! - valuesMicros[i]!);
  }
  return { low, rise };
}

/** Draws by inversion of a quantile function through given points, flat outside them. */
class QuantileLaw implements Distribution {
  readonly meanMicros: number;
  readonly isConstant: boolean;
  private readonly probabilities: Float64Array;
  private readonly values: Float64Array;
  private readonly bend: number;

  constructor(points: QuantilePoints, bend: number, meanMicros: number) {
    this.probabilities = points.probabilities;
    this.values = points.valuesMicros;
    this.bend = bend;
    this.meanMicros = meanMicros;
    this.isConstant = this.values[0] === this.values[this.values.length - 1];
  }

  sample(random: Random): number {
    return Math.round(this.quantile(random()));
  }

  fill(random: Random, out: Float64Array, count: number): void {
    for (let i = 0; i < count; i += 1) out[i] = Math.round(this.quantile(random()));
  }

  private quantile(u: number): number {
    const { probabilities, values } = this;
    const last = probabilities.length - 1;
    if (u < probabilities[0]!) return values[0]!;
    if (u >= probabilities[last]!) return values[last]!;
    let i = 0;
    while (u >= probabilities[i + 1]!) i += 1;
    const low = values[i]!;
    const part = (u - probabilities[i]!) / (probabilities[i + 1]! - probabilities[i]!);
    return low + (values[i + 1]! - low) * (this.bend === 1 ? part : power(part, this.bend));
  }
}

/** The law whose quantile function is piecewise linear through `points`. */
export function piecewiseLinearLaw(points: QuantilePoints): Distribution {
  const { low, rise } = integrate(points);
  return new QuantileLaw(points, 1, low + rise / 2);
}

/**
 * The law that has both the given percentiles and the given mean, which is seldom what straight lines give:
 * between two points the quantile function rises as the `bend`-th power of the way, one bend for all. A mean
 * that no bend reaches wins over the percentiles, which are then scaled: cost follows the mean.
 */
export function meanPreservingLaw(points: QuantilePoints, meanMicros: number): Distribution {
  const { low, rise } = integrate(points);
  const wanted = meanMicros > low ? rise / (meanMicros - low) - 1 : Number.POSITIVE_INFINITY;
  const bend = Math.min(BEND_MAX, Math.max(BEND_MIN, wanted));
  if (bend === wanted) return new QuantileLaw(points, bend, meanMicros);
  const reached = low + rise / (bend + 1);
  if (reached === 0)
    return new QuantileLaw(
      { ...points, valuesMicros: points.valuesMicros.map(() => meanMicros) },
      1,
      meanMicros,
    );
  const factor = meanMicros / reached;
  return new QuantileLaw(
    { ...points, valuesMicros: points.valuesMicros.map((value) => value * factor) },
    bend,
    meanMicros,
  );
}
