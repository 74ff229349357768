import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { billOf, cents, type Example, type MonthBill } from './bill-of.ts';

/** Nothing on the bill but the instances themselves. */
const BARE = 'ebs: none, publicIpv4: false, monitoring: basic';

/** Idle servers for a month of 730 h, of which one hour is simulated. */
function fleet(options: string, billing: string, more: Partial<Example> = {}): MonthBill {
  return billOf({
    rate: '0/s',
    duration: '3600s',
    month: '730h',
    workload: '{ cpu: 10ms }',
    platform: `{ type: ec2, ${options}, ${BARE} }`,
    billing,
    ...more,
  });
}

const hoursOf = (bill: MonthBill, id: string) =>
  (bill.platform.cost.lines.find((line) => line.id === id)?.quantity ?? 0) / 730;

describe('hourly part of a reserved t3.medium, a month of 730 h', () => {
  it.each([
    ['standard', '1y', 'noUpfront', '$0.0261/h', '19.05'],
    ['standard', '3y', 'noUpfront', '$0.0180/h', '13.14'],
    ['convertible', '1y', 'noUpfront', '$0.0300/h', '21.90'],
    ['convertible', '3y', 'noUpfront', '$0.0206/h', '15.04'],
    ['standard', '1y', 'partialUpfront', '$0.0124/h', '9.05'],
    ['standard', '3y', 'partialUpfront', '$0.0083/h', '6.06'],
    ['convertible', '1y', 'partialUpfront', '$0.0143/h', '10.44'],
    ['convertible', '3y', 'partialUpfront', '$0.0096/h', '7.01'],
    ['standard', '1y', 'allUpfront', '$0/h', '0.00'],
  ])('%s %s %s at %s: $%s', (offeringClass, term, payment, rate, usd) => {
    const terms = `term: ${term}, payment: ${payment}, offeringClass: ${offeringClass}, rate: ${rate}`;
    const bill = fleet(
      'instanceType: t3.medium',
      `reservedInstances: [{ instanceType: t3.medium, count: 1, ${terms} }]`,
    );
    expect(bill.line('reserved-instance.t3.medium')).toMatchObject({ quantity: 730, unit: 'h' });
    expect(bill.line('ec2.instance.t3.medium.covered')).toMatchObject({ quantity: 730, usd: 0 });
    expect(bill.platform.cost.lines).toHaveLength(2);
    expect(cents(bill.usdPerMonth)).toBe(usd);
  });

  it('partial upfront t2.small for its year: 60.00 + 0.007 × 8,760 = $121.32', () => {
    const terms = 'payment: partialUpfront, upfront: $60, rate: $0.007/h';
    const billing = `reservedInstances: [{ instanceType: t2.small, ${terms} }]`;
    expect(fleet('instanceType: t2.small', billing, { month: '8760h' }).usdPerMonth).toBeCloseTo(121.32, 9);
  });
});

describe('list prices of Standard Reserved Instances where no rate is given', () => {
  const rate = (instanceType: string, terms: string) =>
    fleet(
      `instanceType: ${instanceType}`,
      `reservedInstances: [{ instanceType: ${instanceType}, ${terms} }]`,
    );

  it.each([
    ['m7g.large', 'term: 1y, payment: allUpfront', 0.050342, 6],
    ['m7g.large', 'term: 3y, payment: allUpfront', 0.03223, 6],
    ['t3.medium', 'term: 1y, payment: noUpfront', 0.0261, 4],
    ['t3.medium', 'term: 3y, payment: noUpfront', 0.018, 4],
    ['x2iedn.32xlarge', 'term: 1y, payment: noUpfront', 16.4137, 2],
    ['x2iedn.32xlarge', 'term: 1y, payment: partialUpfront', 15.6322, 2],
    ['x2iedn.32xlarge', 'term: 3y, payment: partialUpfront', 7.9228, 2],
  ])('%s, %s: $%d an hour', (instanceType, terms, usd, digits) => {
    const bill = rate(instanceType, terms);
    expect(bill.line(`reserved-instance.${instanceType}`).usdPerUnit).toBeCloseTo(usd, digits);
  });

  it('are told to be uncertain unless paid all upfront', () => {
    const doubt = /price of the Reserved Instance `m7g\.large` \(noUpfront\) is uncertain/;
    expect(rate('m7g.large', 'payment: noUpfront').platform.assumptions.join('\n')).toMatch(doubt);
    expect(rate('m7g.large', 'payment: allUpfront').platform.assumptions.join('\n')).not.toMatch(/uncertain/);
  });
});

describe('Reserved Instances are a bucket of 3,600 instance-seconds in each clock-hour', () => {
  const one = (instanceType: string, more = '') =>
    `reservedInstances: [{ instanceType: ${instanceType}, rate: $0.05/h${more} }]`;

  it('four m4.xlarge for an hour: one reserved, three on demand', () => {
    const bill = fleet('instanceType: m4.xlarge, minSize: 4', one('m4.xlarge'));
    expect(hoursOf(bill, 'ec2.instance.m4.xlarge')).toBeCloseTo(3, 12);
    expect(hoursOf(bill, 'reserved-instance.m4.xlarge')).toBeCloseTo(1, 12);
    expect(bill.usdPerMonth).toBeCloseTo(730 * (3 * 0.2 + 0.05), 9);
  });

  it('four m4.xlarge at once for 900 s: all reserved', () => {
    const late = 'minSize: 4, start: empty, pending: 2700s';
    const bill = fleet(`instanceType: m4.xlarge, ${late}`, one('m4.xlarge'));
    expect(hoursOf(bill, 'ec2.instance.m4.xlarge')).toBe(0);
    expect(hoursOf(bill, 'ec2.instance.m4.xlarge.covered')).toBeCloseTo(1, 12);
    expect(bill.usdPerMonth).toBeCloseTo(730 * 0.05, 9);
  });

  it('what one hour does not use is lost to the next', () => {
    // Two start after an hour: an instance-hour of the first is unused, one of the second is not reserved.
    const late = 'minSize: 2, start: empty, pending: 3600s';
    const bill = fleet(`instanceType: m4.xlarge, ${late}`, one('m4.xlarge'), { duration: '7200s' });
    expect(hoursOf(bill, 'ec2.instance.m4.xlarge') * 2).toBeCloseTo(1, 12);
    expect(hoursOf(bill, 'reserved-instance.m4.xlarge') * 2).toBeCloseTo(1, 12);
    expect(hoursOf(bill, 'reserved-instance.m4.xlarge.unused') * 2).toBeCloseTo(1, 12);
  });

  it.each([
    ['m4.xlarge', 2, 'm4.large, count: 4', 0],
    ['c4.xlarge', 1, 'c4.large', 0.5],
    ['m3.large', 4, 'm3.large, count: 4, scope: zonal', 0],
    ['t2.small', 2, 't2.medium', 0],
    ['t2.large', 1, 't2.medium', 0.5],
    ['i3.4xlarge', 4, 'i3.metal', 0],
    ['m4.xlarge', 1, 'm4.large, count: 2, scope: zonal', 1],
    ['m5.large', 1, 'm4.large', 1],
  ])('%s × %d under %s: %d h on demand', (instanceType, count, reservation, onDemand) => {
    const bill = fleet(`instanceType: ${instanceType}, minSize: ${count}`, one(reservation));
    expect(hoursOf(bill, `ec2.instance.${instanceType}`)).toBeCloseTo(onDemand, 12);
  });

  it('are paid in full where nothing runs that they are for', () => {
    const bill = fleet('instanceType: m5.large', one('m7g.large, count: 2'));
    expect(bill.line('reserved-instance.m7g.large.unused').usd).toBeCloseTo(2 * 730 * 0.05, 9);
    expect(bill.usdPerMonth).toBeCloseTo(730 * (0.096 + 0.1), 9);
  });
});

describe('clock-hours', () => {
  /** One instance for the first half of two hours' time, by the clock of the scenario. */
  const billFrom = (startAt: string) => {
    const group = 'instanceType: m4.large, start: empty, pending: 1800s, minSize: 2';
    const { cost } = simulate(
      [
        'version: 1',
        'duration: 1h',
        `startAt: ${startAt}`,
        'billing: { month: 1h, reservedInstances: [{ instanceType: m4.large, rate: $0.05/h }] }',
        'workload: { cpu: 1ms }',
        'traffic: { main: { executor: constant-arrival-rate, rate: 0/s } }',
        `platforms: { it: { type: ec2, ${group}, ${BARE} } }`,
      ].join('\n'),
    ).platforms.it!;
    return cost.lines.map(({ id, quantity }) => `${id} ${quantity}`);
  };

  it('two instances for half an hour are one reserved hour within one clock-hour, not across two', () => {
    // They run from minute 30 to 60 of the simulation.
    expect(billFrom('2026-01-05T09:00:00Z')).toEqual([
      'ec2.instance.m4.large.covered 1',
      'reserved-instance.m4.large 1',
    ]);
    // From 08:30 on, the first half-hour is one clock-hour's end: its half of the reservation is lost.
    expect(billFrom('2026-01-05T08:30:00Z')).toEqual([
      'ec2.instance.m4.large 0.5',
      'ec2.instance.m4.large.covered 0.5',
      'reserved-instance.m4.large 0.5',
      'reserved-instance.m4.large.unused 0.5',
    ]);
  });

  it('a window of part of an hour has that part of the commitments', () => {
    const billing = 'reservedInstances: [{ instanceType: m4.large, rate: $0.05/h }]';
    const bill = fleet('instanceType: m4.large, minSize: 2', billing, { duration: '40m' });
    expect(hoursOf(bill, 'ec2.instance.m4.large')).toBeCloseTo(1, 12);
    expect(hoursOf(bill, 'reserved-instance.m4.large')).toBeCloseTo(1, 12);
  });
});
