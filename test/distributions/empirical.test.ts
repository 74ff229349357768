import { describe, expect, it } from 'vitest';
import {
  type DistributionSpec,
  distributionSchema,
  openDistribution,
} from '../../sim/distributions/index.ts';
import { meanPreservingLaw } from '../../sim/distributions/quantile-law.ts';
import { openRandom } from '../../sim/kernel/random.ts';
import { ScenarioError } from '../../sim/problems/problem.ts';
import { meanOf, sortedDraws } from './statistics.ts';

const files: Record<string, string> = {
  'plain.txt': '\uFEFFms\r\n1\r\n2.5\r\n\r\n1.5s\r\n',
  'table.csv': 'when,"took",who\n0,10,a\n1,30,b\n',
  'bad.txt': '1\n-2\nfast\n3 apples\n',
  'empty.txt': 'ms\n',
};

function open(spec: DistributionSpec) {
  return openDistribution(distributionSchema.parse(spec), ['workload', 'cpu'], (path) => files[path] ?? '');
}

function problemsOf(spec: DistributionSpec) {
  try {
    open(spec);
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  return [];
}

const draw = (spec: DistributionSpec, count: number) =>
  sortedDraws((out) => open(spec).fill(openRandom(5, 0, 'empirical'), out, count), count);

describe('empirical by values', () => {
  it('draws each value as often (3.3 standard errors)', () => {
    const draws = draw({ distribution: 'empirical', values: ['1ms', '2ms', '2ms', '10ms'] }, 40_000);
    expect(new Set(draws)).toEqual(new Set([1_000, 2_000, 10_000]));
    const share = draws.filter((x) => x === 2_000).length / draws.length;
    expect(Math.abs(share - 0.5)).toBeLessThan((3.3 * 0.5) / Math.sqrt(draws.length));
  });

  it('knows its mean', () => {
    expect(open({ distribution: 'empirical', values: ['1ms', '2ms', '6ms'] }).meanMicros).toBe(3_000);
  });
});

describe('empirical by file', () => {
  it('reads a number of milliseconds or a duration a line, past a header and blank lines', () => {
    expect(new Set(draw({ distribution: 'empirical', file: 'plain.txt' }, 100))).toEqual(
      new Set([1_000, 2_500, 1_500_000]),
    );
  });

  it('reads the named column of a CSV', () => {
    expect(open({ distribution: 'empirical', file: 'table.csv', column: 'took' }).meanMicros).toBe(20_000);
  });

  it('tells which lines are bad', () => {
    expect(problemsOf({ distribution: 'empirical', file: 'bad.txt' })).toMatchObject([
      { code: 'bad-data-row', path: ['workload', 'cpu', 'file'], file: { name: 'bad.txt', line: 2 } },
      { code: 'bad-data-row', file: { line: 3 } },
      { code: 'bad-data-row', file: { line: 4 }, message: '`3 apples` is no duration' },
    ]);
  });

  it('tells which columns there are', () => {
    expect(problemsOf({ distribution: 'empirical', file: 'table.csv', column: 'tok' })).toMatchObject([
      {
        code: 'missing-column',
        path: ['workload', 'cpu', 'column'],
        help: expect.stringContaining('when, took, who'),
      },
    ]);
  });

  it('refuses a file without values', () => {
    expect(problemsOf({ distribution: 'empirical', file: 'empty.txt' })[0]!.code).toBe('empty-data-file');
  });
});

describe('empirical by percentiles', () => {
  it('hits its percentiles (3.3 standard errors of the share below)', () => {
    const count = 100_000;
    const draws = draw(
      { distribution: 'empirical', percentiles: { p10: '5ms', p50: '20ms', p99: '1s' } },
      count,
    );
    const below = (micros: number) => draws.filter((x) => x < micros).length / count;
    expect(Math.abs(below(20_000) - 0.5)).toBeLessThan(3.3 * Math.sqrt(0.25 / count));
    expect(Math.abs(below(1_000_000) - 0.99)).toBeLessThan(3.3 * Math.sqrt(0.0099 / count));
    expect(draws[0]).toBe(5_000);
    expect(draws[count - 1]).toBe(1_000_000);
    expect(Math.abs(draws.filter((x) => x === 5_000).length / count - 0.1)).toBeLessThan(
      3.3 * Math.sqrt(0.09 / count),
    );
  });

  it('sorts its percentiles as numbers', () => {
    const law = open({
      distribution: 'empirical',
      percentiles: { p100: '3s', p50: '2s', p0: '1s', 'p99.9': '3s' },
    });
    // 0.5·1.5 + 0.499·2.5 + 0.001·3
    expect(law.meanMicros).toBeCloseTo(2_000_500, 3);
  });

  it.each<[Record<string, string>, string]>([
    [{ p50: '2s', p99: '1s' }, 'p99'],
    [{ p50: '2s', p101: '3s' }, 'p101'],
    [{ p50: '1s', 'p50.0': '2s' }, 'p50.0'],
  ])('refuses %j', (percentiles, key) => {
    expect(problemsOf({ distribution: 'empirical', percentiles })).toMatchObject([
      {
        code: 'contradictory-distribution',
        path: ['workload', 'cpu', 'percentiles', key],
        help: expect.any(String),
      },
    ]);
  });

  it('refuses none, several ways at once, and a column without a file', () => {
    for (const spec of [
      { distribution: 'empirical' },
      { distribution: 'empirical', values: ['1s'], percentiles: { p50: '1s' } },
      { distribution: 'empirical', values: ['1s'], column: 'x' },
      { distribution: 'empirical', percentiles: {} },
    ] as const) {
      expect(problemsOf(distributionSchema.parse(spec))[0]!.code).toBe('contradictory-distribution');
    }
  });
});

describe('a law of given percentiles and mean', () => {
  const probabilities = Float64Array.of(0, 0.25, 0.5, 0.75, 1);
  const valuesMicros = Float64Array.of(1_000, 2_000, 4_000, 8_000, 100_000);
  const COUNT = 400_000;

  it.each([8_000, 20_000, 27_000])('has the mean %d and the percentiles (3.3 standard errors)', (mean) => {
    const law = meanPreservingLaw({ probabilities, valuesMicros }, mean);
    const draws = sortedDraws((out) => law.fill(openRandom(6, 0), out, COUNT), COUNT);
    expect(law.meanMicros).toBe(mean);
    const deviation = Math.sqrt(meanOf(draws.map((x) => (x - mean) ** 2)));
    expect(Math.abs(meanOf(draws) - mean)).toBeLessThan((3.3 * deviation) / Math.sqrt(COUNT));
    for (const [share, micros] of [
      [0.25, 2_000],
      [0.5, 4_000],
      [0.75, 8_000],
    ] as const) {
      expect(draws[Math.floor((share - 0.003) * COUNT)]).toBeLessThanOrEqual(micros);
      expect(draws[Math.floor((share + 0.003) * COUNT)]).toBeGreaterThanOrEqual(micros);
    }
  });

  it.each([0, 1_000, 60_000])('keeps a mean of %d that the percentiles cannot have', (mean) => {
    const law = meanPreservingLaw({ probabilities, valuesMicros }, mean);
    const draws = sortedDraws((out) => law.fill(openRandom(7, 0), out, COUNT), COUNT);
    expect(Math.abs(meanOf(draws) - mean)).toBeLessThanOrEqual(mean * 0.02);
  });

  it('keeps a mean where all percentiles are zero', () => {
    const law = meanPreservingLaw({ probabilities, valuesMicros: new Float64Array(5) }, 700);
    expect([law.isConstant, law.sample(openRandom(1, 0))]).toEqual([true, 700]);
  });
});
