import { describe, expect, it } from 'vitest';
import { billOf, cents, type Example } from './bill-of.ts';

/** A function that takes no time behind a front door, called `rate` in a month of 30 days. */
function behind(frontDoor: string, rate: string, duration: string, more: Partial<Example> = {}): Example {
  return {
    rate,
    duration,
    month: '720h',
    workload: '{ cpu: 0s, wait: 0s }',
    platform: `{ type: lambda, coldStart: { setup: 0s, init: 0s }, frontDoor: ${frontDoor} }`,
    ...more,
  };
}

const payload = (sizes: string) => ({ workload: `{ cpu: 0s, wait: 0s, payload: { ${sizes} } }` });
const HTTP = 'apigateway.http.requests';
const REST = 'apigateway.rest.requests';

describe('API Gateway pricing page, 2025-11-02, HTTP APIs', () => {
  it('10,000 page loads a minute of 12 KB and 46 KB: 432 M calls, $418.80', () => {
    const sizes = payload('in: 12KiB, out: 46KiB');
    const line = billOf(behind('apiGatewayHttp', '10000/min', '6s', sizes)).line(HTTP);
    expect(line.quantity).toBe(432_000_000);
    expect(line.usd).toBeCloseTo(300 + 118.8, 9);
    expect(cents(line.usd)).toBe('418.80');
  });

  it('25 uploads a minute of 4.5 MB are nine calls each: 9,720,000 calls, $9.72', () => {
    const sizes = payload('in: 4.5MiB');
    const line = billOf(behind('apiGatewayHttp', '25/min', '240s', sizes)).line(HTTP);
    expect(line.quantity).toBe(9_720_000);
    expect(cents(line.usd)).toBe('9.72');
  });

  it.each([
    ['in: 0B', 'request', 1],
    ['in: 512KiB', 'request', 1],
    ['in: 524289B', 'request', 2],
    ['in: 1KB, out: 5MiB', 'request', 1],
    ['in: 1KiB, out: 511KiB', 'requestAndResponse', 1],
    ['in: 1KiB, out: 512KiB', 'requestAndResponse', 2],
    ['in: 300KB, out: 5MiB', 'requestAndResponse', 11],
  ])('a call of %s, metered by %s, is %d', (sizes, meteredPayload, calls) => {
    const frontDoor = `{ type: apiGatewayHttp, meteredPayload: ${meteredPayload} }`;
    const line = billOf(behind(frontDoor, '1000000/30d', '259200s', payload(sizes))).line(HTTP);
    expect(line.quantity).toBe(1_000_000 * calls);
    expect(line.usd).toBeCloseTo(calls, 9);
  });
});

describe('API Gateway pricing page, 2025-11-02, REST APIs', () => {
  it('5 M calls with responses of 3 KB: $17.50, and $1.29 of data', () => {
    const sizes = { ...payload('out: 3KiB'), billing: 'egress: internet' };
    const bill = billOf(behind('apiGatewayRest', '5000000/30d', '518400ms', sizes));
    expect(bill.line(REST).quantity).toBe(5_000_000);
    expect(cents(bill.line(REST).usd)).toBe('17.50');
    expect(cents(bill.line('data-transfer.out').usd)).toBe('1.29');
    expect(cents(bill.line(REST).usd + bill.line('data-transfer.out').usd)).toBe('18.79');
  });

  it('15 billion calls with responses of 4 KB: $36,353.10, and data by its tiers', () => {
    const sizes = { ...payload('out: 4KiB'), billing: 'egress: internet' };
    // A thousand calls in 172.8 ms.
    const bill = billOf(behind('apiGatewayRest', '15000000000/30d', '172800us', sizes));
    expect(bill.line(REST).quantity).toBe(15e9);
    expect(bill.line(REST).usd).toBeCloseTo(1165.5 + 1867.6 + 33_320, 6);
    expect(cents(bill.line(REST).usd)).toBe('36353.10');
    // The page takes $0.09 for every one of 57,220.46 GB; the steps of data transfer out are 10, 40, 100 TB.
    const { quantity, usd } = bill.line('data-transfer.out');
    expect(quantity).toBeCloseTo(57_220.459, 3);
    expect(cents(quantity * 0.09)).toBe('5149.84');
    expect(usd).toBeCloseTo(10_240 * 0.09 + 40_960 * 0.085 + (quantity - 51_200) * 0.07, 6);
    expect(cents(usd)).toBe('4824.63');
    expect(cents(bill.line(REST).usd + usd)).toBe('41177.73');
    const flat = `egress: internet, prices: { data-transfer.out: $0.09/GB }`;
    const asPrinted = billOf(
      behind('apiGatewayRest', '15000000000/30d', '172800us', { ...sizes, billing: flat }),
    );
    const printed = asPrinted.line(REST).usd + asPrinted.line('data-transfer.out').usd;
    expect(cents(printed)).toBe('41502.94');
  });

  it('24 billion calls reach the fourth step of the price', () => {
    const line = billOf(behind('apiGatewayRest', '24000000000/30d', '108ms')).line(REST);
    expect(line.quantity).toBe(24e9);
    expect(line.usd).toBeCloseTo(1165.5 + 1867.6 + 19_000 * 2.38 + 4_000 * 1.51, 6);
  });

  it('a call is one, whatever its size', () => {
    const bill = billOf(behind('apiGatewayRest', '1000000/30d', '259200s', payload('in: 5MiB, out: 5MiB')));
    expect(bill.line(REST).quantity).toBe(1_000_000);
  });
});

describe('what is charged', () => {
  it('a function URL costs nothing beyond Lambda', () => {
    const lines = (frontDoor: string) =>
      billOf(behind(frontDoor, '1000000/1d', '86400ms', payload('in: 3MB, out: 3MB'))).platform.cost.lines;
    expect(lines('functionUrl')).toEqual(lines('none'));
    expect(lines('{ type: functionUrl }')).toEqual(lines('none'));
    expect(lines('functionUrl').map(({ id }) => id)).toEqual(['lambda.requests']);
  });

  it('calls that Lambda throttles are charged, but those that API Gateway throttles', () => {
    // Two requests a second of two seconds each on one environment: three of four find it busy.
    const workload = '{ cpu: 0s, wait: 2s }';
    const start = 'coldStart: { setup: 0s, init: 0s }, reservedConcurrentExecutions: 1';
    const bill = (throttle: string) =>
      billOf({
        ...behind('', '2/s', '600s', { workload, month: '600s' }),
        platform: `{ type: lambda, ${start}, frontDoor: { type: apiGatewayHttp, throttle: ${throttle} } }`,
      });
    const open = bill('none');
    expect(open.platform.requests.failures).toEqual({ throttled: 900 });
    expect(open.line(HTTP).quantity).toBe(1200);
    expect(open.line('lambda.requests').quantity).toBe(300);
    // One token a second: every other request gets through, and half of those find the function busy.
    const tight = bill('{ rateLimit: 1/s, burstLimit: 1 }');
    expect(tight.platform.requests.failures).toEqual({ throttled: 900 });
    expect(tight.line(HTTP).quantity).toBe(600);
    expect(tight.line('lambda.requests').quantity).toBe(300);
  });
});
