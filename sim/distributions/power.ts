/**
 * `base` to a positive `exponent`, by exponential and logarithm: engines disagree about the last bits of
 * Math.pow. A base of zero gives zero.
 */
export function power(base: number, exponent: number): number {
  return base <= 0 ? 0 : Math.exp(exponent * Math.log(base));
}
