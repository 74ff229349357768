// Worked examples that do not follow from their own inputs: what they print is not reproduced.
import { describe, expect, it } from 'vitest';
import { billOf, cents, type Example } from './bill-of.ts';

const NO_START = 'coldStart: { setup: 0s, init: 0s }';

function lambda(more: Partial<Example> & { options: string }) {
  const { options, ...rest } = more;
  return billOf({
    rate: '1000000/1d',
    duration: '864s',
    month: '720h',
    workload: '{ cpu: 0s, wait: 2s }',
    platform: `{ type: lambda, ${options}, ${NO_START} }`,
    ...rest,
  });
}

describe('published examples that are wrong', () => {
  it('Lambda pricing page, Kafka: 30 M requests are $6.00, not 60 M at $12.00', () => {
    // A million a day for thirty days; sixty million are its seconds.
    const bill = lambda({ options: 'memorySize: 1024' });
    expect(bill.line('lambda.requests').quantity).toBe(30_000_000);
    expect(cents(bill.line('lambda.requests').usd)).toBe('6.00');
    // With 800 unit-hours of its pollers and the free GB-seconds $1,147.34, not $1,153.3.
    const freeDuration = 'freeTier: [lambda.duration]';
    const { usdPerMonth } = lambda({ options: 'memorySize: 1024', billing: freeDuration });
    expect(usdPerMonth + 800 * 0.185).toBeCloseTo(1147.33532, 6);
  });

  it('ten provisioned of 0.5 GB for 730 h: 13,140,000 GB-s and $54.75, not $45.60', () => {
    const bill = lambda({
      options: 'memorySize: 512, provisionedConcurrency: 10, start: warm',
      rate: '0/s',
      month: '730h',
    });
    expect(bill.line('lambda.provisioned.concurrency').quantity).toBe(13_140_000);
    expect(cents(bill.line('lambda.provisioned.concurrency').usd)).toBe('54.75');
  });

  it('500 M calls of an HTTP API: $480.00, neither $475 nor $470', () => {
    const bill = lambda({
      options: 'memorySize: 1024, frontDoor: apiGatewayHttp',
      rate: '500000000/30d',
      duration: '25920ms',
      workload: '{ cpu: 0s, wait: 0s }',
    });
    expect(bill.line('apigateway.http.requests').quantity).toBe(500_000_000);
    expect(cents(bill.line('apigateway.http.requests').usd)).toBe('480.00');
  });
});
