import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeterReading } from '../../sim/billing/bill.ts';
import { decimalFraction, ratio, sum, ZERO } from '../../sim/billing/exact.ts';
import { billedMicrosByHour, hourlyTotal, periodMicrosByHour } from '../../sim/billing/hourly-usage.ts';
import { makeBill, openPriceBook, readCommitments } from '../../sim/billing/index.ts';
import { unusedCapacityByHour } from '../../sim/billing/rules/capacity-reservation.ts';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../sim/kernel/time.ts';

const book = openPriceBook('us-east-1');
const MONTH = 730 * MICROS_PER_HOUR;

/** Usage of a price by clock-hour, in thousandths of its unit. */
function hourly(priceId: string, counts: readonly number[]): MeterReading {
  const byHour = { counts, unitsPerCount: ratio(1, 1000) };
  return { priceId, quantity: hourlyTotal(byHour), byHour };
}

const counts = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 3, maxLength: 3 });
const cents = fc.integer({ min: 1, max: 300 }).map((value) => `$${(value / 100).toFixed(2)}/h`);

describe('commitments, whatever is used', () => {
  it('are paid for every hour of the month, and pay for no more than there is', () => {
    fc.assert(
      fc.property(
        fc.record({ large: counts, xlarge: counts, lambda: counts, plan: cents, family: cents }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 59 }),
        ({ large, xlarge, lambda, plan, family }, reserved, offsetMinutes) => {
          const offset = offsetMinutes * MICROS_PER_MINUTE;
          const commitments = readCommitments(
            {
              savingsPlans: [
                { type: 'compute', commitment: plan, term: '1y', payment: 'noUpfront', rates: {} },
                {
                  type: 'ec2Instance',
                  commitment: family,
                  term: '1y',
                  payment: 'noUpfront',
                  family: 'm5',
                  rates: {},
                },
              ],
              reservedInstances:
                reserved === 0
                  ? []
                  : [
                      {
                        instanceType: 'm5.large',
                        count: reserved,
                        term: '1y',
                        payment: 'allUpfront',
                        scope: 'regional',
                        offeringClass: 'standard',
                        operatingSystem: 'linux',
                      },
                    ],
            },
            book,
          );
          const readings = [
            hourly('ec2.instance.m5.large', large),
            hourly('ec2.instance.m5.xlarge', xlarge),
            hourly('lambda.duration.x86', lambda),
          ];
          const terms = {
            monthMicros: MONTH,
            windowMicros: 3 * MICROS_PER_HOUR - offset,
            hourOffsetMicros: offset,
            freeTier: false,
          };
          const bill = makeBill(readings, book, { ...terms, commitments });
          const without = makeBill(readings, book, terms);
          const quantityOf = (lines: typeof bill.lines, id: string) =>
            lines.find((line) => line.id === id)?.quantity ?? ZERO;
          for (const { priceId } of readings) {
            const all = quantityOf(bill.lines, priceId).add(quantityOf(bill.lines, `${priceId}.covered`));
            expect(all.equals(quantityOf(without.lines, priceId))).toBe(true);
          }
          const usdOf = (prefix: string) =>
            sum(bill.lines.filter(({ id }) => id.startsWith(prefix)).map(({ usd }) => usd));
          const perMonth = (text: string) => decimalFraction(text.slice(1, -2)).mul(730);
          expect(usdOf('savings-plan.compute').equals(perMonth(plan))).toBe(true);
          expect(usdOf('savings-plan.ec2-instance.m5').equals(perMonth(family))).toBe(true);
          expect(usdOf('reserved-instance').equals(decimalFraction('0.056393').mul(730 * reserved))).toBe(
            true,
          );
          for (const line of bill.lines) expect(line.quantity.compare(0), line.id).toBeGreaterThan(0);
        },
      ),
      { seed: 11, numRuns: 60 },
    );
  });
});

describe('usage by the clock-hour', () => {
  const hours = { windowMicros: 2.5 * MICROS_PER_HOUR, offsetMicros: 0.5 * MICROS_PER_HOUR };
  const inHours = (counts: Float64Array) => Array.from(counts, (micros) => micros / MICROS_PER_HOUR);

  it('a life is laid over the hours in which it is billed', () => {
    const lives = [
      { startMicros: 0, endMicros: Number.POSITIVE_INFINITY },
      { startMicros: MICROS_PER_HOUR, endMicros: 2 * MICROS_PER_HOUR },
    ].map((life) => ({ ...life, windowMicros: hours.windowMicros, minimumMicros: MICROS_PER_MINUTE }));
    expect(inHours(billedMicrosByHour(lives, hours))).toEqual([0.5, 1.5, 1.5]);
  });

  it('what a minimum adds beyond the window falls into its last hour', () => {
    const startMicros = hours.windowMicros - MICROS_PER_MINUTE / 2;
    const life = { startMicros, endMicros: Number.POSITIVE_INFINITY, minimumMicros: MICROS_PER_MINUTE };
    const counts = billedMicrosByHour([{ ...life, windowMicros: hours.windowMicros }], hours);
    expect([...counts]).toEqual([0, 0, MICROS_PER_MINUTE]);
  });

  it('a period of several counts several times', () => {
    const period = { startMicros: 0, billedMicros: MICROS_PER_HOUR, count: 4 };
    expect(inHours(periodMicrosByHour([period], hours))).toEqual([2, 2, 0]);
  });

  it('capacity is unused where fewer run than are reserved', () => {
    const spans = {
      startMicros: [0, MICROS_PER_HOUR, MICROS_PER_HOUR],
      endMicros: [2 * MICROS_PER_HOUR, Number.POSITIVE_INFINITY, 1.5 * MICROS_PER_HOUR],
    };
    // Two reserved: one runs for an hour, three for half an hour, two, then one.
    expect(inHours(unusedCapacityByHour(spans, 2, hours))).toEqual([0.5, 0.5, 0.5]);
    expect(inHours(unusedCapacityByHour(spans, 1, hours))).toEqual([0, 0, 0]);
  });
});
