import { describe, expect, it } from 'vitest';
import { latencyLimits } from '../../reports/latency-limits.ts';
import { thresholdText, thresholdVerdict } from '../../reports/thresholds.ts';
import type { Result } from '../../sim/result/result.ts';
import { makeResult } from './fixtures.ts';

type Threshold = Result['thresholds'][number];
const base: Threshold = { expression: 'cost month<$200', ok: true, actual: 1, unit: 'USD', scoped: false };

function verdict(...thresholds: Partial<Threshold>[]): { ok: boolean; text: string } {
  const result = makeResult({ names: ['a', 'b'] });
  return thresholdVerdict({ ...result, thresholds: thresholds.map((each) => ({ ...base, ...each })) });
}

describe('the verdict on thresholds', () => {
  it('passes when one platform meets all that every candidate is held to', () => {
    const { ok, text } = verdict({ platform: 'a', ok: false }, { platform: 'b' });
    expect(ok).toBe(true);
    expect(text).toBe('thresholds passed, by b; not by a');
  });

  it('fails when each platform misses another one', () => {
    expect(
      verdict(
        { platform: 'a', ok: false },
        { platform: 'b' },
        { platform: 'a' },
        { platform: 'b', ok: false },
      ).ok,
    ).toBe(false);
  });

  it('fails by a scoped one alone', () => {
    const failed = verdict(
      { platform: 'a' },
      { platform: 'a', ok: false, scoped: true, expression: 'latency{platform:a} p(99)<1s' },
    );
    expect(failed.ok).toBe(false);
    expect(failed.text).toContain('latency{platform:a} p(99)<1s');
  });

  it('drops the scope from the text where the platform stands beside it', () => {
    const expression = 'latency{platform:$& a} p(99)<1s';
    expect(thresholdText({ ...base, expression, platform: '$& a' })).toBe('latency p(99)<1s');
  });
});

describe('latency limits for the chart', () => {
  it('reads percentiles and durations from the expressions', () => {
    const result = makeResult({ names: ['a'] });
    const expressions = [
      'latency p(99)<3s',
      'latency{platform:x} p(0)<9} p(99.9)<=400ms',
      'latency p(99)<3s',
      'latency avg<1s',
      'cost month<$200',
      'latency p(95)>1s',
    ];
    const limits = latencyLimits({
      ...result,
      thresholds: expressions.map((expression) => ({ ...base, expression })),
    });
    expect(limits).toEqual(
      [
        { share: 0.99, ms: 3_000 },
        { share: 0.9990000000000001, ms: 400 },
      ].map((each) => ({ ...each, share: expect.closeTo(each.share, 9) })),
    );
  });
});
