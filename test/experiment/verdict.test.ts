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

/** Servers of one instance each at $0, and what else they cost a month. */
function compare(workload: object, usdPerMonth: Readonly<Record<string, number>>, rate = '1/h'): string {
  const server = (usd: number) => ({
    type: 'ec2',
    instanceType: 'c7g.large',
    ebs: 'none',
    publicIpv4: false,
    monitoring: 'basic',
    concurrency: 1,
    extraCosts: [{ what: 'x', usdPerMonth: usd }],
  });
  return simulate({
    version: 1,
    workload,
    traffic: { one: { executor: 'constant-arrival-rate', rate, duration: '1h', arrivals: 'uniform' } },
    billing: { prices: { 'ec2.instance.c7g.large': '$0' } },
    platforms: Object.fromEntries(Object.entries(usdPerMonth).map(([name, usd]) => [name, server(usd)])),
  }).verdict.text;
}

describe('a verdict on platforms that fail many requests', () => {
  /** The first serves every second request, for it has one place and 1.25 are asked for; the others all. */
  const judged = (names: readonly string[], thresholds: object = {}) =>
    simulate({
      version: 1,
      duration: '1h',
      workload: { cpu: '1ms', wait: '999ms' },
      traffic: { one: { executor: 'constant-arrival-rate', rate: '1.25/s', arrivals: 'uniform' } },
      billing: { prices: { 'ec2.instance.c7g.large': '$0' } },
      platforms: Object.fromEntries(
        names.map((name, index) => [
          name,
          {
            type: 'ec2',
            instanceType: 'c7g.large',
            ebs: 'none',
            publicIpv4: false,
            monitoring: 'basic',
            extraCosts: [{ what: 'x', usdPerMonth: index + 1 }],
            ...(name.startsWith('small') ? { concurrency: 1, backlog: 0 } : {}),
          },
        ]),
      ),
      thresholds,
    }).verdict;

  it('names the cheapest by cost, says what it fails, and which one serves the requests', () => {
    const { cheapest, cheapestThatPasses, text } = judged(['small', 'large', 'larger']);
    expect([cheapest, cheapestThatPasses]).toEqual(['small', 'large']);
    expect(text).toContain('Of the requests small fails 50 %. The cheapest that serves them is large.');
  });

  it('has no answer where none serves them', () => {
    const { cheapest, cheapestThatPasses, text } = judged(['small', 'small too']);
    expect([cheapest, cheapestThatPasses]).toEqual(['small', null]);
    expect(text).toContain('Of the requests small fails 50 % and small too fails 50 %.');
    expect(text).toContain('No platform serves 99 % of them.');
  });

  it('says so of one platform', () => {
    expect(judged(['small']).text).toContain('Of the requests it fails 50 %.');
  });

  it('lets a threshold on failures decide, where there is one', () => {
    const lenient = judged(['small', 'large'], { failed: ['rate<60%'] });
    expect(lenient.cheapestThatPasses).toBe('small');
    expect(lenient.text).toContain('small also passes every threshold.');
    const strict = judged(['small', 'large'], { failed: ['rate<1%'] });
    expect(strict.text).toContain(
      'The cheapest that passes every threshold is large; small breaks failed rate<1%.',
    );
  });

  it('does not let one pass by its latency alone', () => {
    const { cheapestThatPasses, text } = judged(['small', 'large'], { latency: ['p(99)<2s'] });
    expect(cheapestThatPasses).toBe('large');
    expect(text).toContain('The cheapest that passes every threshold is large; small has a warning.');
    expect(text).toContain('Of the requests small fails 50 %.');
    expect(judged(['small'], { latency: ['p(99)<2s'] }).text).toContain(
      'passes every threshold, but has a warning',
    );
  });
});

describe('a comparison of costs', () => {
  const light = { cpu: '1ms' };

  it.each([
    [{ a: 1, b: 1 }, 'a and b cost the same, $1.00 a month.'],
    [{ a: 1, b: 1, c: 2 }, 'a and b are the cheapest at $1.00 a month; c costs 2.00 times as much ($2.00).'],
    [{ a: 1, b: 3, c: 3 }, 'a is the cheapest at $1.00 a month; b and c cost 3.00 times as much ($3.00).'],
    [{ a: 0, b: 0, c: 3 }, 'a and b cost nothing, c costs $3.00 a month.'],
    [{ a: 1, b: 2, c: 5 }, 'b costs 2.00 times as much ($2.00) and c 5.00 times as much ($5.00).'],
    [{ a: 1, b: 12_345 }, 'b costs 12,345 times as much ($12,345.00).'],
  ])('tells %j', (usd, text) => {
    expect(compare(light, usd)).toContain(text);
  });

  it('tells latencies of many minutes in minutes, as the tables do', () => {
    const text = simulate({
      version: 1,
      workload: { cpu: '15m' },
      traffic: {
        one: { executor: 'constant-arrival-rate', rate: '1/h', duration: '3h', arrivals: 'uniform' },
      },
      platforms: {
        slow: { type: 'ec2', instanceType: 'c7g.large', minSize: 1 },
        fast: { type: 'ec2', instanceType: 'c7g.large', minSize: 1, speed: 2 },
      },
    }).verdict.text;
    expect(text).toContain('fast answers 99 % of requests within 450 s, slow within 15 min.');
  });

  it('says whose latency it is where many requests fail', () => {
    const text = simulate({
      version: 1,
      workload: { cpu: '2s' },
      traffic: { one: { executor: 'constant-arrival-rate', rate: '2/s', duration: '5m' } },
      platforms: {
        small: { type: 'ec2', instanceType: 'c7g.medium', minSize: 1, concurrency: 1, backlog: 1 },
        large: { type: 'ec2', instanceType: 'c7g.4xlarge', minSize: 1 },
      },
    }).verdict.text;
    expect(text).toMatch(/large answers 99 % of the requests that it answers within/);
  });
});
