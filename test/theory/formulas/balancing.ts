/**
 * Mean time in system, in units of the mean service time, when each request joins the shortest of `choices`
 * queues drawn at random, in the limit of many servers: Σ λ^((d^i − d) / (d − 1)) over i ≥ 1.
 * Source: M. Mitzenmacher, IEEE TPDS 12(10), 2001, theorem 4; N. Vvedenskaya et al., 1996.
 */
export function joinShortestOfSojourn(load: number, choices: number): number {
  let sum = 0;
  let exponent = 0;
  for (;;) {
    const term = load ** exponent;
    if (term < 1e-12) return sum;
    sum += term;
    // (d^(i+1) − d) / (d − 1) = d × (d^i − d) / (d − 1) + d
    exponent = choices * exponent + choices;
  }
}
