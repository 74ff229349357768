const HALF_LOG_TWO_PI = 0.9189385332046728;
/** Stirling's series is good to a double's last digits from here. */
const STIRLING_MIN = 12;

/**
 * The natural logarithm of Γ(x) for x > 0: recurrence up to 12, then Stirling's series (DLMF 5.5.1 and
 * 5.11.1).
 */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < STIRLING_MIN) {
    product *= shifted;
    shifted += 1;
  }
  const r = 1 / shifted;
  const r2 = r * r;
  const series = r * (1 / 12 + r2 * (-1 / 360 + r2 * (1 / 1260 + r2 * (-1 / 1680 + r2 / 1188))));
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + series - Math.log(product);
}
