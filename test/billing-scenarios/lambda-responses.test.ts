import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { billOf, cents, type Example, problemsOf } from './bill-of.ts';

const NO_START = 'coldStart: { setup: 0s, init: 0s }';

/** Responses of one size from a function that takes so long, a hundred an hour. */
function streamed(out: string, wait: string, more: Partial<Example> = {}) {
  return billOf({
    rate: '100/h',
    duration: '3600s',
    month: '3600s',
    workload: `{ cpu: 0s, wait: ${wait}, payload: { out: ${out} } }`,
    platform: `{ type: lambda, memorySize: 1024, invokeMode: RESPONSE_STREAM, ${NO_START} }`,
    ...more,
  });
}

describe('response streaming', () => {
  it('pricing page: 2 M responses of 100 KB, 1 M of 7 MB, 500 ms at 1,536 MB: 39.045895', () => {
    // The 100 GB that are free to stream are used up; requests and duration have their free tier.
    const result = simulate(
      [
        'version: 1',
        'duration: 2592s', // a thousandth of the month
        'billing: { month: 720h, freeTier: [lambda.requests, lambda.duration] }',
        'workloads:',
        '  small: { cpu: 0s, wait: 500ms, payload: { out: 100KiB } }',
        '  large: { cpu: 0s, wait: 500ms, payload: { out: 7MiB } }',
        'traffic:',
        ...['small: 2000000', 'large: 1000000'].map((each) => {
          const [name, count] = each.split(': ');
          const rate = `rate: ${count}/30d, arrivals: uniform`;
          return `  ${name}: { executor: constant-arrival-rate, workload: ${name}, ${rate} }`;
        }),
        'platforms:',
        `  it: { type: lambda, memorySize: 1536, invokeMode: RESPONSE_STREAM, ${NO_START} }`,
      ].join('\n'),
    );
    const { lines, usdPerMonth } = result.platforms.it!.cost;
    const usd = Object.fromEntries(lines.map((line) => [line.id, line.usd]));
    expect(cents(usd['lambda.duration.x86']!)).toBe('30.83');
    expect(cents(usd['lambda.requests']!)).toBe('0.40');
    expect(usd['lambda.streaming']).toBeCloseTo(7.8125, 9);
    expect(usdPerMonth).toBeCloseTo(39.045895, 9);
    // The page adds rounded lines: 30.83 + 0.40 + 7.81.
    expect(cents(usdPerMonth)).toBe('39.05');
  });

  it.each([
    // Beyond 6 MB at 2 MB/s: duration is the longer of work and stream
    ['6MiB', '100ms', 0.1, 0],
    ['7MiB', '100ms', 0.5, 1],
    ['26MiB', '100ms', 10, 20],
    ['26MiB', '12s', 12, 20],
    ['200MiB', '100ms', 97, 194],
  ])('%s in %s takes %d s, and %d MB of it are charged', (out, wait, seconds, chargedMb) => {
    const bill = streamed(out, wait);
    expect(bill.line('lambda.duration.x86').quantity).toBeCloseTo(100 * seconds, 6);
    expect(bill.platform.latencyMs.max).toBeCloseTo(1000 * seconds, 6);
    const line = bill.platform.cost.lines.find(({ id }) => id === 'lambda.streaming');
    expect(line?.quantity ?? 0).toBeCloseTo((100 * chargedMb) / 1024, 9);
  });

  it('100 GB a month are free with the free tier', () => {
    const line = streamed('26MiB', '1s', { month: '360h', billing: 'freeTier: true' }).line(
      'lambda.streaming',
    );
    expect(line.quantity).toBeCloseTo((360 * 100 * 20) / 1024, 9);
    expect(line.freeQuantity).toBe(100);
  });

  it('a buffered response has no such limit of its own', () => {
    const platform = `{ type: lambda, memorySize: 1024, ${NO_START} }`;
    expect(streamed('26MiB', '1s', { platform }).line('lambda.duration.x86').quantity).toBeCloseTo(100, 9);
  });

  it.each([
    ['201MiB', '', 'payload-too-large', 'at most 200 MB'],
    ['1MiB', ', frontDoor: apiGatewayHttp', 'conflicting-keys', 'functionUrl'],
    ['1MiB', ', invocation: async', 'conflicting-keys', 'InvokeWithResponseStream is synchronous'],
    ['1MiB', ', invocation: sqs', 'conflicting-keys', 'InvokeWithResponseStream is synchronous'],
  ])('refuses %s%s', (out, door, code, help) => {
    const platform = `{ type: lambda, invokeMode: RESPONSE_STREAM${door} }`;
    const problems = problemsOf(() => streamed(out, '1s', { platform }));
    expect(problems).toEqual([[code, expect.stringContaining(help)]]);
  });

  it('lets through a function URL what would be too large in one piece', () => {
    const platform = (mode: string) => `{ type: lambda, frontDoor: functionUrl, invokeMode: ${mode} }`;
    const codes = (mode: string) => problemsOf(() => streamed('20MiB', '1s', { platform: platform(mode) }));
    expect(codes('RESPONSE_STREAM')).toEqual([]);
    expect(codes('BUFFERED').map(([code]) => code)).toEqual(['payload-too-large']);
  });
});

describe('logs', () => {
  it('60 TB a month: 10, 20, 20 and 10 TB at their own prices, $12,500.00', () => {
    // Sixty billion invocations of 1 KB; a hundred come in 4.32 ms.
    const bill = billOf({
      rate: '60000000000/30d',
      duration: '4320us',
      month: '720h',
      workload: '{ cpu: 0s, wait: 0s }',
      platform: `{ type: lambda, logs: { perRequest: 1KB }, ${NO_START} }`,
    });
    expect(bill.line('cloudwatch.logs')).toMatchObject({ quantity: 60_000, unit: 'GB' });
    expect(bill.line('cloudwatch.logs').usd).toBeCloseTo(12_500, 6);
  });

  it('are not billed unless told', () => {
    expect(streamed('1KB', '1s').platform.cost.lines.map(({ id }) => id)).not.toContain('cloudwatch.logs');
  });
});

describe('free tier by pools', () => {
  const lines = (freeTier: string) => {
    const bill = streamed('1KB', '1s', { month: '300h', billing: `freeTier: ${freeTier}` });
    return ['lambda.requests', 'lambda.duration.x86'].map((id) => bill.line(id).freeQuantity ?? 0);
  };

  it.each([
    ['true', [30_000, 30_000]],
    ['false', [0, 0]],
    ['[lambda.requests]', [30_000, 0]],
    ['[lambda.duration]', [0, 30_000]],
    ['[]', [0, 0]],
  ])('%s', (freeTier, expected) => expect(lines(freeTier)).toEqual(expected));

  it('refuses a pool that there is not', () => {
    const problems = problemsOf(() => lines('[lambda.request]'));
    expect(problems).toEqual([['invalid-value', expect.stringContaining('lambda.requests')]]);
  });
});

describe('NAT gateway of functions in a VPC', () => {
  it('is paid by hour, address and GB, whether they are called or not', () => {
    const platform = `{ type: lambda, natGateway: { perRequest: { in: 8MiB, out: 2MiB } }, ${NO_START} }`;
    const called = streamed('0B', '1s', { platform, rate: '1024/h', month: '730h' });
    expect(called.line('vpc.nat.hours').usd).toBeCloseTo(730 * 0.045, 9);
    expect(called.line('vpc.public-ipv4').usd).toBeCloseTo(730 * 0.005, 9);
    expect(called.line('vpc.nat.data').usd).toBeCloseTo(730 * 10 * 0.045, 6);
    const idle = streamed('0B', '1s', { platform, rate: '0/s', month: '730h' });
    expect(idle.usdPerMonth).toBeCloseTo(730 * 0.05, 9);
  });
});
