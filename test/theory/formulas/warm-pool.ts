/**
 * Poisson arrivals to one function, exponential service, environments that expire after `idleSeconds`
 * without work.
 */
export interface WarmPool {
  readonly arrivalRate: number;
  readonly meanService: number;
  readonly idleSeconds: number;
}

export interface WarmPoolState {
  readonly coldFraction: number;
  /** Mean number of environments, and of busy ones. */
  readonly pool: number;
  readonly busy: number;
  readonly lifetimeSeconds: number;
}

/**
 * The exact steady state of a pool that gives each request the most recently used idle environment and has
 * no limit.
 *
 * The number of busy environments N is that of M/M/∞. A request is cold exactly when N becomes higher than
 * at any time within the last T seconds, and the pool is as large as the greatest N of that time. N being
 * reversible, looking back is looking ahead, so with τ(k) the time at which N first reaches k,
 *   p_cold = Σ π(n) P_n(τ(n+1) > T),   E[pool] = Σ_k (1 − Σ_{n≤k} π(n) P_n(τ(k+1) > T)).
 * The lifetime follows from Little's law.
 */
export function warmPool({ arrivalRate, meanService, idleSeconds }: WarmPool): WarmPoolState {
  const offered = arrivalRate * meanService;
  let coldFraction = 0;
  let pool = 0;
  for (let top = 0; ; top++) {
    const stays = staysAtOrBelow(top, arrivalRate, 1 / meanService, idleSeconds);
    coldFraction += poisson(offered, top) * stays[top]!;
    const missing = 1 - stays.reduce((sum, probability, n) => sum + poisson(offered, n) * probability, 0);
    pool += missing;
    if (top > offered && missing < 1e-12) break;
  }
  return { coldFraction, pool, busy: offered, lifetimeSeconds: pool / (arrivalRate * coldFraction) };
}

function poisson(mean: number, n: number): number {
  let logProbability = -mean;
  for (let k = 1; k <= n; k++) logProbability += Math.log(mean / k);
  return Math.exp(logProbability);
}

/**
 * P(N stays at or below `top` for `time`), by its value at the start: the row sums of e^(Qt) for the
 * birth–death generator Q on 0 … top that loses what is born at the top. Over a step short enough for one
 * event or so by uniformisation (Jensen 1953), then by squaring: only sums and products of what is not
 * negative, so nothing cancels.
 */
function staysAtOrBelow(top: number, birthRate: number, deathRate: number, time: number): number[] {
  const size = top + 1;
  const fastest = birthRate + top * deathRate;
  const squarings = Math.max(0, Math.ceil(Math.log2(fastest * time)));
  const events = (fastest * time) / 2 ** squarings;
  const jump = Array.from({ length: size }, (_, from) =>
    Array.from({ length: size }, (_, to) => {
      if (to === from + 1) return birthRate / fastest;
      if (to === from - 1) return (from * deathRate) / fastest;
      return to === from ? 1 - (birthRate + from * deathRate) / fastest : 0;
    }),
  );
  let power = identity(size);
  let result = identity(size).map((row) => row.map((each) => each * Math.exp(-events)));
  let weight = Math.exp(-events);
  for (let count = 1; count <= 25; count++) {
    power = product(power, jump);
    weight *= events / count;
    result = result.map((row, i) => row.map((each, j) => each + weight * power[i]![j]!));
  }
  for (let step = 0; step < squarings; step++) result = product(result, result);
  return result.map((row) => row.reduce((sum, each) => sum + each, 0));
}

function identity(size: number): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));
}

function product(a: readonly number[][], b: readonly number[][]): number[][] {
  return a.map((row) => {
    const result = new Array<number>(row.length).fill(0);
    row.forEach((factor, k) => {
      if (factor === 0) return;
      const other = b[k]!;
      for (let j = 0; j < result.length; j++) result[j]! += factor * other[j]!;
    });
    return result;
  });
}
