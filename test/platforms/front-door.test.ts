import { describe, expect, it } from 'vitest';
import { type PlatformResult, simulate } from '../../sim/index.ts';
import { expectSound } from '../theory/expect-sound.ts';

interface Given {
  readonly frontDoor: string;
  readonly workload: string;
  /** Options of a stream; one user who asks again at once unless told. */
  readonly stream?: string;
  readonly duration?: string;
  readonly lambda?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** One function behind a front door. Starts take no time unless told, a GB-second is a second. */
function run(given: Given): PlatformResult {
  const { frontDoor, workload, stream = 'executor: constant-vus, vus: 1', duration = '600s' } = given;
  const lambda = given.lambda ?? 'coldStart: { setup: 0s, init: 0s }';
  const text = [
    'version: 1',
    `duration: ${duration}`,
    `billing: { month: ${duration} }`,
    `workload: { cpu: 0s, ${workload} }`,
    `traffic: { main: { ${stream} } }`,
    `platforms: { it: { type: lambda, memorySize: 1024, frontDoor: ${frontDoor}, ${lambda} } }`,
  ].join('\n');
  const result = simulate(text, { readFile: (path) => given.files?.[path] ?? '' });
  // What the front door adds is spent outside of environments: Little's law of the pool does not know it.
  if (!frontDoor.includes('latency')) expectSound(result);
  return result.platforms.it!;
}

const evenly = (rate: string) => `executor: constant-arrival-rate, rate: ${rate}, arrivals: uniform`;
const quantityOf = ({ cost }: PlatformResult, id: string) =>
  cost.lines.find((line) => line.id === id)?.quantity ?? 0;

describe('integration timeout', () => {
  it('of an HTTP API: the client fails at 30 s, the function goes on and is billed', () => {
    const it = run({ frontDoor: 'apiGatewayHttp', workload: 'wait: 45s' });
    // A user who failed waits 100 ms: requests come at 0, 30.1 s, 60.2 s, … 571.9 s, the last one unanswered.
    expect(it.requests).toMatchObject({ arrived: 20, completed: 0, inFlight: 1 });
    expect(it.requests.failures).toEqual({ timedOut: 19 });
    expect(quantityOf(it, 'lambda.duration.x86')).toBeCloseTo(20 * 45, 9);
    // Two at a time, for the second comes while the first goes on: 45 of every 30.1 s.
    expect(it.capacity.max).toBe(2);
  });

  it.each([
    // What answers at the very end of the timeout is in time.
    ['apiGatewayHttp', '30s', null],
    ['apiGatewayHttp', '30001ms', 30],
    ['apiGatewayRest', '29s', null],
    ['apiGatewayRest', '29001ms', 29],
    ['{ type: apiGatewayHttp, timeout: 3s }', '4s', 3],
    ['{ type: apiGatewayRest, timeout: 60s }', '45s', null],
    ['{ type: apiGatewayRest, timeout: 60s }', '61s', 60],
    ['functionUrl', '800s', null],
    ['alb', '800s', null],
    ['none', '800s', null],
  ])('%s, a function of %s: fails after %s s', (frontDoor, wait, failsAfter) => {
    const it = run({ frontDoor, workload: `wait: ${wait}`, duration: '1000s' });
    if (failsAfter === null) {
      expect(it.requests.failed).toBe(0);
      expect(it.requests.completed).toBeGreaterThan(0);
    } else {
      expect(it.requests.completed).toBe(0);
      expect(it.requests.failures).toEqual({ timedOut: Math.floor(1000 / (failsAfter + 0.1)) });
    }
  });

  it('counts the start of the environment', () => {
    const it = run({
      frontDoor: 'apiGatewayHttp',
      workload: 'wait: 29s',
      lambda: 'coldStart: { setup: 700ms, init: 400ms }',
    });
    // The first takes 30.1 s; the next is sent at 30.1 s, just after the environment became free.
    expect(it.requests.failures).toEqual({ timedOut: 1 });
    expect(it.coldStarts.count).toBe(1);
    expect(it.latencyMs.max).toBe(29_000);
  });

  it('is the wait for the function: the latency of the API comes on top', () => {
    const frontDoor = '{ type: apiGatewayHttp, latency: 2s }';
    const inTime = run({ frontDoor, workload: 'wait: 30s' });
    expect(inTime.requests.failed).toBe(0);
    expect(inTime.latencyMs.max).toBe(32_000);
    const late = run({ frontDoor, workload: 'wait: 31s' });
    // The client hears of it after 32 s, and asks again 100 ms later.
    expect(late.requests.failures).toEqual({ timedOut: Math.floor(600 / 32.1) });
  });

  it('and that of the client: the shorter one decides', () => {
    const failures = (timeout: string, wait: string) =>
      run({ frontDoor: 'apiGatewayHttp', workload: `wait: ${wait}, timeout: ${timeout}` }).requests.failures;
    expect(failures('10s', '20s')).toEqual({ timedOut: Math.floor(600 / 10.1) });
    expect(failures('60s', '45s')).toEqual({ timedOut: Math.floor(600 / 30.1) });
    expect(failures('60s', '20s')).toEqual({});
  });

  it('is one platform’s own: others keep their clients for longer', () => {
    const text = [
      'version: 1',
      'duration: 600s',
      'workload: { cpu: 0s, wait: 45s }',
      `traffic: { main: { ${evenly('1/60s')}, duration: 540s } }`,
      'platforms:',
      '  api: { type: lambda, frontDoor: apiGatewayHttp }',
      '  url: { type: lambda, frontDoor: functionUrl }',
      '  servers: { type: ec2, instanceType: c7g.large }',
    ].join('\n');
    const { api, url, servers } = simulate(text).platforms;
    expect(api!.requests).toMatchObject({ arrived: 9, failures: { timedOut: 9 } });
    expect(url!.requests).toMatchObject({ arrived: 9, completed: 9 });
    expect(servers!.requests).toMatchObject({ arrived: 9, completed: 9 });
  });
});

describe('throttle', () => {
  const burst = (throttle: string, times: readonly number[], frontDoor = 'apiGatewayHttp') =>
    run({
      frontDoor: `{ type: ${frontDoor}, throttle: ${throttle} }`,
      workload: 'wait: 10ms',
      stream: 'executor: replay, format: timestamps, file: times.txt',
      duration: '60s',
      files: { 'times.txt': times.join('\n') },
    }).requests;
  const many = (count: number, at: number) => Array<number>(count).fill(at);

  it.each(['apiGatewayHttp', 'apiGatewayRest'])('of %s: a full bucket, then what it gains', (frontDoor) => {
    const throttle = '{ rateLimit: 1/s, burstLimit: 5 }';
    // 5 of 8 at once; 3 s later 3 tokens for 4; after 40 s more the bucket holds 5 and no more.
    const times = [...many(8, 1), ...many(4, 4), ...many(9, 44)];
    const requests = burst(throttle, times, frontDoor);
    expect(requests).toMatchObject({ arrived: 21, completed: 5 + 3 + 5, failures: { throttled: 8 } });
  });

  it('a bucket without tokens lets nothing through, one without limit everything', () => {
    expect(burst('{ rateLimit: 1/s, burstLimit: 0 }', many(3, 1)).failures).toEqual({ throttled: 3 });
    expect(burst('none', many(900, 1)).completed).toBe(900);
  });

  it('by default 5,000 at once and 10,000 a second', () => {
    const lambda = 'accountConcurrency: none, coldStart: { setup: 0s, init: 0s }';
    const files = { 'times.txt': [...many(6000, 1), ...many(3000, 1.2), ...many(6000, 3)].join('\n') };
    const stream = 'executor: replay, format: timestamps, file: times.txt';
    const given = { workload: 'wait: 0s', stream, duration: '10s', lambda, files };
    // 1,000 beyond the burst; 2,000 tokens in 0.2 s; a full bucket again.
    for (const frontDoor of ['apiGatewayHttp', 'apiGatewayRest']) {
      const it = run({ frontDoor, ...given });
      expect(it.requests).toMatchObject({ completed: 12_000, failures: { throttled: 3000 } });
      expect(it.limitedBy).toBe('quota');
    }
    expect(run({ frontDoor: 'functionUrl', ...given }).requests.completed).toBe(15_000);
  });

  it.each(['3/s', '7/min', '1000/s', '12345/h'])(
    'evenly spaced requests at its rate, %s, all get through',
    (rate) => {
      const frontDoor = `{ type: apiGatewayHttp, throttle: { rateLimit: ${rate}, burstLimit: 1 } }`;
      const it = run({ frontDoor, workload: 'wait: 0s', stream: evenly(rate) });
      expect(it.requests.arrived).toBeGreaterThan(50);
      expect(it.requests.failed).toBe(0);
    },
  );

  it('is one for all functions', () => {
    const text = [
      'version: 1',
      'duration: 100s',
      'workloads: { a: { cpu: 0s, wait: 1ms }, b: { cpu: 0s, wait: 1ms } }',
      'traffic:',
      `  a: { ${evenly('1/s')}, workload: a }`,
      `  b: { ${evenly('1/s')}, workload: b, startTime: 500ms }`,
      'platforms:',
      '  it:',
      '    type: lambda',
      '    frontDoor: { type: apiGatewayRest, throttle: { rateLimit: 1/s, burstLimit: 1 } }',
    ].join('\n');
    // The token of each second is taken by `a`, on the second.
    const { requests, cost } = simulate(text).platforms.it!;
    expect(requests).toMatchObject({ arrived: 199, completed: 100, failures: { throttled: 99 } });
    const calls = cost.lines.find(({ id }) => id === 'apigateway.rest.requests')!;
    expect(calls.quantity).toBeCloseTo(100 * 730 * 36, 6);
  });

  it('with one token lets through what a renewal process does: 1 / (1/rate + 1/arrivals)', () => {
    // A token is there again 20 ms after the last, and the next of 100 requests a second takes it: gaps of
    // 20 ms + Exp(10 ms). The count over t has mean t / m and variance t s² / m³ (renewal theory).
    const seconds = 600;
    const it = run({
      frontDoor: '{ type: apiGatewayHttp, throttle: { rateLimit: 50/s, burstLimit: 1 } }',
      workload: 'wait: 0s',
      stream: 'executor: constant-arrival-rate, rate: 100/s',
      duration: `${seconds}s`,
    });
    const m = 0.03;
    const deviation = Math.sqrt((seconds * 0.01 ** 2) / m ** 3);
    // 99 %
    expect(Math.abs(it.requests.completed - seconds / m)).toBeLessThan(2.576 * deviation);
  });
});

describe('what is assumed', () => {
  const assumptions = (frontDoor: string) =>
    run({ frontDoor, workload: 'wait: 1ms', duration: '10s' }).assumptions.join('\n');

  it('no latency, where none is given', () => {
    for (const frontDoor of ['functionUrl', 'apiGatewayHttp', 'apiGatewayRest', 'alb']) {
      expect(assumptions(frontDoor)).toContain('adds no latency');
      expect(assumptions(`{ type: ${frontDoor}, latency: 4ms }`)).not.toContain('adds no latency');
    }
    expect(assumptions('none')).toContain('The way to the function and back takes no time');
  });

  it('which bytes an HTTP API meters, and who raised the timeout of a REST API', () => {
    expect(assumptions('apiGatewayHttp')).toContain('512 KB of `payload.in`');
    expect(assumptions('{ type: apiGatewayHttp, meteredPayload: requestAndResponse }')).not.toContain(
      '512 KB',
    );
    expect(assumptions('apiGatewayRest')).not.toContain('has raised');
    expect(assumptions('{ type: apiGatewayRest, timeout: 45s }')).toContain('has raised');
  });

  it('cache and authorizers are told as left out, where there is an API', () => {
    const left = (frontDoor: string) =>
      run({ frontDoor, workload: 'wait: 1ms', duration: '10s' }).notModelled.join('\n');
    expect(left('apiGatewayRest')).toContain('authorizers');
    expect(left('functionUrl')).not.toContain('authorizers');
  });
});
