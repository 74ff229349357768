import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problem, ScenarioError } from '../../sim/problems/problem.ts';
import { compileScenario, type Overrides, type Program, stepMicrosOf } from '../../sim/scenario/compile.ts';
import { estimateWork, WORK_LIMIT_REQUESTS } from '../../sim/scenario/estimate-work.ts';
import { EVERY_KEY, goodScenario, small } from './fixtures.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

const noFile = (path: string): string => {
  throw new Error(`no file ${path} is expected to be read`);
};

function compiled(text: string, overrides: Overrides = {}): Program {
  return compileScenario(goodScenario(text), { readFile: noFile, overrides });
}

function problemsOf(text: string, overrides: Overrides = {}) {
  try {
    compiled(text, overrides);
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  throw new Error('nothing was refused');
}

const stream = (options: string) => small({ traffic: `traffic:\n  main: { ${options} }` });

describe('compiling', () => {
  const program = compiled(EVERY_KEY);

  it('turns words into numbers', () => {
    expect(program.base).toMatchObject({
      seed: 42,
      replications: 5,
      windowMicros: 40 * MINUTE,
      warmupMicros: 10 * MINUTE,
      startAtEpochMs: Date.UTC(2026, 0, 5, 8, 30),
      stepMicros: MINUTE,
      billing: { monthMicros: 730 * 60 * MINUTE, freeTier: true, egress: 'internet' },
    });
    const resize = program.base.workloads.find((each) => each.name === 'resize');
    expect(resize).toMatchObject({
      memoryBytes: 220e6,
      payloadInBytes: 3e6,
      payloadOutBytes: 400e3,
      timeoutMicros: 30 * SECOND,
      errorRate: 0.001,
      threads: 1,
    });
    expect(resize?.cpu.meanMicros).toBeCloseTo(400_000, 6);
    expect(resize?.wait.meanMicros).toBe(100_000);
    expect(resize?.patience?.meanMicros).toBe(5 * SECOND);
  });

  it('sorts streams and workloads by name, and keeps the order of platforms', () => {
    expect(program.base.streams.map((each) => each.name)).toEqual(['people', 'tags', 'uploads']);
    expect(program.base.workloads.map((each) => each.name)).toEqual(['resize', 'tag']);
    expect(program.platforms.map((each) => [each.name, each.type])).toEqual([
      ['lambda', 'lambda'],
      ['servers', 'ec2'],
      ['burstable', 'ec2'],
      ['hosts', 'ecs'],
      ['service', 'ecs'],
      ['cluster', 'eks'],
      ['pool', 'eks'],
      ['auto', 'eks'],
      ['grouped', 'eks'],
      ['serverless', 'eks'],
    ]);
  });

  it('opens the prices of the region, with the overrides', () => {
    expect(program.prices.region).toBe('eu-west-1');
    expect(program.prices.overrides).toEqual({ 'ec2.instance.c7g.large': '$0.05/h' });
  });

  it('reads the thresholds', () => {
    expect(program.thresholds).toHaveLength(12);
    expect(program.thresholds.at(-1)?.expression).toBe('latency{platform:lambda} p(99.9)<2s');
  });

  it('has unknown memory as 0, endless patience as null and no time-out as Infinity', () => {
    const [workload] = compiled(small()).base.workloads;
    expect(workload).toMatchObject({
      name: 'workload',
      memoryBytes: 0,
      patience: null,
      timeoutMicros: Number.POSITIVE_INFINITY,
    });
  });
});

describe('the window', () => {
  it('is the duration of the scenario, also when the traffic is shorter or longer', () => {
    for (const duration of ['1m', '3h']) {
      const text = small({
        head: 'duration: 1h',
        traffic: `traffic:\n  m: { executor: constant-arrival-rate, rate: 1/s, duration: ${duration} }`,
      });
      expect(compiled(text).base.windowMicros).toBe(60 * MINUTE);
    }
  });

  it('else ends with the last of the traffic', () => {
    const traffic = [
      'traffic:',
      '  a: { executor: constant-arrival-rate, rate: 1/s, duration: 10m, startTime: 25m }',
      '  b: { executor: ramping-arrival-rate, stages: [{ duration: 30m, target: 1/s }] }',
    ].join('\n');
    expect(compiled(small({ traffic })).base.windowMicros).toBe(35 * MINUTE);
  });

  it('must be said by one of them', () => {
    const [problem] = problemsOf(stream('executor: constant-arrival-rate, rate: 5/s'));
    expect(problem).toMatchObject({ code: 'missing-duration', path: ['traffic', 'main'] });
    expect(problem?.help).toContain('duration: 1h');
  });

  it('must be longer than the warm-up', () => {
    const text = small({ head: 'warmup: 40m' });
    expect(problemsOf(text)).toMatchObject([{ code: 'warmup-too-long', path: ['warmup'] }]);
  });

  it.each([
    [60 * MINUTE, MINUTE],
    [24 * 60 * MINUTE, MINUTE],
    [24 * 60 * MINUTE + 1, 2 * MINUTE],
    [7 * 24 * 60 * MINUTE, 7 * MINUTE],
    [30 * 24 * 60 * MINUTE, 30 * MINUTE],
    [1000 * MINUTE + 30 * SECOND, MINUTE],
  ])('of %d µs has bins of %d µs', (window, step) => {
    expect(stepMicrosOf(window)).toBe(step);
    expect(Math.ceil(window / step)).toBeLessThanOrEqual(1440);
  });
});

describe('a trace with workloads of its own', () => {
  const folder = new URL('../../scenarios/traces/', import.meta.url);
  const readFile = (path: string): string => {
    const url = new URL(path, folder);
    if (!existsSync(url))
      throw new ScenarioError([problem('missing-file', [], `no file ${path}`, { help: 'make one' })]);
    return readFileSync(url, 'utf8');
  };
  const stream = 'executor: replay, format: azure-functions-2019, file: small-azure';
  const replay = (...streams: string[]) =>
    small({
      workload: '',
      traffic: `traffic:\n${streams.map((each, i) => `  s${i}: { ${each} }`).join('\n')}`,
    });

  it('needs no workload in the file, and its functions become workloads sorted by name', () => {
    const { base } = compileScenario(goodScenario(replay(stream)), { readFile });
    expect(base.workloads.length).toBeGreaterThan(1);
    const names = base.workloads.map((each) => each.name);
    expect(names).toEqual(names.toSorted());
    expect(base.streams.map((each) => each.workload).toSorted()).toEqual(names);
    expect(base.windowMicros).toBe(60 * MINUTE);
  });

  it.each([
    ['twice at once', 'duplicate-name', replay(stream, stream)],
    ['with a workload named', 'misplaced-key', replay(`${stream}, workload: workload`)],
    ['from where there is none', 'missing-file', replay(stream.replace('small-azure', 'elsewhere'))],
  ])('cannot be replayed %s', (_, code, text) => {
    const compiling = () => compileScenario(goodScenario(text), { readFile });
    expect(compiling).toThrowError(new RegExp(`^${code}: `));
  });
});

describe('the command line', () => {
  it('overrides seed, replications and the choice of platforms', () => {
    const program = compiled(EVERY_KEY, { seed: 7, replications: 2, platforms: ['servers'] });
    expect(program.base).toMatchObject({ seed: 7, replications: 2 });
    expect(program.platforms.map((each) => each.name)).toEqual(['servers']);
    expect(program.thresholds.every((each) => each.platform === undefined)).toBe(true);
  });

  it('is refused where it is out of range or names no platform', () => {
    const problems = problemsOf(small(), { seed: -1, replications: 1.5, platforms: ['lamda'] });
    expect(problems.map((each) => [each.code, each.file?.name])).toEqual([
      ['invalid-value', '--seed -1'],
      ['invalid-value', '--replications 1.5'],
      ['unknown-platform', '--platform lamda'],
    ]);
    expect(problems[2]?.help).toBe('did you mean `lambda`?');
  });
});

describe('problems of several rooms', () => {
  it('are thrown together', () => {
    const text = [
      'version: 1',
      'billing: { prices: { lambda.request: $1 } }',
      'workload:',
      '  cpu: { distribution: lognormal, median: 400ms, p99: 300ms }',
      '  wait: { distribution: uniform, min: 2s, max: 1s }',
      'traffic: { main: { executor: constant-arrival-rate, rate: 5/s } }',
      'platforms: { lambda: { type: lambda } }',
    ].join('\n');
    expect(problemsOf(text).map((each) => [each.code, each.path.slice(0, 2).join('.')])).toEqual([
      ['unknown-price', 'billing.prices'],
      ['contradictory-distribution', 'workload.cpu'],
      ['contradictory-distribution', 'workload.wait'],
      ['missing-duration', 'traffic.main'],
    ]);
  });

  it('of all platforms, too', () => {
    const platforms = [
      'platforms:',
      '  a: { type: ec2, instanceType: c7g.lage }',
      '  b: { type: ec2, instanceType: c7g.larg }',
      '  c: { type: lambda }',
    ].join('\n');
    const problems = problemsOf(small({ platforms }));
    expect(problems.map((each) => each.code)).toEqual(['unknown-instance-type', 'unknown-instance-type']);
  });
});

describe('the estimate of work', () => {
  it('is requests × platforms × replications', () => {
    const text = small({
      head: 'replications: 3',
      traffic:
        'traffic:\n  m: { executor: constant-arrival-rate, rate: 100/s, duration: 1h, arrivals: uniform }',
      platforms: 'platforms:\n  a: { type: lambda }\n  b: { type: lambda }',
    });
    const estimate = estimateWork(compiled(text));
    expect(estimate.requests).toBeCloseTo(100 * 3_600 * 2 * 3, 3);
    expect(estimate.text).toBe('about 360000 requests × 2 platforms × 3 replications = 2.2 million requests');
  });

  it('counts what virtual users can ask: presence ÷ (think time + work)', () => {
    const text = small({
      workload: 'workload: { cpu: 400ms, wait: 100ms }',
      traffic: 'traffic:\n  m: { executor: constant-vus, vus: 20, duration: 1h, thinkTime: 4.5s }',
    });
    expect(estimateWork(compiled(text)).requests).toBeCloseTo((20 * 3_600) / 5, 6);
  });

  it('lets a year of a busy service through only when asked', () => {
    const text = stream('executor: constant-arrival-rate, rate: 1000/s, duration: 365d');
    expect(estimateWork(compiled(text)).requests).toBeGreaterThan(WORK_LIMIT_REQUESTS);
    const day = stream('executor: constant-arrival-rate, rate: 1000/s, duration: 1d');
    expect(estimateWork(compiled(day)).requests).toBeLessThan(WORK_LIMIT_REQUESTS);
  });
});
