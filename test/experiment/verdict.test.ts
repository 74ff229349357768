import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';

/** A platform that costs so much a month and nothing else. */
function verdictOf(...usdPerMonth: number[]): string {
  return simulate({
    version: 1,
    workload: { cpu: '1ms' },
    traffic: { one: { executor: 'constant-arrival-rate', rate: '1/h', duration: '1h', arrivals: 'uniform' } },
    billing: { prices: { 'ec2.instance.c7g.large': '$0' } },
    platforms: {
      servers: {
        type: 'ec2',
        instanceType: 'c7g.large',
        ebs: 'none',
        publicIpv4: false,
        monitoring: 'basic',
        extraCosts: usdPerMonth.map((usd, index) => ({ what: `x${index}`, usdPerMonth: usd })),
      },
    },
  }).verdict.text;
}

describe('verdict', () => {
  it.each([
    [[1.005], '$1.01'],
    [[2.675], '$2.68'],
    [[0.125], '$0.13'],
    [[1.0049999], '$1.00'],
    [[0.1, 0.2, 1234.055], '$1,234.36'],
    [[0.0099], 'less than $0.01'],
    [[0], '$0.00'],
  ])('rounds the exact sum of %j half up to cents', (usd, printed) => {
    expect(verdictOf(...usd)).toContain(`costs ${printed} a month`);
  });
});
