const TWO_PI = 6.283185307179586;

/** n·(n + 1) of the terms of Taylor's series that count up to an eighth of a turn, the least first. */
const COSINE_DIVISORS = [240, 182, 132, 90, 56, 30, 12, 2];
const SINE_DIVISORS = [272, 210, 156, 110, 72, 42, 20, 6];

/** 1 − x²/d₁·(1 − x²/d₂·(1 − …)), from the inside out. */
function alternatingSeries(x: number, divisors: readonly number[]): number {
  return divisors.reduce((sum, divisor) => 1 - ((x * x) / divisor) * sum, 1);
}

function smallCosine(x: number): number {
  return alternatingSeries(x, COSINE_DIVISORS);
}

function smallSine(x: number): number {
  return x * alternatingSeries(x, SINE_DIVISORS);
}

/**
 * The cosine of an angle in turns, from basic arithmetic: engines disagree about the last bits of Math.cos.
 */
export function cosineOfTurns(turns: number): number {
  const fraction = Math.abs(turns - Math.round(turns));
  if (fraction <= 0.125) return smallCosine(fraction * TWO_PI);
  if (fraction >= 0.375) return -smallCosine((0.5 - fraction) * TWO_PI);
  return smallSine((0.25 - fraction) * TWO_PI);
}
