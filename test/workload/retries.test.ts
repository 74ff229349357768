import { describe, expect, it } from 'vitest';
import { type PlatformResult, type Result, simulate } from '../../sim/index.ts';
import { expectSound } from '../theory/expect-sound.ts';

interface Parts {
  readonly workload: string;
  readonly retries: string;
  readonly platform?: string;
  readonly stream?: string;
  readonly duration?: string;
  /** Seconds at which requests come, instead of a stream. */
  readonly at?: readonly number[];
  readonly warmup?: string;
}

const FREE_STARTS = 'coldStart: { setup: 0s, init: 0s }, keepAlive: { idle: none }, accountConcurrency: none';

function resultOf(parts: Parts): Result {
  const { stream = 'executor: replay, format: timestamps, file: at.txt' } = parts;
  const text = [
    'version: 1',
    `duration: ${parts.duration ?? '100s'}`,
    `warmup: ${parts.warmup ?? '0s'}`,
    `workload: { ${parts.workload}, retries: ${parts.retries} }`,
    `traffic: { main: { ${stream} } }`,
    `platforms: { it: { ${parts.platform ?? `type: lambda, ${FREE_STARTS}`} } }`,
  ].join('\n');
  const result = simulate(text, { readFile: () => (parts.at ?? []).join('\n') });
  expectSound(result);
  return result;
}

const run = (parts: Parts): PlatformResult => resultOf(parts).platforms.it!;

/** One request at 1 s on a function that never has room. */
const never = (retries: string, duration = '100s') =>
  run({
    workload: 'cpu: 1s',
    retries,
    duration,
    platform: 'type: lambda, reservedConcurrentExecutions: 0',
    at: [1],
  }).requests;

describe('attempts', () => {
  it('are tries in all: a request that never gets through is sent so often, and fails once', () => {
    const expected = { arrived: 1, failed: 1, attempts: 4, failures: { throttled: 1 } };
    expect(never('{ attempts: 4 }')).toMatchObject(expected);
  });

  it('are three by default, as in the standard mode of the AWS SDKs', () => {
    expect(never('{}').attempts).toBe(3);
  });

  it('are one without retries, and with `attempts: 1`', () => {
    for (const retries of ['none', '{ attempts: 1 }', '{ on: [] }']) expect(never(retries).attempts).toBe(1);
  });

  it('follow only the failures that `on` names', () => {
    expect(never('{ on: [timedOut, error] }').attempts).toBe(1);
    expect(never('{ on: [throttled] }').attempts).toBe(3);
  });

  it('that are still to come when the window closes are a request in flight', () => {
    // Throttled at 1 s, 2 s and 4 s; the next would be at 8 s.
    const requests = never('{ attempts: 9, backoff: 1s, jitter: none }', '7s');
    expect(requests).toMatchObject({ arrived: 1, attempts: 3, failed: 0, inFlight: 1 });
  });

  it('of code that fails by chance fail by chance again: e³ of the requests in 1 + e + e² attempts', () => {
    const { requests } = run({
      workload: 'cpu: 0s, errorRate: 0.5',
      retries: '{ backoff: 0s }',
      stream: 'executor: constant-arrival-rate, rate: 500/s, arrivals: uniform',
      duration: '60s',
    });
    const n = requests.arrived;
    // 99 %. Attempts of a request: 1, 2 or 3 with chances 1/2, 1/4, 1/4, variance 0.6875.
    const failedSpread = 2.576 * Math.sqrt((0.125 * 0.875) / n);
    expect(Math.abs(requests.failed / n - 0.125)).toBeLessThan(failedSpread);
    expect(Math.abs(requests.attempts / n - 1.75)).toBeLessThan(2.576 * Math.sqrt(0.6875 / n));
    expect(Object.keys(requests.failures)).toEqual(['error']);
  });

  it('leave first attempts as they are: the same requests come, with and without', () => {
    const arrivals = (retries: string) => {
      const { requests, timeseries } = run({
        workload: 'cpu: { distribution: exponential, mean: 1s }, errorRate: 0.2',
        retries,
        stream: 'executor: constant-arrival-rate, rate: 5/s',
        duration: '10m',
      });
      return { count: requests.arrived, bins: timeseries.columns.arrivals };
    };
    expect(arrivals('{ attempts: 5 }')).toEqual(arrivals('none'));
  });

  it('each have the client’s timeout; the server finishes what it began, every time', () => {
    // Attempts at 1, 2, 3 s, each given up after a second; two are served together, then three.
    const it = run({
      workload: 'cpu: 10s, timeout: 1s',
      retries: '{ attempts: 3, backoff: 0s }',
      platform: 'type: ec2, instanceType: c7g.medium',
      duration: '60s',
      at: [1],
    });
    expect(it.requests).toMatchObject({ arrived: 1, attempts: 3, failures: { timedOut: 1 } });
    // 30 s of work for nobody, from 1 s to 31 s.
    expect(it.timeseries.columns.busy[0]).toBeCloseTo(30 / 60, 9);
  });

  it('of a virtual user are one iteration: it thinks when the last of them has failed', () => {
    const { requests } = run({
      workload: 'cpu: 0s',
      retries: '{ attempts: 3, backoff: 1s, jitter: none }',
      platform: 'type: lambda, reservedConcurrentExecutions: 0',
      stream: 'executor: constant-vus, vus: 1, thinkTime: 7s',
      duration: '99s',
    });
    // Attempts at 0, 1 and 3 s, then 7 s of thought: ten seconds a round.
    expect(requests).toMatchObject({ arrived: 10, attempts: 30, failed: 10 });
  });

  it('are counted by a load balancer and by target tracking, as every other request is', () => {
    const busy = (retries: string) =>
      run({
        workload: 'cpu: 1ms, errorRate: 1',
        retries,
        platform:
          'type: ec2, instanceType: c7g.large, maxSize: 9, frontDoor: alb, ' +
          'targetTracking: { metric: ALBRequestCountPerTarget, targetValue: 600 }',
        stream: 'executor: constant-arrival-rate, rate: 20/s, arrivals: uniform',
        duration: '60m',
        warmup: '30m',
      }).capacity.mean;
    // 1,200 a minute need two targets, 3,600 need six.
    expect(busy('none')).toBeCloseTo(2, 6);
    expect(busy('{ attempts: 3, backoff: 0s }')).toBeCloseTo(6, 6);
  });
});

describe('backoff', () => {
  it('grows by the multiplier up to the longest: 1, 3, 9, 10 s', () => {
    // Reserved concurrency 1 is taken from 0 s to 30 s; attempts come at 1, 2, 5, 14, 24 and 34 s.
    const it = run({
      workload: 'cpu: 0s, wait: 30s',
      retries: '{ attempts: 9, backoff: 1s, multiplier: 3, maxBackoff: 10s, jitter: none }',
      platform: `type: lambda, reservedConcurrentExecutions: 1, ${FREE_STARTS}`,
      at: [0, 1],
    });
    expect(it.requests).toMatchObject({ arrived: 2, completed: 2, attempts: 1 + 6 });
    // From the first attempt to the answer: 33 s of waiting, 30 s of work.
    expect(it.latencyMs.max).toBe(63_000);
  });

  it.each([
    ['full', 0, 1000],
    ['equal', 500, 1000],
    ['none', 1000, 1000],
  ])('with %s jitter lies between %i and %i ms, evenly', (jitter, from, to) => {
    // What fails once and not twice is answered just after its backoff.
    const { latencyMs, latencyDistribution } = run({
      workload: 'cpu: 0s, errorRate: 0.5',
      retries: `{ attempts: 2, backoff: 1s, jitter: ${jitter} }`,
      stream: 'executor: constant-arrival-rate, rate: 500/s, arrivals: uniform, duration: 60s',
      duration: '70s',
    });
    const n = latencyDistribution.counts.reduce((sum, count) => sum + count, 0);
    expect(latencyMs.max).toBeLessThanOrEqual(to);
    expect(latencyMs.max).toBeGreaterThan(to - 5);
    // Two of three were answered at once: the third gives the mean, and the percentiles above 2/3.
    const mean = (from + to) / 2;
    const square = mean * mean + (to - from) ** 2 / 12;
    const deviation = Math.sqrt(square / 3 - (mean / 3) ** 2);
    expect(Math.abs(latencyMs.mean! - mean / 3)).toBeLessThan((2.576 * deviation) / Math.sqrt(n));
    expect(latencyMs.p50).toBe(0);
    expect(Math.abs(latencyMs.p95! - (from + 0.85 * (to - from)))).toBeLessThan(25);
  });
});

describe('a retry storm', () => {
  /** Ten requests a second are what one vCPU can do; five come, and for half a minute forty. */
  const storm = (retries: string, spike: string) => {
    const result = resultOf({
      workload: 'cpu: 100ms, timeout: 2s',
      retries,
      platform: 'type: ec2, instanceType: c7g.medium',
      stream:
        'executor: ramping-arrival-rate, startRate: 5/s, stages: [ { duration: 5m, target: 5/s }, ' +
        `{ duration: 0s, target: ${spike} }, { duration: 30s, target: ${spike} }, ` +
        '{ duration: 0s, target: 5/s }, { duration: 54m30s, target: 5/s } ]',
      duration: '60m',
      warmup: '30m',
    });
    const { requests, capacity, timeseries } = result.platforms.it!;
    const lastHalf = (column: readonly number[]) => column.slice(30).reduce((sum, each) => sum + each, 0);
    const { failed, arrivals } = timeseries.columns;
    const failedShare = lastHalf(failed) / lastHalf(arrivals);
    return { failedShare, requests, capacity, warnings: result.warnings };
  };

  it('outlives the spike that set it off: metastable overload', () => {
    // Two attempts each fill the server; with four, all of which time out, twenty come a second.
    const { failedShare, requests, capacity, warnings } = storm('{ attempts: 4 }', '40/s');
    expect(failedShare).toBeGreaterThan(0.98);
    expect(capacity.utilization).toBeCloseTo(1, 6);
    expect(requests.attempts / requests.arrived).toBeGreaterThan(3.5);
    expect(warnings.map(({ code }) => code)).toContain('overload');
  });

  it('does not begin without the spike', () => {
    const { failedShare, requests } = storm('{ attempts: 4 }', '5/s');
    expect(failedShare).toBeLessThan(0.01);
    expect(requests.attempts / requests.arrived).toBeLessThan(1.01);
  });

  it('does not begin without retries: the server works off what the spike left, and recovers', () => {
    expect(storm('none', '40/s').failedShare).toBeLessThan(0.01);
  });
});
