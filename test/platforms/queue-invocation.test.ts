import { describe, expect, it } from 'vitest';
import { type PlatformResult, ScenarioError, simulate } from '../../sim/index.ts';

interface Parts {
  readonly workload?: string;
  readonly lambda?: string;
  readonly eventSource?: string;
  readonly stream?: string;
  readonly duration: string;
  /** Seconds at which messages come, instead of a stream. */
  readonly at?: readonly number[];
}

const FREE_STARTS = 'coldStart: { setup: 0s, init: 0s }, keepAlive: { idle: none }, accountConcurrency: none';

function run(parts: Parts): PlatformResult {
  const { stream = 'executor: replay, format: timestamps, file: at.txt', lambda = 'speed: 1' } = parts;
  const { workload = 'cpu: 0s', eventSource = 'batchSize: 10' } = parts;
  const text = [
    'version: 1',
    `duration: ${parts.duration}`,
    `billing: { month: ${parts.duration} }`,
    `workload: { ${workload} }`,
    `traffic: { main: { ${stream} } }`,
    'platforms:',
    '  it:',
    '    type: lambda',
    '    invocation: sqs',
    `    eventSource: { ${eventSource} }`,
    ...`${FREE_STARTS}, ${lambda}`.split(/, (?![^{]*})/).map((line) => `    ${line}`),
  ].join('\n');
  const { requests, ...rest } = simulate(text, { readFile: () => (parts.at ?? []).join('\n') }).platforms.it!;
  expect(requests.arrived).toBe(requests.completed + requests.failed + requests.inFlight);
  return { requests, ...rest };
}

const many = (count: number, at = 0) => Array<number>(count).fill(at);
const line = ({ cost }: PlatformResult, id: string) =>
  cost.lines.find((each) => each.id === id)?.quantity ?? 0;
const invocations = (platform: PlatformResult) => line(platform, 'lambda.requests');

describe('rule 10: the concurrency of a mapping', () => {
  const backlog = (eventSource: string) =>
    run({
      workload: 'cpu: 0s, wait: 10m',
      eventSource: `batchSize: 1, ${eventSource}`,
      at: many(1500),
      duration: '10m',
    });

  it('starts at 5, adds 300 a minute in a straight line, and ends at 1,250', () => {
    const { timeseries, capacity } = backlog('visibilityTimeout: 1h');
    const { busy } = timeseries.columns;
    // 5 + 300 t, of which the whole numbers: half of one less on average. 1,250 are reached after 4.15 min.
    for (const minute of [0, 1, 2, 3]) {
      expect(Math.abs(busy[minute]! - (5 + 300 * (minute + 0.5) - 0.5))).toBeLessThan(1);
    }
    expect(busy[5]).toBe(1250);
    expect(capacity.max).toBe(1250);
  });

  it('is what the result says it was limited by', () => {
    expect(backlog('maximumConcurrency: none').limitedBy).toBe('quota');
    expect(backlog('maximumConcurrency: 40').limitedBy).toBe('concurrency');
    expect(backlog('maximumConcurrency: 1000').limitedBy).toBe('concurrency');
    const few = run({
      workload: 'cpu: 0s, wait: 10m',
      eventSource: 'batchSize: 1',
      at: many(500),
      duration: '10m',
    });
    expect(few.limitedBy).toBe('scaling-speed');
    expect(run({ at: [1, 2, 3], duration: '10m' }).limitedBy).toBe('nothing');
  });

  it('stops at `maximumConcurrency`', () => {
    expect(backlog('maximumConcurrency: 40').capacity.max).toBe(40);
    expect(backlog('maximumConcurrency: 2').capacity.max).toBe(2);
  });

  const failing = (reports: boolean) =>
    run({
      workload: 'cpu: 0s, wait: 10s, errorRate: 0.5',
      eventSource: `batchSize: 1, reportBatchItemFailures: ${reports}`,
      at: many(60_000),
      duration: '8m',
    }).timeseries.columns.busy[7]!;

  it('shrinks on errors: it settles where as many fail in a second as it grows by', () => {
    // Each failure takes one off, growth gives five a second: c × 0.5 / 10 s = 5/s at c = 100.
    expect(failing(false)).toBeGreaterThan(80);
    expect(failing(false)).toBeLessThan(120);
  });

  it('does not shrink on errors where partial batch responses are on', () => {
    expect(failing(true)).toBe(1250);
  });
});

describe('rule 10: idle polling is billed', () => {
  it('as five pollers of 20 s: 648,000 receives and $0.2592 in 30 days', () => {
    const it = run({ stream: 'executor: constant-arrival-rate, rate: 0/s', duration: '30d' });
    expect(line(it, 'sqs.requests')).toBe(648_000);
    expect(it.cost.usdPerMonth).toBeCloseTo(0.2592, 12);
  });

  it('as two where no more than two batches are allowed', () => {
    const eventSource = 'maximumConcurrency: 2';
    const it = run({ stream: 'executor: constant-arrival-rate, rate: 0/s', duration: '30d', eventSource });
    expect(line(it, 'sqs.requests')).toBe(259_200);
  });
});

describe('sends, receives and deletes', () => {
  const everyMinute = 'executor: constant-arrival-rate, rate: 1/min, arrivals: uniform';
  /** Of 100 messages; five pollers wait for 6,000 s: 1,500 receives of nothing. */
  const requests = (payload: string) =>
    line(
      run({ stream: everyMinute, duration: '100m', workload: `cpu: 0s, payload: { in: ${payload} }` }),
      'sqs.requests',
    ) - 1500;

  it.each([
    ['1KB', 1 + 1 + 1],
    ['64KiB', 1 + 1 + 1],
    ['65KiB', 2 + 2 + 1],
    ['1MiB', 16 + 16 + 1],
  ])('of a message of %s: %i requests', (payload, each) => {
    expect(requests(payload)).toBe(100 * each);
  });

  it('of a batch are one call for ten messages', () => {
    // 25 at once in one batch: 25 sends, 3 receives, 3 deletes; a poller was busy for no time.
    const it = run({
      at: many(25, 1),
      duration: '20s',
      eventSource: 'batchSize: 25, maximumBatchingWindow: 1s',
    });
    expect(line(it, 'sqs.requests')).toBe(25 + 3 + 3 + 5);
  });
});

describe('a batch', () => {
  it('is one invocation with the work of all its messages', () => {
    const eventSource = 'batchSize: 10, maximumBatchingWindow: 5s';
    const it = run({ workload: 'cpu: 100ms, wait: 50ms', at: many(10, 1), duration: '20s', eventSource });
    expect(invocations(it)).toBe(1);
    expect(it.latencyMs).toMatchObject({ p50: 1500, max: 1500 });
    expect(line(it, 'lambda.duration.x86')).toBeCloseTo((1.5 * 1769) / 1024, 9);
  });

  it('is what there is, without a window: five pollers have taken a message each', () => {
    // Five go alone; the sixth poller starts after 0.2 s and takes the other five.
    const it = run({ workload: 'cpu: 0s, wait: 1s', at: many(10, 1), duration: '20s' });
    expect(invocations(it)).toBe(6);
    expect(it.latencyMs.max).toBe(200 + 5000);
  });

  it('rule 10: with a window waits up to 20 s on a quiet queue, however short the window', () => {
    const latency = (window: string, at: readonly number[]) =>
      run({ at, duration: '100s', eventSource: `batchSize: 100, maximumBatchingWindow: ${window}` })
        .latencyMs;
    expect(latency('1s', [10]).max).toBe(20_000);
    expect(latency('20s', [10]).max).toBe(20_000);
    expect(latency('30s', [10]).max).toBe(30_000);
    // Another message ends the poll: after the window, with it; within the window, the next one or the end.
    expect(latency('1s', [10, 10.5, 13]).max).toBe(3_000);
    expect(latency('5s', [10, 12]).max).toBe(20_000);
  });

  it('has no more messages than 6 MB hold', () => {
    const workload = 'cpu: 0s, payload: { in: 1MiB }';
    const eventSource = 'batchSize: 10, maximumBatchingWindow: 1s';
    expect(invocations(run({ workload, at: many(12, 1), duration: '20s', eventSource }))).toBe(2);
  });
});

describe('a message that is not handled', () => {
  const eventSource = 'batchSize: 1, visibilityTimeout: 30s, maxReceiveCount: 3';
  const failing = (duration: string, workload = 'cpu: 0s, errorRate: 1', lambda = 'timeout: 10s') =>
    run({ workload, lambda, at: [0], duration, eventSource });

  it('comes back after the visibility timeout, and goes to the dead-letter queue in the end', () => {
    // Received at 0, 30 and 60 s; at 90 s it would be for the fourth time.
    expect(failing('59s').requests).toMatchObject({ attempts: 2, inFlight: 1, deadLetters: 0 });
    expect(failing('89s').requests).toMatchObject({ attempts: 3, inFlight: 1, deadLetters: 0 });
    const done = { attempts: 3, failed: 1, failures: { error: 1 }, deadLetters: 1 };
    expect(failing('91s').requests).toMatchObject(done);
  });

  it('because the function timed out is counted as such', () => {
    const { requests } = failing('100s', 'cpu: 0s, wait: 11s');
    expect(requests).toMatchObject({ attempts: 3, failures: { timedOut: 1 }, deadLetters: 1 });
  });

  it('because it was throttled is tried until its visibility timeout is over', () => {
    const it = failing('91s', 'cpu: 0s', 'timeout: 10s, reservedConcurrentExecutions: 0');
    expect(it.requests).toMatchObject({ failures: { throttled: 1 }, deadLetters: 1 });
    // At once and every second for 30 s, three times over.
    expect(it.throttles!.reservedConcurrency).toBe(90);
  });

  it('is lost when its retention period is over', () => {
    const source = 'batchSize: 1, visibilityTimeout: 30s, messageRetentionPeriod: 100s';
    const { requests } = run({
      workload: 'cpu: 0s, errorRate: 1',
      lambda: 'timeout: 10s',
      at: [0],
      duration: '200s',
      eventSource: source,
    });
    // Received at 0, 30, 60 and 90 s; at 120 s it is too old.
    expect(requests).toMatchObject({ attempts: 4, failures: { agedOut: 1 }, deadLetters: 0 });
  });

  it('is lost when its retention period is over, though nothing else happens then', () => {
    const unread = (duration: string) =>
      run({
        workload: 'cpu: 0s, wait: 800s',
        lambda: 'timeout: 900s',
        at: [0, 0, 0, 0, 0],
        duration,
        eventSource:
          'batchSize: 1, maximumConcurrency: 2, visibilityTimeout: 900s, messageRetentionPeriod: 60s',
      }).requests;
    // Two are being handled; nobody is there for the others.
    expect(unread('60s')).toMatchObject({ failed: 0, inFlight: 5 });
    expect(unread('61s')).toMatchObject({ failures: { agedOut: 3 }, inFlight: 2 });
  });

  it.each([
    [false, 1 / 0.9 ** 10],
    [true, 1 / 0.9],
  ])('takes the others of its batch back with it (partial batch responses: %s)', (reports, tries) => {
    // A message is done when its whole batch is, or when it is: a geometric number of tries.
    const { requests } = run({
      workload: 'cpu: 0s, errorRate: 0.1',
      lambda: 'timeout: 10s',
      stream: 'executor: constant-arrival-rate, rate: 200/s, arrivals: uniform, duration: 5m',
      duration: '1h',
      eventSource:
        'batchSize: 10, maximumBatchingWindow: 1s, visibilityTimeout: 10s, ' +
        `reportBatchItemFailures: ${reports}`,
    });
    expect(requests).toMatchObject({ completed: requests.arrived, failed: 0 });
    expect(requests.attempts / requests.arrived / tries).toBeGreaterThan(0.95);
    expect(requests.attempts / requests.arrived / tries).toBeLessThan(1.05);
  });
});

describe('what AWS refuses is refused:', () => {
  const problems = (parts: Partial<Parts>) => {
    try {
      run({ at: [0], duration: '10s', ...parts });
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      return error.problems.map(({ code, path, help }) => [code, path.slice(2).join('.'), help] as const);
    }
    return [];
  };

  it.each([
    ['batchSize: 11', 'eventSource.batchSize', /at least 1/],
    ['batchSize: 100, maximumBatchingWindow: 999ms', 'eventSource.batchSize', /maximumBatchingWindow: 1s/],
    ['maximumBatchingWindow: 301s', 'eventSource.maximumBatchingWindow', /0 to 300/],
    ['visibilityTimeout: 899s', 'eventSource.visibilityTimeout', /must not be below the function timeout/],
    ['visibilityTimeout: 13h', 'eventSource.visibilityTimeout', /43,200/],
    ['messageRetentionPeriod: 15d', 'eventSource.messageRetentionPeriod', /1,209,600/],
  ])('%s', (eventSource, path, help) => {
    const [problem, ...others] = problems({ eventSource });
    expect(problem?.slice(0, 2)).toEqual(['out-of-range', path]);
    expect(problem?.[2]).toMatch(help);
    expect(others).toEqual([]);
  });

  it.each(['maximumConcurrency: 1', 'maximumConcurrency: 1001', 'batchSize: 10001', 'batchSize: 0'])(
    '%s',
    (eventSource) => {
      const key = eventSource.split(':')[0];
      expect(problems({ eventSource }).map(([code, path]) => [code, path])).toEqual([
        ['invalid-value', `eventSource.${key}`],
      ]);
    },
  );

  it('what a queue has no use for', () => {
    expect(problems({ workload: 'cpu: 0s, payload: { in: 2MB }' })[0]?.[0]).toBe('payload-too-large');
    expect(problems({ lambda: 'frontDoor: alb' })[0]?.[0]).toBe('no-answer');
    expect(problems({ stream: 'executor: constant-vus, vus: 1, thinkTime: 1s' })[0]?.[0]).toBe('no-answer');
    expect(problems({ lambda: 'maximumEventAge: 1h' })[0]?.[0]).toBe('misplaced-key');
  });
});
