import { describe, expect, it } from 'vitest';
import { billOf, cents, type Example } from './bill-of.ts';

/** Starts take no time, so that a billed duration is the example's. */
const NO_START = 'coldStart: { setup: 0s, init: 0s }';

/** A function of so much memory whose invocations take `duration`, called `rate` in a month of 30 days. */
function example(rate: string, duration: string, memorySize: number, more: Partial<Example> = {}): Example {
  return {
    rate,
    duration: '864s', // a 3,000th of the month
    month: '720h',
    workload: `{ cpu: 0s, wait: ${duration} }`,
    platform: `{ type: lambda, memorySize: ${memorySize}, ${NO_START} }`,
    ...more,
  };
}

describe('AWS Lambda pricing page, 2026', () => {
  it('mobile backend: 3 M requests, 120 ms, 1,536 MB, free tier: $2.73', () => {
    const bill = billOf(example('3000000/30d', '120ms', 1536, { billing: 'freeTier: true' }));
    expect(bill.line('lambda.duration.x86')).toMatchObject({ quantity: 540_000, freeQuantity: 400_000 });
    expect(cents(bill.line('lambda.duration.x86').usd)).toBe('2.33');
    expect(bill.line('lambda.requests')).toMatchObject({ quantity: 3_000_000, freeQuantity: 1_000_000 });
    expect(cents(bill.line('lambda.requests').usd)).toBe('0.40');
    expect(bill.usdPerMonth).toBeCloseTo(2.733338, 9);
    expect(cents(bill.usdPerMonth)).toBe('2.73');
  });

  it('response streaming, but its bytes: 3 M requests, 500 ms, 1,536 MB: $30.83 and $0.40', () => {
    const bill = billOf(example('3000000/30d', '500ms', 1536, { billing: 'freeTier: true' }));
    expect(cents(bill.line('lambda.duration.x86').usd)).toBe('30.83');
    expect(cents(bill.line('lambda.requests').usd)).toBe('0.40');
  });

  it('Kafka event source, compute: 30 M requests, 2 s, 1,024 MB, free tier: $993.34 and $5.80', () => {
    // The page prints 993.3, and charges 60 M requests where 1 M a day for 30 days are 30 M.
    const bill = billOf(example('1000000/1d', '2s', 1024, { billing: 'freeTier: true' }));
    expect(bill.line('lambda.duration.x86').quantity).toBe(60_000_000);
    expect(bill.line('lambda.duration.x86').usd).toBeCloseTo(993.33532, 9);
    expect(cents(bill.line('lambda.requests').usd)).toBe('5.80');
  });

  it('SQS event source, compute: 30 M requests, 1 s, 1,024 MB: $500.00 and $6.00', () => {
    const bill = billOf(example('1000000/1d', '1s', 1024));
    expect(cents(bill.line('lambda.duration.x86').usd)).toBe('500.00');
    expect(cents(bill.line('lambda.requests').usd)).toBe('6.00');
    expect(bill.usdPerMonth).toBeCloseTo(506.001, 9);
  });

  it('Lambda@Edge by its own prices: 10 M executions, 10 ms, 128 MB: $6.63', () => {
    // $0.00000625125 for 128 MB and a second is eight times that for a GB-second.
    const prices = 'prices: { lambda.duration.x86: $0.00005001, lambda.requests: $0.60/million }';
    const bill = billOf(
      example('10000000/30d', '10ms', 128, { duration: '25920ms', billing: prices }), // 100 requests
    );
    expect(bill.usdPerMonth).toBeCloseTo(6.625125, 9);
    expect(cents(bill.usdPerMonth)).toBe('6.63');
  });
});

describe('older examples', () => {
  const of2018 = example('3000000/30d', '1s', 512, { billing: 'freeTier: true' });

  it('3 M requests, 1 s, 512 MB: $18.74 at $0.00001667, $18.73 at the price of today', () => {
    const old = 'freeTier: true, prices: { lambda.duration.x86: $0.00001667/GB-s }';
    expect(billOf({ ...of2018, billing: old }).usdPerMonth).toBeCloseTo(18.737, 9);
    expect(cents(billOf({ ...of2018, billing: old }).usdPerMonth)).toBe('18.74');
    expect(cents(billOf(of2018).usdPerMonth)).toBe('18.73');
  });

  it('30 M requests, 200 ms, 128 MB: $11.63', () => {
    const bill = billOf(example('30000000/30d', '200ms', 128, { billing: 'freeTier: true' }));
    expect(bill.line('lambda.duration.x86').quantity).toBe(750_000);
    expect(bill.usdPerMonth).toBeCloseTo(11.63334 + 5e-6, 5);
    expect(cents(bill.usdPerMonth)).toBe('11.63');
  });
});

describe('volume tiers', () => {
  // 20 M requests of 100 s at 10 GB; in 2,592 s of the month 20,000 come.
  const twentyBillion = example('20000000/30d', '100s', 10_240, { duration: '2592s' });

  it('20 billion GB-s of x86: $301,667.20', () => {
    const bill = billOf(twentyBillion);
    expect(bill.line('lambda.duration.x86').quantity).toBe(20e9);
    expect(bill.line('lambda.duration.x86').usd).toBeCloseTo(301_667.2, 6);
  });

  it('the same on Arm: 7.5, 11.25 and 1.25 billion at its own steps', () => {
    const platform = `{ type: lambda, memorySize: 10240, architectures: [arm64], ${NO_START} }`;
    const bill = billOf({ ...twentyBillion, platform });
    const usd = 7.5e9 * 0.0000133334 + 11.25e9 * 0.0000120001 + 1.25e9 * 0.0000106667;
    expect(bill.line('lambda.duration.arm64').usd).toBeCloseTo(usd, 6);
  });
});

describe('billed milliseconds: one ceil of duration and init together', () => {
  it.each([
    // Duration, Init Duration and Billed Duration of REPORT lines
    ['250.06ms', '100.77ms', 351],
    ['133.61ms', '80.00ms', 214],
    ['3016.78ms', '84.00ms', 3101],
    ['3004.92ms', '111.23ms', 3117],
    ['1.83ms', '208.27ms', 211],
    ['27.55ms', '0s', 28],
  ])('%s and %s of init are billed as %d ms', (duration, init, billedMs) => {
    // Requests a minute apart, environments kept for a second: each invocation is a cold start.
    const start = `coldStart: { setup: 300ms, init: ${init} }, keepAlive: { idle: 1s }`;
    const bill = billOf({
      rate: '1/1min',
      duration: '600s',
      month: '600s',
      workload: `{ cpu: 0s, wait: ${duration} }`,
      platform: `{ type: lambda, memorySize: 1024, ${start} }`,
    });
    expect(bill.platform.coldStarts.count).toBe(10);
    expect(bill.line('lambda.duration.x86').quantity).toBeCloseTo((10 * billedMs) / 1000, 9);
  });

  const slowStart = 'coldStart: { setup: 0s, init: 12s }, keepAlive: { idle: 1s }';

  it('an init of 12 s is stopped after 10 s and done again inside the first invocation, all billed', () => {
    // Lambda Developer Guide, lambda-runtime-environment (2026): 10 s of INIT, then 12 s + 1 s of invocation.
    const bill = billOf({
      rate: '1/1min',
      duration: '600s',
      month: '600s',
      workload: '{ cpu: 0s, wait: 1s }',
      platform: `{ type: lambda, memorySize: 1024, ${slowStart} }`,
    });
    expect(bill.line('lambda.duration.x86').quantity).toBeCloseTo(10 * 23, 9);
    expect(bill.platform.latencyMs.p50).toBe(23_000);
  });

  it('an init that does not fit into the timeout fails the invocation', () => {
    const bill = billOf({
      rate: '1/1min',
      duration: '600s',
      month: '600s',
      workload: '{ cpu: 0s, wait: 1s }',
      platform: `{ type: lambda, memorySize: 1024, timeout: 5s, ${slowStart} }`,
    });
    expect(bill.platform.requests.failures).toEqual({ timedOut: 10 });
    expect(bill.line('lambda.duration.x86').quantity).toBeCloseTo(10 * 15, 9);
  });

  it('a function stopped at its timeout pays for the timeout and its init', () => {
    const start = 'coldStart: { setup: 0s, init: 84ms }, keepAlive: { idle: 1s }';
    const bill = billOf({
      rate: '1/1min',
      duration: '600s',
      month: '600s',
      workload: '{ cpu: 0s, wait: 5s }',
      platform: `{ type: lambda, memorySize: 1024, timeout: 3s, ${start} }`,
    });
    expect(bill.platform.requests.failures).toEqual({ timedOut: 10 });
    expect(bill.line('lambda.duration.x86').quantity).toBeCloseTo(10 * 3.084, 9);
  });
});

describe('other meters of a function', () => {
  it('/tmp beyond 512 MB is paid for the same time: 10,240 MB for 3 M × 120 ms', () => {
    const platform = `{ type: lambda, memorySize: 1536, ephemeralStorage: 10240, ${NO_START} }`;
    const bill = billOf(example('3000000/30d', '120ms', 1536, { platform }));
    // (10,240 − 512) / 1,024 GB × 360,000 s = 3,420,000 GB-s at $0.0000000309
    expect(bill.line('lambda.ephemeral-storage').quantity).toBe(3_420_000);
    expect(bill.line('lambda.ephemeral-storage').usd).toBeCloseTo(0.105678, 9);
  });

  it('the free tier is one pool for all functions, whatever their architecture', () => {
    const bill = billOf(
      example('3000000/30d', '120ms', 1536, {
        platform: `{ type: lambda, memorySize: 1536, architectures: [arm64], ${NO_START} }`,
        billing: 'freeTier: true',
      }),
    );
    expect(bill.line('lambda.duration.arm64').usd).toBeCloseTo(140_000 * 0.0000133334, 9);
  });

  it.each([
    ['720h', 30],
    ['730h', 730 / 24],
    ['744h', 31],
  ])('a month of %s is that much longer than a day', (month, days) => {
    const bill = billOf({ ...example('100000/1d', '120ms', 1536), month });
    expect(bill.line('lambda.requests').quantity).toBeCloseTo(100_000 * days, 6);
    expect(bill.line('lambda.duration.x86').quantity).toBeCloseTo(100_000 * days * 0.12 * 1.5, 6);
  });
});
