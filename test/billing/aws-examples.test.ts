import { describe, expect, it } from 'vitest';
import type { MeterReading } from '../../sim/billing/bill.ts';
import { decimalFraction, integerFraction, ratio, roundHalfUpToCents } from '../../sim/billing/exact.ts';
import { makeBill, openPriceBook, type PriceOverrides } from '../../sim/billing/index.ts';
import { MICROS_PER_HOUR } from '../../sim/kernel/time.ts';

/**
 * Worked examples of AWS's pricing pages and of Infracost's tests; each amount is the source's, recomputed
 * exactly.
 */
const MONTH_720 = 720 * MICROS_PER_HOUR;
const MONTH_730 = 730 * MICROS_PER_HOUR;

function reading(priceId: string, quantity: string | number): MeterReading {
  return {
    priceId,
    quantity: typeof quantity === 'number' ? integerFraction(quantity) : decimalFraction(quantity),
  };
}

/** The bill of a month that was simulated whole. */
function monthBill(
  readings: readonly MeterReading[],
  options: { freeTier?: boolean; region?: string; prices?: PriceOverrides } = {},
) {
  const book = openPriceBook(options.region ?? 'us-east-1', options.prices);
  const terms = { monthMicros: MONTH_730, windowMicros: MONTH_730, freeTier: options.freeTier ?? false };
  return makeBill(readings, book, terms);
}

function exactTotal(...args: Parameters<typeof monthBill>): string {
  return monthBill(...args).totalUsd.toString();
}

describe('Lambda pricing page', () => {
  it('mobile backend: 3 M requests of 120 ms at 1,536 MB, with free tier', () => {
    const readings = [reading('lambda.duration.x86', 540_000), reading('lambda.requests', 3_000_000)];
    const bill = monthBill(readings, { freeTier: true });
    expect(bill.lines.map((line) => [line.id, line.usd.toString()])).toEqual([
      ['lambda.duration.x86', '2.333338'],
      ['lambda.requests', '0.4'],
    ]);
    expect(roundHalfUpToCents(bill.totalUsd)).toBe('2.73');
  });

  it('provisioned concurrency: launch day', () => {
    const readings = [
      reading('lambda.provisioned.concurrency.x86', 4_320_000),
      reading('lambda.provisioned.duration.x86', 75_000),
      reading('lambda.duration.x86', 450_000),
      reading('lambda.requests', 3_000_000),
    ];
    const bill = monthBill(readings, { freeTier: true });
    expect(bill.totalUsd.toString()).toBe('19.962644');
    expect(bill.lines.map((line) => line.id)).toEqual([
      'lambda.duration.x86',
      'lambda.provisioned.concurrency',
      'lambda.provisioned.duration',
      'lambda.requests',
    ]);
  });

  it('the page of 2018-21: 3 M requests of 1 s at 512 MB, at its price and at today’s', () => {
    const readings = [reading('lambda.duration.x86', 1_500_000), reading('lambda.requests', 3_000_000)];
    const prices = { 'lambda.duration.x86': '$0.00001667/GB-s' };
    expect(exactTotal(readings, { freeTier: true, prices })).toBe('18.737');
    expect(exactTotal(readings, { freeTier: true })).toBe('18.73337');
  });

  it('30 M requests of 200 ms at 128 MB', () => {
    const readings = [reading('lambda.duration.x86', 750_000), reading('lambda.requests', 30_000_000)];
    expect(exactTotal(readings, { freeTier: true })).toBe('11.633345');
  });

  it('event pollers: 8,000 SQS and 800 Kafka unit-hours', () => {
    expect(exactTotal([reading('lambda.event-source.sqs', 8_000)])).toBe('74');
    expect(exactTotal([reading('lambda.event-source.kafka', 800)])).toBe('148');
  });

  it('20 billion GB-s go through three tiers', () => {
    expect(exactTotal([reading('lambda.duration.x86', 20_000_000_000)])).toBe('301667.2');
  });

  it('a tier ends exactly where it says', () => {
    expect(exactTotal([reading('lambda.duration.x86', 6_000_000_000)])).toBe('100000.2');
    expect(exactTotal([reading('lambda.duration.x86', 6_000_000_001)])).toBe('100000.200015');
  });

  it('1 GB provisioned for 730 h', () => {
    const gbSeconds = 730 * 3_600;
    expect(
      roundHalfUpToCents(monthBill([reading('lambda.provisioned.concurrency.x86', gbSeconds)]).totalUsd),
    ).toBe('10.95');
    expect(
      roundHalfUpToCents(monthBill([reading('lambda.provisioned.concurrency.arm64', gbSeconds)]).totalUsd),
    ).toBe('8.76');
  });

  it.each([
    ['us-east-1', 0.6],
    ['eu-west-1', 0.797],
    ['ap-southeast-1', 1.146],
  ])('provisioned concurrency breaks even in %s at a utilisation of %d', (region, utilisation) => {
    const book = openPriceBook(region);
    const usd = (id: string) => decimalFraction(book.price(id).tiers[0]!.usd);
    const saved = usd('lambda.duration.x86').sub(usd('lambda.provisioned.duration.x86'));
    const breakEven = usd('lambda.provisioned.concurrency.x86').div(saved).valueOf();
    expect(breakEven).toBeCloseTo(utilisation, 3);
  });
});

describe('API Gateway, SQS and logs', () => {
  it('HTTP API: 432 M requests', () => {
    expect(exactTotal([reading('apigateway.http.requests', 432_000_000)])).toBe('418.8');
    expect(exactTotal([reading('apigateway.http.requests', 500_000_000)])).toBe('480');
  });

  it('REST API: 5 M requests with 3 KB answers', () => {
    const bytes = 5_000_000 * 3 * 1024;
    const gb = { priceId: 'data-transfer.out', quantity: ratio(bytes, 1024 ** 3) };
    const bill = monthBill([reading('apigateway.rest.requests', 5_000_000), gb]);
    expect(roundHalfUpToCents(bill.totalUsd)).toBe('18.79');
  });

  it('REST API: 15 billion requests, and their egress through its tiers', () => {
    expect(exactTotal([reading('apigateway.rest.requests', 15_000_000_000)])).toBe('36353.1');
    const gb = { priceId: 'data-transfer.out', quantity: ratio(15_000_000_000 * 4 * 1024, 1024 ** 3) };
    const all = monthBill([reading('apigateway.rest.requests', 15_000_000_000), gb]);
    expect(roundHalfUpToCents(all.totalUsd)).toBe('41177.73');
  });

  it('five idle pollers of an SQS queue', () => {
    expect(exactTotal([reading('sqs.requests', 648_000)])).toBe('0.2592');
  });

  it('60 TB of Lambda logs', () => {
    expect(exactTotal([reading('cloudwatch.logs.lambda', 60_000)])).toBe('12500');
  });
});

describe('data transfer out', () => {
  const tb = 1024;
  it.each([
    [100, '9'],
    [10 * tb, '921.6'],
    [50 * tb, '4403.2'],
    [150 * tb, '11571.2'],
    [200 * tb, '14131.2'],
  ])('%d GB cost $%s', (gb, usd) => {
    expect(exactTotal([reading('data-transfer.out', gb)])).toBe(usd);
  });

  it('100 GB are free with the free tier, before the tiers', () => {
    expect(exactTotal([reading('data-transfer.out', 100)], { freeTier: true })).toBe('0');
    expect(exactTotal([reading('data-transfer.out', 10 * tb + 100)], { freeTier: true })).toBe('921.6');
  });
});

describe('servers and containers', () => {
  it.each([
    ['t3.medium', 'linux', '30.368'],
    ['t2.medium', 'linux', '33.872'],
    ['t3.large', 'linux', '60.736'],
    ['t3.micro', 'linux', '7.592'],
    ['t3.medium', 'windows', '43.8'],
  ] as const)('%s %s runs 730 h', (name, kind, usd) => {
    const price = openPriceBook('us-east-1').instancePrice(name, kind);
    const bill = monthBill([reading(price.id, 730)]);
    expect(bill.totalUsd.toString()).toBe(usd);
    expect(bill.lines[0]!.id).toBe(`ec2.instance.${name}`);
  });

  it('small load balancer: 720 h at 1.08 LCU', () => {
    const readings = [reading('alb.hours', 720), reading('alb.lcu', '777.6')];
    const bill = makeBill(readings, openPriceBook('us-east-1'), {
      monthMicros: MONTH_720,
      windowMicros: MONTH_720,
      freeTier: false,
    });
    expect(bill.totalUsd.toString()).toBe('22.4208');
  });

  it('gp3: 2,000 GB, 10,000 IOPS and 500 MB/s for 12 h of a 30-day month', () => {
    const readings = ['2000', '7000', '375'].map((amount, index) => ({
      priceId: ['ebs.gp3', 'ebs.gp3.iops', 'ebs.gp3.throughput'][index]!,
      quantity: decimalFraction(amount).div(60),
    }));
    expect(exactTotal(readings)).toBe('3.5');
    // The page's own example is of a region where throughput costs $0.06.
    expect(exactTotal(readings, { prices: { 'ebs.gp3.throughput': '$0.06/MB/s-month' } })).toBe('3.625');
  });

  it('23 Fargate tasks of 1 vCPU and 2 GB for 730 h', () => {
    const readings = [reading('fargate.vcpu.x86', 23 * 730), reading('fargate.memory.x86', 2 * 23 * 730)];
    expect(roundHalfUpToCents(monthBill(readings).totalUsd)).toBe('828.92');
  });

  it('Fargate page: 5 tasks a day of 10 min, 30 GB ephemeral', () => {
    const taskHours = 25;
    const readings = [
      reading('fargate.vcpu.x86', taskHours),
      reading('fargate.memory.x86', 2 * taskHours),
      reading('fargate.ephemeral-storage', 10 * taskHours),
    ];
    expect(roundHalfUpToCents(monthBill(readings).totalUsd)).toBe('1.26');
  });

  it('EKS: a cluster month, and the Auto Mode fee of m5.large', () => {
    expect(exactTotal([reading('eks.cluster', 730)])).toBe('73');
    expect(exactTotal([reading('eks.cluster.extended', 730)])).toBe('438');
    const listPrice = openPriceBook('us-east-1').instancePrice('m5.large', 'linux').tiers[0]!.usd;
    expect(exactTotal([reading('eks.auto-mode', listPrice)])).toBe('0.01152');
  });

  it('EKS hybrid nodes: 1,635,200 vCPU-h', () => {
    expect(exactTotal([reading('eks.hybrid-nodes', 1_635_200)])).toBe('24416');
  });

  it('detailed monitoring is seven metrics at $0.30', () => {
    expect(exactTotal([reading('cloudwatch.detailed-monitoring', 3)])).toBe('6.3');
  });
});
