import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineToResult, type MeterReading } from '../../sim/billing/bill.ts';
import { decimalFraction, integerFraction, ratio } from '../../sim/billing/exact.ts';
import { makeBill, openPriceBook, type PriceBook } from '../../sim/billing/index.ts';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../sim/kernel/time.ts';
import type { BillLine } from '../../sim/result/result.ts';

const book = openPriceBook('us-east-1');
const HOUR_TERMS = { monthMicros: 730 * MICROS_PER_HOUR, windowMicros: MICROS_PER_HOUR, freeTier: false };
const WHOLE = { ...HOUR_TERMS, windowMicros: HOUR_TERMS.monthMicros };

function reading(priceId: string, count: number): MeterReading {
  return { priceId, quantity: integerFraction(count) };
}

describe('month scaling', () => {
  it('an hour of one instance becomes 730 h', () => {
    const [line] = makeBill([reading('ec2.instance.c7g.large', 1)], book, HOUR_TERMS).lines;
    expect(line!.quantity.toFraction()).toBe('730');
    expect(line!.usd.toString()).toBe('52.925');
  });

  it('keeps a window that divides nothing exact', () => {
    const windowMicros = 2_399_999_999;
    const terms = { ...HOUR_TERMS, windowMicros };
    const used = { priceId: 'ec2.instance.c7g.large', quantity: ratio(windowMicros, MICROS_PER_HOUR) };
    const [line] = makeBill([used], book, terms).lines;
    expect(line!.quantity.toFraction()).toBe('730');
    const [requests] = makeBill([reading('lambda.requests', 7)], book, terms).lines;
    expect(requests!.quantity.toFraction()).toBe(
      ratio(7 * 730 * 60, 1)
        .mul(ratio(MICROS_PER_MINUTE, windowMicros))
        .toFraction(),
    );
  });

  it('scales before the free tier and the tiers, which are a month’s', () => {
    const terms = { ...HOUR_TERMS, freeTier: true };
    const [line] = makeBill([reading('lambda.requests', 10_000)], book, terms).lines;
    // 7.3 M requests, 1 M free.
    expect(line!.freeQuantity.toFraction()).toBe('1000000');
    expect(line!.usd.toString()).toBe('1.26');
  });
});

describe('lines', () => {
  it('adds readings of one price, drops zeros and sorts by id', () => {
    const readings = [
      reading('vpc.public-ipv4', 2),
      reading('lambda.requests', 3),
      reading('alb.hours', 0),
      reading('vpc.public-ipv4', 5),
    ];
    const { lines } = makeBill(readings, book, WHOLE);
    expect(lines.map((line) => [line.id, line.quantity.toFraction()])).toEqual([
      ['lambda.requests', '3'],
      ['vpc.public-ipv4', '7'],
    ]);
  });

  it('an empty window costs nothing', () => {
    const bill = makeBill([], book, WHOLE);
    expect(bill.lines).toEqual([]);
    expect(bill.totalUsd.equals(0)).toBe(true);
  });

  it('gives the list price, or the mean over the tiers that were reached', () => {
    const [one] = makeBill([reading('data-transfer.out', 10_240)], book, WHOLE).lines;
    expect(one!.usdPerUnit.toString()).toBe('0.09');
    const [two] = makeBill([reading('data-transfer.out', 20_480)], book, WHOLE).lines;
    expect(two!.usdPerUnit.toString()).toBe('0.0875');
  });

  it('gives the list price where everything was free', () => {
    const [line] = makeBill([reading('lambda.requests', 9)], book, { ...WHOLE, freeTier: true }).lines;
    expect(line!.usd.equals(0)).toBe(true);
    expect(line!.usdPerUnit.toString()).toBe('0.0000002');
  });

  it('uses the words of the platform where it has some', () => {
    const { lines } = makeBill([{ ...reading('alb.hours', 1), what: 'Front door' }], book, WHOLE);
    expect(lines[0]!.what).toBe('Front door');
  });

  it('puts variants of a price on one line, each at its own price', () => {
    const { lines } = makeBill(
      [reading('fargate.vcpu.x86', 100), reading('fargate.vcpu.arm64', 300)],
      book,
      WHOLE,
    );
    expect(lines.map((line) => line.id)).toEqual(['fargate.vcpu']);
    expect(lines[0]!.quantity.toFraction()).toBe('400');
    expect(lines[0]!.usd.toString()).toBe('13.762');
    expect(lines[0]!.what).toBe('Fargate vCPU (Arm) + Fargate vCPU (x86)');
  });

  it('refuses a price that the region lacks, whatever the amount', () => {
    const singapore = openPriceBook('ap-southeast-1');
    expect(() => makeBill([reading('ebs.st1', 1)], singapore, WHOLE)).toThrow(/unpriced/);
  });

  it('refuses negative usage as a bug', () => {
    const negative = { priceId: 'alb.hours', quantity: integerFraction(-1) };
    expect(() => makeBill([negative], book, WHOLE)).toThrow(/broken invariant/);
  });

  it('becomes the line of a result', () => {
    const terms = { ...WHOLE, freeTier: true };
    const figures: BillLine = lineToResult(
      makeBill([reading('lambda.requests', 3_000_000)], book, terms).lines[0]!,
    );
    expect(figures).toEqual({
      id: 'lambda.requests',
      what: 'Lambda requests',
      quantity: 3_000_000,
      freeQuantity: 1_000_000,
      unit: 'request',
      usdPerUnit: 2e-7,
      usd: 0.4,
    });
    expect(lineToResult(makeBill([reading('alb.hours', 1)], book, terms).lines[0]!)).not.toHaveProperty(
      'freeQuantity',
    );
  });
});

describe('free pools', () => {
  it('x86 and Arm share 400,000 GB-s, Arm first (the order of the line ids)', () => {
    const readings = [reading('lambda.duration.x86', 300_000), reading('lambda.duration.arm64', 300_000)];
    const [arm, x86] = makeBill(readings, book, { ...WHOLE, freeTier: true }).lines;
    expect(arm!.freeQuantity.toFraction()).toBe('300000');
    expect(arm!.usd.equals(0)).toBe(true);
    expect(x86!.freeQuantity.toFraction()).toBe('100000');
    expect(x86!.usd.toString()).toBe('3.33334');
  });

  it('are closed without the free tier', () => {
    const [line] = makeBill([reading('lambda.requests', 1)], book, WHOLE).lines;
    expect(line!.freeQuantity.equals(0)).toBe(true);
    expect(line!.usd.toString()).toBe('0.0000002');
  });

  it('do not cover provisioned concurrency', () => {
    const readings = [reading('lambda.provisioned.duration.x86', 1_000)];
    const [line] = makeBill(readings, book, { ...WHOLE, freeTier: true }).lines;
    expect(line!.usd.toString()).toBe('0.0097222');
  });
});

describe('extra costs', () => {
  it('are a month’s, whatever the window', () => {
    const bill = makeBill([], book, HOUR_TERMS, [
      { what: 'database', usdPerMonth: 120 },
      { what: 'Support plan', usdPerMonth: '29.95' },
    ]);
    expect(bill.lines.map((line) => [line.id, line.what, line.unit, line.usd.toString()])).toEqual([
      ['extra.database', 'database', 'month', '120'],
      ['extra.support-plan', 'Support plan', 'month', '29.95'],
    ]);
    expect(bill.totalUsd.toString()).toBe('149.95');
  });

  it('are read as the decimals that were written, and added when named twice', () => {
    const twice = [
      { what: 'cache', usdPerMonth: 0.1 },
      { what: 'cache', usdPerMonth: 0.2 },
    ];
    expect(makeBill([], book, HOUR_TERMS, twice).totalUsd.toString()).toBe('0.3');
  });
});

describe('assumptions', () => {
  const dublin = openPriceBook('eu-west-1');

  it('name a doubted price that was used', () => {
    const { assumptions } = makeBill([reading('ebs.gp3', 1)], dublin, WHOLE);
    expect(assumptions).toHaveLength(1);
    expect(assumptions[0]).toContain('`ebs.gp3`');
  });

  it('are silent about a doubted step that was not reached', () => {
    expect(makeBill([reading('lambda.duration.x86', 6_000_000_000)], dublin, WHOLE).assumptions).toEqual([]);
    expect(makeBill([reading('lambda.duration.x86', 6_000_000_001)], dublin, WHOLE).assumptions).toHaveLength(
      1,
    );
  });
});

describe('laws of a bill', () => {
  const ids = book
    .list()
    .map((price) => price.id)
    .filter((id) => !id.startsWith('ec2.instance.'));
  const readings = fc.array(
    fc
      .tuple(fc.constantFrom(...ids), fc.nat({ max: 1e9 }), fc.integer({ min: 1, max: 1e6 }))
      .map(([priceId, over, under]): MeterReading => ({ priceId, quantity: ratio(over, under) })),
    { maxLength: 12 },
  );
  const terms = fc.record({
    monthMicros: fc.constantFrom(HOUR_TERMS.monthMicros, 720 * MICROS_PER_HOUR),
    windowMicros: fc.integer({ min: 1, max: 1e12 }),
    freeTier: fc.boolean(),
  });
  const seeded = { seed: 20260705, numRuns: 150 };

  it('doubling every price doubles the bill', () => {
    const doubled: PriceBook = {
      ...book,
      price: (id) => {
        const price = book.price(id);
        const tiers = price.tiers.map((tier) => ({
          ...tier,
          usd: decimalFraction(tier.usd).mul(2).toString(30),
        }));
        return { ...price, tiers };
      },
    };
    fc.assert(
      fc.property(readings, terms, (used, given) => {
        const once = makeBill(used, book, given).totalUsd;
        expect(makeBill(used, doubled, given).totalUsd.equals(once.mul(2))).toBe(true);
      }),
      seeded,
    );
  });

  it('more usage never costs less, and the total is the sum of the lines', () => {
    fc.assert(
      fc.property(readings, readings, terms, (used, more, given) => {
        const less = makeBill(used, book, given);
        const total = makeBill([...used, ...more], book, given).totalUsd;
        expect(total.compare(less.totalUsd)).toBeGreaterThanOrEqual(0);
        expect(less.lines.reduce((left, line) => left.sub(line.usd), less.totalUsd).equals(0)).toBe(true);
      }),
      seeded,
    );
  });

  it('the order of readings changes nothing', () => {
    fc.assert(
      fc.property(readings, terms, (used, given) => {
        const figures = (list: readonly MeterReading[]) =>
          makeBill(list, book, given).lines.map(lineToResult);
        expect(figures([...used].reverse())).toEqual(figures(used));
      }),
      seeded,
    );
  });
});
