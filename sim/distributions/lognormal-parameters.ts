import { formatDuration } from '../units/duration.ts';
import { contradict } from './kind.ts';
import { NORMAL_QUANTILES } from './normal.ts';

/** What a lognormal law may be given by; durations in microseconds. */
export interface LognormalFacts {
  readonly mean?: number;
  readonly median?: number;
  readonly p90?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly cv?: number;
}

export interface LognormalParameters {
  readonly meanMicros: number;
  /** Standard deviation of the logarithm. */
  readonly sigma: number;
}

type Fact = keyof LognormalFacts;
type PercentileFact = 'median' | 'p90' | 'p95' | 'p99';

/** In rising order; a pair is (earlier, later) by this list. */
const FACTS: readonly Fact[] = ['cv', 'mean', 'median', 'p90', 'p95', 'p99'];
/** The middle 99 % then spans nearly a billion-fold: wider is a slip. */
const SIGMA_MAX = 4;

function zOf(fact: PercentileFact): number {
  return fact === 'median' ? 0 : NORMAL_QUANTILES[fact];
}

/** Sigma from the mean and one percentile: the smaller root of ln(p / mean) = zσ − σ²/2. */
function sigmaFromMean(mean: number, value: number, fact: PercentileFact): number {
  const log = Math.log(value / mean);
  if (fact === 'median') {
    if (log > 0)
      contradict('median', 'the median of a lognormal is never above its mean', 'exchange the two');
    return Math.sqrt(-2 * log);
  }
  const z = zOf(fact);
  if (log < 0) {
    contradict(
      fact,
      `${fact} ${formatDuration(value)} is below the mean ${formatDuration(mean)}`,
      'exchange the two',
    );
  }
  const discriminant = z * z - 2 * log;
  if (discriminant < 0) {
    const ratioMax = Math.floor(Math.exp((z * z) / 2) * 100) / 100;
    contradict(
      fact,
      `no lognormal has a ${fact} of ${(value / mean).toFixed(2)} times its mean: ${ratioMax} at most`,
      `lower ${fact}, or give \`median\` in place of \`mean\``,
    );
  }
  return z - Math.sqrt(discriminant);
}

function sigmaFromPercentiles(
  low: number,
  high: number,
  lowFact: PercentileFact,
  highFact: PercentileFact,
): number {
  if (high < low) {
    contradict(
      highFact,
      `${highFact} ${formatDuration(high)} is below ${lowFact} ${formatDuration(low)}`,
      'exchange the two',
    );
  }
  return Math.log(high / low) / (zOf(highFact) - zOf(lowFact));
}

function checkWidth(sigma: number, fact: Fact): void {
  if (sigma > SIGMA_MAX) {
    contradict(
      fact,
      'the two values are too far apart for a lognormal',
      'bring them nearer, or give percentiles: `empirical`',
    );
  }
}

/**
 * Solves the two parameters of a lognormal law from two facts about it (Crow and Shimizu, "Lognormal
 * Distributions", 1988, chapter 1): ln mean = μ + σ²/2, ln quantile = μ + zσ, cv² = exp(σ²) − 1.
 *
 * @throws ScenarioError `contradictory-distribution` when no lognormal has both, or not exactly two are
 * given.
 */
export function solveLognormal(facts: LognormalFacts): LognormalParameters {
  const given = FACTS.filter((fact) => facts[fact] !== undefined);
  const [first, second] = given;
  if (given.length !== 2 || first === undefined || second === undefined) {
    contradict(
      given[2] ?? 'distribution',
      `a lognormal takes exactly two of mean, median, p90, p95, p99 and cv, here ${given.length}`,
      'such as `{ distribution: lognormal, mean: 400ms, p99: 900ms }`',
    );
  }
  const zero = given.find((fact) => facts[fact] === 0 && fact !== 'cv');
  if (zero !== undefined)
    contradict(zero, 'a lognormal is never zero', 'write `0s` in place of the distribution');
  const a = facts[first]!;
  const b = facts[second]!;
  if (first === 'cv') {
    const sigma = Math.sqrt(Math.log(1 + a * a));
    checkWidth(sigma, 'cv');
    return { sigma, meanMicros: second === 'mean' ? b : meanFrom(b, second as PercentileFact, sigma) };
  }
  if (first === 'mean') {
    const sigma = sigmaFromMean(a, b, second as PercentileFact);
    checkWidth(sigma, second);
    return { sigma, meanMicros: a };
  }
  const sigma = sigmaFromPercentiles(a, b, first as PercentileFact, second as PercentileFact);
  checkWidth(sigma, second);
  return { sigma, meanMicros: meanFrom(a, first as PercentileFact, sigma) };
}

function meanFrom(value: number, fact: PercentileFact, sigma: number): number {
  return value * Math.exp((sigma * sigma) / 2 - zOf(fact) * sigma);
}
