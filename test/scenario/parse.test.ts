import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../sim/scenario/parse.ts';
import { printScenario } from '../../sim/scenario/print.ts';
import { EVERY_KEY, goodScenario, small } from './fixtures.ts';

describe('a good scenario', () => {
  it('keeps every value as written', () => {
    const scenario = goodScenario(EVERY_KEY);
    expect(scenario.workloads?.resize?.cpu).toEqual({
      distribution: 'lognormal',
      mean: '400ms',
      p99: '900ms',
    });
    expect(scenario.workloads?.resize?.payload).toEqual({ in: '3MB', out: '400KB' });
    expect(scenario.startAt).toBe('2026-01-05T08:30:00Z');
    expect(scenario.billing.prices).toEqual({ 'ec2.instance.c7g.large': '$0.05/h' });
    expect(scenario.traffic.tags).toMatchObject({ executor: 'constant-arrival-rate', rate: '600/min' });
    const names = [
      'lambda',
      'servers',
      'burstable',
      'hosts',
      'service',
      'cluster',
      'pool',
      'auto',
      'grouped',
      'serverless',
    ];
    expect(Object.keys(scenario.platforms)).toEqual(names);
    expect(scenario.thresholds['latency{platform:lambda}']).toEqual(['p(99.9)<2s']);
  });

  it('has the defaults of the contract where nothing is said', () => {
    const scenario = goodScenario(small());
    expect(scenario).toMatchObject({
      seed: 1,
      replications: 1,
      region: 'us-east-1',
      startAt: '2026-01-05T00:00:00Z',
      warmup: '0s',
      billing: {
        month: '730h',
        freeTier: false,
        egress: 'none',
        savingsPlans: [],
        reservedInstances: [],
        prices: {},
      },
      workload: {
        cpu: '400ms',
        wait: '0s',
        threads: 1,
        payload: { in: '0B', out: '0B' },
        timeout: 'none',
        errorRate: 0,
      },
      thresholds: {},
    });
    expect(scenario.workload).not.toHaveProperty('memory');
    expect(scenario).not.toHaveProperty('duration');
    expect(scenario.traffic.main).toMatchObject({ arrivals: 'poisson', startTime: '0s' });
  });

  it('may be JSON', () => {
    const scenario = goodScenario(EVERY_KEY);
    expect(goodScenario(JSON.stringify(scenario))).toEqual(scenario);
  });

  it.each(['yaml', 'json'] as const)('resolves to itself when printed as %s', (form) => {
    for (const text of [EVERY_KEY, small()]) {
      const resolved = goodScenario(text);
      const printed = printScenario(resolved, form);
      expect(goodScenario(printed)).toEqual(resolved);
      expect(printScenario(goodScenario(printed), form)).toBe(printed);
    }
  });

  it('may repeat values with aliases', () => {
    const traffic =
      'traffic:\n  a: &a { executor: constant-arrival-rate, rate: 5/s, duration: 40m }\n  b: *a';
    const scenario = goodScenario(small({ traffic }));
    expect(scenario.traffic.b).toEqual(scenario.traffic.a);
    expect(goodScenario(printScenario(scenario, 'yaml'))).toEqual(scenario);
  });

  it('reads CRLF, a byte order mark, comments and tabs after values', () => {
    const lines = small({ head: 'name: small\t# of the kind' }).replaceAll('\n', '\r\n');
    const text = `\ufeff${lines}`;
    expect(goodScenario(text).name).toBe('small');
  });
});

describe('names are data', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    'a.b',
    'latency{x}',
    '<b>&"\'',
    '日本語',
    '👩‍👩‍👧',
    '1.0',
    'x'.repeat(64),
  ];

  it.each(names)('%s may name platforms, streams and workloads', (name) => {
    const key = JSON.stringify(name);
    const text = [
      'version: 1',
      `workloads: { ${key}: { cpu: 1ms } }`,
      `traffic: { ${key}: { executor: constant-arrival-rate, rate: 1/s, duration: 1m, workload: ${key} } }`,
      `platforms: { ${key}: { type: lambda, functions: { ${key}: { memorySize: 512 } } } }`,
      `thresholds: { ${JSON.stringify(`latency{platform:${name}}`)}: ['p(99)<1s'] }`,
    ].join('\n');
    const scenario = goodScenario(text);
    for (const map of [scenario.workloads, scenario.traffic, scenario.platforms]) {
      expect(Object.keys(map ?? {})).toEqual([name]);
    }
    const platform = scenario.platforms[name] as unknown as { functions: Record<string, unknown> };
    expect(Object.keys(platform.functions)).toEqual([name]);
    for (const form of ['yaml', 'json'] as const) {
      expect(printScenario(goodScenario(printScenario(scenario, form)), form)).toBe(
        printScenario(scenario, form),
      );
    }
  });

  it('an inherited name is not found where it is not written', () => {
    const scenario = goodScenario(small());
    expect(scenario.platforms.constructor).toBeUndefined();
    expect(scenario.thresholds.toString).toBeUndefined();
  });

  it('a workload called like an inherited property must be in the file', () => {
    const text = small({
      traffic: 'traffic:\n  main: { executor: constant-arrival-rate, rate: 1/s, workload: constructor }',
    });
    const { problems } = parseScenario(text, 'scenario.yaml');
    expect(problems.map((each) => each.code)).toEqual(['unknown-workload']);
  });
});
