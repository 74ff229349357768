/** Draws of a law, sorted. */
export function sortedDraws(fill: (out: Float64Array) => void, count: number): Float64Array {
  const out = new Float64Array(count);
  fill(out);
  return out.sort();
}

/** The largest distance between a sorted sample's distribution function and the theory's. */
export function ksDistance(sorted: Float64Array, cdf: (x: number) => number): number {
  let distance = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    const expected = cdf(sorted[i]!);
    distance = Math.max(distance, (i + 1) / sorted.length - expected, expected - i / sorted.length);
  }
  return distance;
}

/** Kolmogorov's bound, exceeded by one sample in a thousand: sqrt(−ln(α/2) / 2n), α = 0.001. */
export function ksBound(count: number): number {
  return Math.sqrt(-Math.log(0.0005) / (2 * count));
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]!;
  return sum / values.length;
}

export function varianceOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i]! - mean) ** 2;
  return sum / (values.length - 1);
}

/** The normal distribution function by its power series (Abramowitz and Stegun 26.2.10). */
export function normalCdf(z: number): number {
  if (z < -6) return 0;
  if (z > 6) return 1;
  let term = z;
  let sum = z;
  for (let n = 1; Math.abs(term) > 1e-17; n += 1) {
    term *= (-z * z * (2 * n - 1)) / (2 * n * (2 * n + 1));
    sum += term;
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

/** The gamma distribution function of whole or half shape, by series (Abramowitz and Stegun 6.5.29). */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return Math.min(1, (sum * Math.exp(-x + shape * Math.log(x))) / gammaOf(shape));
}

/** Γ of a whole or half number, exactly by recurrence. */
export function gammaOf(x: number): number {
  if (x > 1) return (x - 1) * gammaOf(x - 1);
  return x === 1 ? 1 : Math.sqrt(Math.PI);
}
