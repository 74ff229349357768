import { describe, expect, it } from 'vitest';
import { type PlatformResult, ScenarioError, simulate } from '../../sim/index.ts';
import { expectSound } from '../theory/expect-sound.ts';

interface Parts {
  readonly workload: string;
  readonly lambda?: string;
  readonly stream?: string;
  readonly duration: string;
  /** Seconds at which events come, instead of a stream. */
  readonly at?: readonly number[];
  readonly invocation?: string;
}

const FREE_STARTS = 'coldStart: { setup: 0s, init: 0s }, keepAlive: { idle: none }';

function run(parts: Parts): PlatformResult {
  const { stream = 'executor: replay, format: timestamps, file: at.txt', lambda = '' } = parts;
  const { invocation = 'async' } = parts;
  const text = [
    'version: 1',
    `duration: ${parts.duration}`,
    `billing: { month: ${parts.duration} }`,
    `workload: { ${parts.workload} }`,
    `traffic: { main: { ${stream} } }`,
    `platforms: { it: { type: lambda, invocation: ${invocation}, ${FREE_STARTS}, ${lambda} } }`,
  ].join('\n');
  const result = simulate(text, { readFile: () => (parts.at ?? []).join('\n') });
  expectSound(result);
  return result.platforms.it!;
}

function problemsOf(parts: Parts): string[][] {
  try {
    run(parts);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ code, path, message }) => [code, path.join('.'), message]);
  }
  return [];
}

describe('an event whose handling fails', () => {
  const failing = (duration: string, lambda = '') =>
    run({ workload: 'cpu: 0s, errorRate: 1', at: [0], duration, lambda }).requests;

  it('is tried at ages of 0, 60 and 180 s, and then given up', () => {
    expect(failing('59s')).toMatchObject({ attempts: 1, inFlight: 1 });
    expect(failing('61s')).toMatchObject({ attempts: 2, inFlight: 1 });
    expect(failing('179s')).toMatchObject({ attempts: 2, inFlight: 1 });
    const given = { arrived: 1, attempts: 3, failed: 1, deadLetters: 1, failures: { error: 1 } };
    expect(failing('181s')).toMatchObject(given);
  });

  it.each([
    [0, '1s', 1],
    [1, '61s', 2],
  ])('is tried %i times more if `maximumRetryAttempts` says so', (retries, duration, attempts) => {
    const requests = failing(duration, `maximumRetryAttempts: ${retries}`);
    expect(requests).toMatchObject({ attempts, failed: 1, deadLetters: 1 });
  });

  it('waits from the end of the invocation that failed; every invocation is billed', () => {
    // Handled for 10 s at ages 0–10, 70–80 and 200–210 s.
    const it = (duration: string) => run({ workload: 'cpu: 0s, wait: 10s, errorRate: 1', at: [0], duration });
    expect(it('209s').requests.inFlight).toBe(1);
    expect(it('210s').requests).toMatchObject({ failed: 1, deadLetters: 1 });
    const { lines } = it('300s').cost;
    expect(lines.find(({ id }) => id === 'lambda.requests')!.quantity).toBe(3);
    expect(lines.find(({ id }) => id === 'lambda.duration.x86')!.quantity).toBeCloseTo((30 * 1769) / 1024, 9);
  });

  it('by the timeout of the function is tried again just so', () => {
    const it = run({ workload: 'cpu: 0s, wait: 10s', at: [0], duration: '10m', lambda: 'timeout: 4s' });
    expect(it.requests).toMatchObject({ attempts: 3, failures: { timedOut: 1 }, deadLetters: 1 });
  });

  it('is too old for another try, and given up at that age', () => {
    const it = (duration: string) => failing(duration, 'maximumEventAge: 100s');
    expect(it('99s')).toMatchObject({ attempts: 2, inFlight: 1 });
    expect(it('101s')).toMatchObject({ attempts: 2, failures: { agedOut: 1 }, deadLetters: 1 });
  });

  it('by chance e is given up with chance e³', () => {
    const { requests } = run({
      workload: 'cpu: 0s, errorRate: 0.5',
      stream: 'executor: constant-arrival-rate, rate: 100/s, arrivals: uniform, duration: 300s',
      duration: '500s',
      lambda: 'accountConcurrency: none',
    });
    const n = requests.arrived;
    // 99 %
    expect(Math.abs(requests.failed / n - 0.125)).toBeLessThan(2.576 * Math.sqrt((0.125 * 0.875) / n));
    expect(requests.inFlight).toBe(0);
  });
});

describe('an event that is throttled', () => {
  it('comes back after a second, then two, four …', () => {
    // The first event holds the one environment for 30 s; the second is tried at 0, 1, 3, 7, 15 and 31 s.
    const it = run({
      workload: 'cpu: 0s, wait: 30s',
      lambda: 'reservedConcurrentExecutions: 1',
      at: [0, 0],
      duration: '100s',
    });
    expect(it.requests).toMatchObject({ completed: 2, attempts: 2, failed: 0 });
    expect(it.latencyMs.max).toBe(61_000);
    expect(it.throttles).toEqual({ reservedConcurrency: 5 });
    expect(it.limitedBy).toBe('concurrency');
  });

  it('waits five minutes at the longest', () => {
    // Tried at 0, 1, 3, 7, 15, 31, 63, 127, 255, 511 s, and from then on every 300 s: at 811 and 1111 s.
    const it = run({
      workload: 'cpu: 0s, wait: 840s',
      lambda: 'reservedConcurrentExecutions: 1',
      at: [0, 0],
      duration: '1h',
    });
    expect(it.latencyMs.max).toBe((1111 + 840) * 1000);
    expect(it.throttles).toEqual({ reservedConcurrency: 11 });
  });

  it('is given up after six hours', () => {
    const it = (duration: string) =>
      run({ workload: 'cpu: 0s', lambda: 'reservedConcurrentExecutions: 0', at: [0], duration }).requests;
    expect(it('5h59m')).toMatchObject({ inFlight: 1, failed: 0, deadLetters: 0 });
    expect(it('6h1s')).toMatchObject({ failures: { agedOut: 1 }, deadLetters: 1 });
  });
});

describe('events', () => {
  const sent = (invocation: string) =>
    run({
      invocation,
      workload: 'cpu: { distribution: exponential, mean: 200ms }',
      stream: 'executor: constant-arrival-rate, rate: 5/s',
      duration: '10m',
      lambda: 'speed: 2',
    });

  it('that nothing throttles or fails are handled as fast as requests are answered', () => {
    expect(sent('async').latencyMs).toEqual(sent('sync').latencyMs);
    expect(sent('async').cost).toEqual(sent('sync').cost);
  });

  it('are not limited to ten a second for each unit of concurrency, as requests are', () => {
    const fast = (invocation: string) =>
      run({
        invocation,
        workload: 'cpu: 0s, wait: 1ms',
        stream: 'executor: constant-arrival-rate, rate: 100/s, arrivals: uniform',
        duration: '60s',
        lambda: 'reservedConcurrentExecutions: 5',
      }).throttles;
    expect(fast('sync')).toHaveProperty('requestRate');
    expect(fast('async')).toBeUndefined();
  });

  it.each([
    ['256KiB', 1],
    ['262145B', 2],
    ['320KiB', 2],
    ['321KiB', 3],
    ['1MiB', 13],
  ])('rule 13: async events over 256 KB bill extra requests: %s are %i', (size, count) => {
    const it = run({ workload: `cpu: 0s, payload: { in: ${size} }`, at: [0, 1], duration: '10s' });
    expect(it.cost.lines.find(({ id }) => id === 'lambda.requests')!.quantity).toBe(2 * count);
  });

  it.each([
    ['async', ''],
    ['sqs', ', eventSource: { batchSize: 1 }'],
    ['kinesis', ', eventSource: { batchSize: 1 }'],
  ])('use provisioned environments too: %s', (invocation, one) => {
    const it = run({
      invocation,
      workload: 'cpu: 100ms',
      stream: 'executor: constant-arrival-rate, rate: 1/s',
      duration: '10m',
      lambda: `provisionedConcurrency: 10, start: warm${one}`,
    });
    expect(it.coldStarts.count).toBe(0);
    expect(it.requests.completed).toBeGreaterThan(500);
    expect(it.cost.lines.map(({ id }) => id)).toContain('lambda.provisioned.duration');
  });

  it('of a client’s timeout and retries know nothing, and the result says so', () => {
    const it = run({
      workload: 'cpu: 0s, wait: 5s, timeout: 1s, retries: {}',
      at: [0],
      duration: '10s',
    });
    expect(it.requests.completed).toBe(1);
    expect(it.assumptions.join('\n')).toContain('senders of events do not wait');
  });
});

describe('events of S3', () => {
  it('come with a delay that counts as latency', () => {
    const it = run({
      workload: 'cpu: 0s, wait: 1s',
      invocation: 'sync',
      lambda: 'frontDoor: { type: s3Event, delay: 7s }',
      at: [0, 5],
      duration: '60s',
    });
    expect(it.latencyMs.p50).toBe(8_000);
    expect(it.requests).toMatchObject({ completed: 2, deadLetters: 0 });
  });

  it('typically take seconds, sometimes a minute or longer', () => {
    const it = run({
      workload: 'cpu: 0s',
      lambda: 'frontDoor: s3Event, accountConcurrency: none',
      stream: 'executor: constant-arrival-rate, rate: 100/s, duration: 10m',
      duration: '20m',
    });
    expect(it.latencyMs.p50).toBeGreaterThan(900);
    expect(it.latencyMs.p50).toBeLessThan(1100);
    expect(it.latencyMs.max).toBeGreaterThan(45_000);
    expect(it.assumptions.join('\n')).toMatch(/S3 delivers.*uncertain/);
  });

  it('are small, whatever the size of the object', () => {
    const it = run({
      workload: 'cpu: 0s, payload: { in: 50MB }',
      lambda: 'frontDoor: s3Event',
      at: [0],
      duration: '5m',
    });
    expect(it.cost.lines.find(({ id }) => id === 'lambda.requests')!.quantity).toBe(1);
  });
});

describe('what makes no sense is refused:', () => {
  const event = { workload: 'cpu: 0s', at: [0], duration: '10s' };
  const users = 'executor: constant-vus, vus: 3, thinkTime: 1s';
  it.each([
    ['users who wait', { ...event, stream: users }, 'no-answer', 'platforms.it.invocation'],
    [
      'users who wait for S3',
      { ...event, stream: users, invocation: 'sync', lambda: 'frontDoor: s3Event' },
      'no-answer',
      'platforms.it.frontDoor',
    ],
    ['a front door', { ...event, lambda: 'frontDoor: functionUrl' }, 'no-answer', 'platforms.it.frontDoor'],
    [
      'a load balancer',
      { ...event, lambda: 'frontDoor: { type: alb }' },
      'no-answer',
      'platforms.it.frontDoor',
    ],
    [
      'a large event',
      { ...event, workload: 'cpu: 0s, payload: { in: 1048577B }' },
      'payload-too-large',
      'platforms.it.invocation',
    ],
    ['an age', { ...event, lambda: 'maximumEventAge: 59s' }, 'out-of-range', 'platforms.it.maximumEventAge'],
    [
      'a great age',
      { ...event, lambda: 'maximumEventAge: 7h' },
      'out-of-range',
      'platforms.it.maximumEventAge',
    ],
    [
      'a retry of a caller that waits',
      { ...event, invocation: 'sync', lambda: 'maximumRetryAttempts: 1' },
      'misplaced-key',
      'platforms.it.maximumRetryAttempts',
    ],
  ])('%s', (_, parts, code, path) => {
    expect(problemsOf(parts).map((each) => each.slice(0, 2))).toEqual([[code, path]]);
  });
});
