import { describe, expect, it } from 'vitest';
import {
  type DistributionSpec,
  distributionSchema,
  openDistribution,
} from '../../sim/distributions/index.ts';
import { openRandom } from '../../sim/kernel/random.ts';
import { gammaCdf, ksBound, ksDistance, meanOf, normalCdf, sortedDraws, varianceOf } from './statistics.ts';

const DRAWS = 100_000;
const SECOND = 1_000_000;
const noFiles = (): string => {
  throw new Error('no file');
};

function open(spec: DistributionSpec) {
  return openDistribution(distributionSchema.parse(spec), [], noFiles);
}

const exponentialCdf = (mean: number) => (x: number) => (x <= 0 ? 0 : 1 - Math.exp(-x / mean));

interface Case {
  readonly title: string;
  readonly spec: DistributionSpec;
  readonly meanMicros: number;
  /** Standard deviation over mean; null where its estimate is useless for want of moments. */
  readonly cv: number | null;
  readonly cdf: (micros: number) => number;
}

const h2Share = (1 + Math.sqrt(3 / 5)) / 2;

/** Every expected figure is a closed form of the law. */
const cases: Case[] = [
  {
    title: 'exponential',
    spec: { distribution: 'exponential', mean: '1s' },
    meanMicros: SECOND,
    cv: 1,
    cdf: exponentialCdf(SECOND),
  },
  {
    title: 'uniform',
    spec: { distribution: 'uniform', min: '5m', max: '7m' },
    meanMicros: 360 * SECOND,
    cv: 120 / Math.sqrt(12) / 360,
    cdf: (x) => Math.min(1, Math.max(0, (x - 300 * SECOND) / (120 * SECOND))),
  },
  {
    title: 'lognormal by median and p95',
    spec: { distribution: 'lognormal', median: '1s', p95: '2s' },
    meanMicros: SECOND * Math.exp((Math.LN2 / 1.6448536269514722) ** 2 / 2),
    cv: Math.sqrt(Math.exp((Math.LN2 / 1.6448536269514722) ** 2) - 1),
    cdf: (x) => normalCdf((Math.log(x / SECOND) / Math.LN2) * 1.6448536269514722),
  },
  {
    title: 'gamma of shape 4',
    spec: { distribution: 'gamma', mean: '1s', cv: 0.5 },
    meanMicros: SECOND,
    cv: 0.5,
    cdf: (x) => gammaCdf(4, (4 * x) / SECOND),
  },
  {
    title: 'gamma of shape 1/2',
    spec: { distribution: 'gamma', mean: '1s', cv: Math.SQRT2 },
    meanMicros: SECOND,
    cv: Math.SQRT2,
    cdf: (x) => gammaCdf(0.5, Math.max(0, x + 0.5) / 2 / SECOND),
  },
  {
    title: 'weibull of shape 2 (Rayleigh)',
    spec: { distribution: 'weibull', mean: '1s', cv: Math.sqrt(4 / Math.PI - 1) },
    meanMicros: SECOND,
    cv: Math.sqrt(4 / Math.PI - 1),
    cdf: (x) => 1 - Math.exp((-Math.PI / 4) * (x / SECOND) ** 2),
  },
  {
    title: 'weibull of shape 1/2',
    spec: { distribution: 'weibull', mean: '1s', cv: Math.sqrt(5) },
    meanMicros: SECOND,
    cv: null,
    cdf: (x) => 1 - Math.exp(-Math.sqrt((2 * x) / SECOND)),
  },
  {
    title: 'pareto',
    spec: { distribution: 'pareto', mean: '1s', alpha: 2.5 },
    meanMicros: SECOND,
    cv: null,
    cdf: (x) => Math.max(0, 1 - ((0.6 * SECOND) / x) ** 2.5),
  },
  {
    title: 'hyperexponential of cv 2, balanced means',
    spec: { distribution: 'hyperexponential', mean: '1s', cv: 2 },
    meanMicros: SECOND,
    cv: 2,
    cdf: (x) =>
      h2Share * exponentialCdf(SECOND / (2 * h2Share))(x) +
      (1 - h2Share) * exponentialCdf(SECOND / (2 * (1 - h2Share)))(x),
  },
  {
    title: 'mixture',
    spec: {
      distribution: 'mixture',
      components: [
        { weight: 3, distribution: 'exponential', mean: '1s' },
        { weight: 1, distribution: 'uniform', min: '2s', max: '6s' },
      ],
    },
    meanMicros: 1.75 * SECOND,
    // E[X²] = 3/4·2 + 1/4·(4² + 4²/12)
    cv: Math.sqrt(1.5 + (16 + 16 / 12) / 4 - 1.75 ** 2) / 1.75,
    cdf: (x) => 0.75 * exponentialCdf(SECOND)(x) + 0.25 * Math.min(1, Math.max(0, (x / SECOND - 2) / 4)),
  },
  {
    title: 'empirical by percentiles',
    spec: { distribution: 'empirical', percentiles: { p0: '0s', p50: '1s', p100: '5s' } },
    meanMicros: 1.75 * SECOND,
    // E[X²] = 1/2·1/3 + 1/2·(3² + 4²/12)
    cv: Math.sqrt(1 / 6 + (9 + 16 / 12) / 2 - 1.75 ** 2) / 1.75,
    cdf: (x) => (x < SECOND ? x / SECOND / 2 : 0.5 + (x / SECOND - 1) / 8),
  },
];

describe.each(cases)('$title', ({ spec, meanMicros, cv, cdf }) => {
  it('knows its mean', () => {
    expect(open(spec).meanMicros / meanMicros).toBeCloseTo(1, 12);
  });

  it('draws whole microseconds of its law (Kolmogorov–Smirnov, α = 0.001)', () => {
    const law = open(spec);
    const draws = sortedDraws((out) => law.fill(openRandom(1, 0, 'laws'), out, DRAWS), DRAWS);
    expect(draws.every((x) => Number.isInteger(x) && x >= 0)).toBe(true);
    expect(ksDistance(draws, cdf)).toBeLessThan(ksBound(DRAWS));
  });

  it('draws its moments (3.3 standard errors; 5 % for the variation)', () => {
    const law = open(spec);
    const draws = sortedDraws((out) => law.fill(openRandom(2, 0, 'laws'), out, DRAWS), DRAWS);
    const standardError = Math.sqrt(varianceOf(draws) / DRAWS);
    expect(Math.abs(meanOf(draws) - meanMicros)).toBeLessThan(3.3 * standardError);
    if (cv !== null) expect(Math.sqrt(varianceOf(draws)) / meanOf(draws) / cv).toBeCloseTo(1, 1);
  });

  it('draws the same one by one, in blocks of any size, and for another stream in between', () => {
    const law = open(spec);
    const singles = openRandom(3, 0, 'laws');
    const blocks = openRandom(3, 0, 'laws');
    const other = openRandom(4, 0, 'laws');
    const one = Array.from({ length: 1_007 }, () => law.sample(singles));
    const many: number[] = [];
    for (const size of [1, 7, 500, 499]) {
      const out = new Float64Array(size);
      law.fill(blocks, out, size);
      many.push(...out);
      law.sample(other);
    }
    expect(many).toEqual(one);
  });
});

describe('constants', () => {
  it.each([
    ['250ms', 250_000],
    [{ distribution: 'constant', value: '1m30s' } as const, 90_000_000],
    [{ distribution: 'lognormal', median: '2s', p99: '2s' } as const, 2_000_000],
    [{ distribution: 'uniform', min: '3s', max: '3s' } as const, 3_000_000],
    [{ distribution: 'exponential', mean: '0s' } as const, 0],
  ])('%j is always the same', (spec, micros) => {
    const law = open(spec);
    const out = new Float64Array(5);
    law.fill(openRandom(1, 0), out, 5);
    expect(law.isConstant).toBe(true);
    expect(law.meanMicros).toBeCloseTo(micros, 6);
    expect([...out]).toEqual(Array(5).fill(micros));
  });
});

describe('a distribution shared by runs', () => {
  it('does not carry a spare normal from one run into the next', () => {
    const law = open({ distribution: 'lognormal', mean: '1s', cv: 1 });
    const fresh = open({ distribution: 'lognormal', mean: '1s', cv: 1 });
    law.sample(openRandom(1, 0, 'cpu'));
    expect(law.sample(openRandom(1, 1, 'cpu'))).toBe(fresh.sample(openRandom(1, 1, 'cpu')));
  });
});
