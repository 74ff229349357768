import { describe, expect, it } from 'vitest';
import { type PlatformResult, ScenarioError, simulate } from '../../sim/index.ts';

interface Parts {
  readonly workload?: string;
  readonly lambda?: string;
  readonly eventSource?: string;
  readonly invocation?: 'kinesis' | 'dynamodb';
  readonly stream?: string;
  readonly duration: string;
  readonly region?: string;
  readonly seed?: number;
  /** Seconds at which records are written, instead of a stream of traffic. */
  readonly at?: readonly number[];
}

const FREE_STARTS = 'coldStart: { setup: 0s, init: 0s }, keepAlive: { idle: none }, accountConcurrency: none';

function run(parts: Parts): PlatformResult {
  const { stream = 'executor: replay, format: timestamps, file: at.txt', lambda = 'speed: 1' } = parts;
  const { workload = 'cpu: 0s', eventSource = 'shards: 1', invocation = 'kinesis' } = parts;
  const text = [
    'version: 1',
    `seed: ${parts.seed ?? 1}`,
    `region: ${parts.region ?? 'us-east-1'}`,
    `duration: ${parts.duration}`,
    `billing: { month: ${parts.duration} }`,
    `workload: { ${workload} }`,
    `traffic: { main: { ${stream} } }`,
    'platforms:',
    `  it: { type: lambda, invocation: ${invocation}, eventSource: { ${eventSource} }, ${FREE_STARTS},`,
    `    ${lambda} }`,
  ].join('\n');
  const { requests, ...rest } = simulate(text, { readFile: () => (parts.at ?? []).join('\n') }).platforms.it!;
  expect(requests.arrived).toBe(requests.completed + requests.failed + requests.inFlight);
  return { requests, ...rest };
}

const many = (count: number, at = 0) => Array<number>(count).fill(at);
const line = ({ cost }: PlatformResult, id: string) =>
  cost.lines.find((each) => each.id === id)?.quantity ?? 0;
const invocations = (platform: PlatformResult) => line(platform, 'lambda.requests');

describe('a shard', () => {
  it.each([
    ['kinesis', 500],
    ['dynamodb', 125],
  ] as const)(
    'of %s is polled once or four times a second: a record waits for half of that',
    (invocation, mean) => {
      const it = run({
        invocation,
        stream: 'executor: constant-arrival-rate, rate: 1/10s',
        duration: '6h',
        eventSource: 'shards: 3',
      });
      const n = it.requests.completed;
      // A wait is uniform up to twice its mean; 99 %.
      expect(Math.abs(it.latencyMs.mean! - mean)).toBeLessThan((2.576 * 2 * mean) / Math.sqrt(12 * n));
      expect(it.latencyMs.max).toBeLessThan(2 * mean);
    },
  );

  it('is handled one batch at a time, and `parallelizationFactor` of them at most', () => {
    const busiest = (eventSource: string) =>
      run({ workload: 'cpu: 0s, wait: 60s', at: many(5000), duration: '50s', eventSource }).capacity.max;
    expect(busiest('shards: 3')).toBe(3);
    expect(busiest('shards: 3, parallelizationFactor: 4')).toBe(12);
  });

  it('whose lanes never catch up limits the function: its shards are its concurrency', () => {
    const limit = (rate: string) =>
      run({
        workload: 'cpu: 0s, wait: 100ms',
        stream: `executor: constant-arrival-rate, rate: ${rate}`,
        duration: '10m',
        eventSource: 'shards: 2, batchSize: 10',
      }).limitedBy;
    // Two lanes do twenty a second.
    expect(limit('5/s')).toBe('nothing');
    expect(limit('30/s')).toBe('concurrency');
  });

  it('is handled in order of its keys: one key, one batch at a time', () => {
    const eventSource = 'shards: 4, parallelizationFactor: 10, partitionKeys: 1, batchSize: 1';
    const it = run({ workload: 'cpu: 0s, wait: 1s', at: [0, 0, 0, 0, 0], duration: '60s', eventSource });
    expect(it.capacity.max).toBe(1);
    expect(it.latencyMs.max! - it.latencyMs.p50!).toBeCloseTo(2000, 6);
  });

  it('is read in batches until nothing is left', () => {
    const it = run({ at: many(250), duration: '60s', workload: 'cpu: 0s, wait: 10ms' });
    expect(invocations(it)).toBe(3);
    // A hundred, a hundred and fifty, one batch after the other: one second, a second and half a second.
    expect(it.latencyMs.max! - it.latencyMs.p50!).toBeGreaterThan(400);
  });

  it('waits for a full batch as long as its window is', () => {
    const eventSource = 'batchSize: 4, maximumBatchingWindow: 10s';
    const few = run({ at: [1, 2, 3], duration: '60s', eventSource });
    expect(invocations(few)).toBe(1);
    expect(few.latencyMs.max).toBeGreaterThanOrEqual(10_000);
    expect(few.latencyMs.max).toBeLessThan(11_000);
    const enough = run({ at: [1, 2, 3, 4], duration: '60s', eventSource });
    expect(invocations(enough)).toBe(1);
    expect(enough.latencyMs.max).toBeLessThan(4_000);
  });

  it('waits while the function is throttled, and loses nothing', () => {
    const it = run({
      workload: 'cpu: 0s, wait: 1s',
      at: many(30),
      duration: '60s',
      eventSource: 'shards: 3, batchSize: 1',
      lambda: 'reservedConcurrentExecutions: 1',
    });
    expect(it.requests).toMatchObject({ completed: 30, failed: 0, deadLetters: 0 });
    expect(it.capacity.max).toBe(1);
    // One after the other without a gap: the last is through after the first poll and thirty seconds.
    expect(it.latencyMs.max).toBeLessThan(31_000);
  });
});

describe('an error blocks the shard', () => {
  const poison = { workload: 'cpu: 0s, errorRate: 1', duration: '150s' };

  it('until its record expires: the one behind it is tried only then', () => {
    // Written at 0 and 30 s: the first is tried every second for 60 s, the second for its last 30.
    const it = run({ ...poison, at: [0, 30], eventSource: 'batchSize: 1, maximumRecordAge: 60s' });
    expect(it.requests).toMatchObject({ failures: { agedOut: 2 }, deadLetters: 2 });
    expect(Math.abs(invocations(it) - 90)).toBeLessThanOrEqual(2);
  });

  it('or until its tries are used up', () => {
    const it = run({ ...poison, at: [0, 1], eventSource: 'batchSize: 1, maximumRetryAttempts: 2' });
    expect(it.requests).toMatchObject({ failures: { error: 2 }, attempts: 6, deadLetters: 2 });
  });

  it('of a function that timed out is told as such', () => {
    const it = run({
      workload: 'cpu: 0s, wait: 5s',
      lambda: 'timeout: 2s',
      at: [0],
      duration: '60s',
      eventSource: 'maximumRetryAttempts: 0',
    });
    expect(it.requests).toMatchObject({ failures: { timedOut: 1 }, attempts: 1 });
  });

  it('and not the other shards', () => {
    // One in a hundred fails and is tried again after a second: of ten shards, one waits.
    const slow = (shards: number) =>
      run({
        workload: 'cpu: 0s, errorRate: 0.01',
        stream: 'executor: constant-arrival-rate, rate: 20/s',
        duration: '20m',
        eventSource: `shards: ${shards}, batchSize: 1`,
      }).latencyMs.mean!;
    expect(slow(1)).toBeGreaterThan(slow(10));
  });

  // A batch of n is done when none of its records fails: a geometric number of tries of q = 0.9ⁿ. Halves are
  // batches of their own: A(n) = n + (1 − 0.9ⁿ) 2 A(n/2), A(1) = 1 / 0.9.
  const halved = (n: number): number => (n === 1 ? 1 / 0.9 : n + (1 - 0.9 ** n) * 2 * halved(n / 2));
  it.each([
    ['bisectBatchOnFunctionError: false', 1 / 0.9 ** 8],
    ['bisectBatchOnFunctionError: true', halved(8) / 8],
  ])('all records of a batch are tried again: %s', (option, tries) => {
    const it = run({
      workload: 'cpu: 0s, errorRate: 0.1',
      at: many(8000),
      duration: '3h',
      eventSource: `batchSize: 8, ${option}`,
    });
    expect(it.requests).toMatchObject({ completed: 8000 });
    expect(Math.abs(it.requests.attempts / 8000 / tries - 1)).toBeLessThan(0.05);
  });

  it('but not those before the first that failed, if the function says which that is', () => {
    const it = run({
      workload: 'cpu: 0s, errorRate: 0.1',
      at: many(8000),
      duration: '3h',
      eventSource: 'batchSize: 8, reportBatchItemFailures: true',
    });
    expect(it.requests).toMatchObject({ completed: 8000 });
    // Behind a failure stand seven others at most, and those before it are not tried again.
    expect(it.requests.attempts / 8000).toBeLessThan(0.9 / 0.9 ** 8);
    expect(it.requests.attempts / 8000).toBeGreaterThan(1 / 0.9);
  });
});

describe('a stream of Kinesis is billed', () => {
  it('by shards and by 25 KB that are put', () => {
    const workload = 'cpu: 0s, payload: { in: 26KiB }';
    const it = run({ workload, at: [0, 1, 2], duration: '10h', eventSource: 'shards: 2' });
    expect(line(it, 'kinesis.shard-hours')).toBe(20);
    expect(line(it, 'kinesis.put-units')).toBe(6);
  });

  it('and one of DynamoDB is not: Lambda reads it for nothing', () => {
    const it = run({ invocation: 'dynamodb', at: [0], duration: '10h' });
    expect(it.cost.lines.map(({ id }) => id)).toEqual(['lambda.requests']);
  });
});

describe('what makes no sense is refused:', () => {
  const problems = (parts: Partial<Parts>) => {
    try {
      run({ at: [0], duration: '10s', ...parts });
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      return error.problems.map(({ code, path }) => `${code} ${path.slice(2).join('.')}`);
    }
    return [];
  };

  it.each([
    [{ eventSource: 'visibilityTimeout: 30s' }, 'misplaced-key eventSource.visibilityTimeout'],
    [{ eventSource: 'maximumConcurrency: 5' }, 'misplaced-key eventSource.maximumConcurrency'],
    [{ eventSource: 'maximumRecordAge: 59s' }, 'out-of-range eventSource.maximumRecordAge'],
    [{ eventSource: 'maximumBatchingWindow: 6m' }, 'out-of-range eventSource.maximumBatchingWindow'],
    [{ eventSource: 'parallelizationFactor: 11' }, 'invalid-value eventSource.parallelizationFactor'],
    [{ workload: 'cpu: 0s, payload: { in: 2MB }' }, 'payload-too-large eventSource'],
    [{ lambda: 'frontDoor: s3Event' }, 'misplaced-key frontDoor'],
    [{ lambda: 'frontDoor: alb' }, 'no-answer frontDoor'],
    [{ lambda: 'maximumEventAge: 1h' }, 'misplaced-key maximumEventAge'],
    [{ stream: 'executor: constant-vus, vus: 1, thinkTime: 1s' }, 'no-answer invocation'],
    [{ region: 'eu-west-1' }, 'unpriced invocation'],
  ])('%j', (parts, expected) => {
    expect(problems(parts)).toEqual([expected]);
  });

  it('nothing of that for a table: DynamoDB Streams cost nothing to read', () => {
    expect(problems({ region: 'eu-west-1', invocation: 'dynamodb' })).toEqual([]);
  });
});
