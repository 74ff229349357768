import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, readThresholds, type Threshold } from '../../sim/scenario/threshold.ts';

function one(key: string, rule: string, platforms: string[] = ['lambda']): Threshold {
  const { thresholds, problems } = readThresholds({ [key]: [rule] }, platforms);
  expect(problems).toEqual([]);
  return thresholds[0]!;
}

describe('the grammar of thresholds', () => {
  it.each([
    ['latency', 'p(95)<1s', { statistic: 'p', percentile: 95, operator: '<', limit: 1_000, unit: 'ms' }],
    [
      'latency',
      'p(99.9) <= 1m30s',
      { statistic: 'p', percentile: 99.9, operator: '<=', limit: 90_000, unit: 'ms' },
    ],
    ['latency', 'avg<400us', { statistic: 'avg', operator: '<', limit: 0.4, unit: 'ms' }],
    ['latency', 'med>=10ms', { statistic: 'med', operator: '>=', limit: 10, unit: 'ms' }],
    ['latency', 'max<1h', { statistic: 'max', operator: '<', limit: 3_600_000, unit: 'ms' }],
    ['failed', 'rate<0.1%', { statistic: 'rate', operator: '<', limit: 0.001, unit: 'share' }],
    ['failed', 'rate<0.001', { statistic: 'rate', operator: '<', limit: 0.001, unit: 'share' }],
    ['failed', 'count<5', { statistic: 'count', operator: '<', limit: 5, unit: 'count' }],
    ['coldStarts', 'rate<=100%', { statistic: 'rate', operator: '<=', limit: 1, unit: 'share' }],
    ['cost', 'month<$500', { statistic: 'month', operator: '<', limit: 500, unit: 'usd' }],
    ['cost', 'perMillion<=$20.50', { statistic: 'perMillion', operator: '<=', limit: 20.5, unit: 'usd' }],
    ['utilization', 'avg>20%', { statistic: 'avg', operator: '>', limit: 0.2, unit: 'share' }],
  ] as const)('%s: %s', (metric, rule, expected) => {
    const threshold = one(metric, rule);
    expect(threshold).toEqual({ metric, expression: `${metric} ${rule}`, ...expected });
  });

  it('is printed with its scope', () => {
    expect(one('latency{platform:lambda}', ' p(99)<2s ')).toMatchObject({
      platform: 'lambda',
      expression: 'latency{platform:lambda} p(99)<2s',
    });
  });

  it.each(['a}b', '{platform:x}', 'a{b', 'two words', '"', '__proto__', '<', '日本'])(
    'takes the platform %s',
    (name) => {
      expect(one(`cost{platform:${name}}`, 'month<$5', [name]).platform).toBe(name);
    },
  );

  it('never throws, whatever a rule reads', () => {
    const rule = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[a-zA-Z]{1,6}(\([0-9.]{0,5}\))?[<>=]{1,2}[$]?[0-9.]{1,4}[a-z%]{0,2}$/),
    );
    fc.assert(
      fc.property(fc.constantFrom('latency', 'cost', 'failed'), rule, (metric, text) => {
        const { thresholds, problems } = readThresholds({ [metric]: [text] }, []);
        expect(thresholds.length + problems.length).toBe(1);
        for (const { limit } of thresholds) expect(Number.isFinite(limit)).toBe(true);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('a threshold', () => {
  it.each([
    ['rate<1%', 0.009, true],
    ['rate<1%', 0.01, false],
    ['rate<=1%', 0.01, true],
    ['rate>1%', 0.01, false],
    ['rate>=1%', 0.01, true],
    ['rate>1%', 0.011, true],
  ])('%s holds for %f: %s', (rule, actual, expected) => {
    expect(holds(one('failed', rule), actual)).toBe(expected);
  });
});
