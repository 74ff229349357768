import { describe, expect, it } from 'vitest';
import { BARE, fleet, problemsOf } from './bill-of.ts';

describe('Capacity Reservation', () => {
  const held = (count: number, more: string, billing = '') =>
    fleet(`instanceType: m4.large, minSize: 15, capacityReservation: ${count}, ${more}${BARE}`, { billing });

  it('20 × m4.large reserved, 15 running: 15 instances and 5 unused', () => {
    const bill = held(20, '');
    expect(bill.line('ec2.instance.m4.large').quantity).toBeCloseTo(15 * 730, 9);
    expect(bill.line('ec2.capacity-reservation.m4.large').quantity).toBeCloseTo(5 * 730, 9);
    expect(bill.usdPerMonth).toBeCloseTo(20 * 730 * 0.1, 9);
  });

  it('is used by what runs: an hour unused until the instances are there', () => {
    const bill = held(15, 'start: empty, pending: 1800s, ');
    expect(bill.line('ec2.capacity-reservation.m4.large').quantity).toBeCloseTo((15 * 730) / 2, 9);
    expect(bill.usdPerMonth).toBeCloseTo(15 * 730 * 0.1, 9);
  });

  it('costs nothing more where all of it is used', () => {
    expect(held(10, '').platform.cost.lines.map(({ id }) => id)).toEqual(['ec2.instance.m4.large']);
  });

  it.each([
    ['regional', 3],
    ['zonal', 5],
  ])('discounts reach it after the instances: %s', (scope, unused) => {
    const terms = `instanceType: m4.large, count: 17, rate: $0.06, scope: ${scope}`;
    const reserved = `reservedInstances: [{ ${terms} }]`;
    const bill = held(20, '', reserved);
    expect(bill.line('ec2.instance.m4.large.covered').quantity).toBeCloseTo(15 * 730, 9);
    expect(bill.line('ec2.capacity-reservation.m4.large').quantity).toBeCloseTo(unused * 730, 9);
  });
});

describe('NAT gateways and zones', () => {
  it('two gateways for servers in private subnets: hours, addresses and each GB', () => {
    const nat = 'natGateway: { count: 2, perRequest: { in: 3MiB, out: 1MiB } }';
    const bill = fleet(`instanceType: m4.large, ebs: none, publicIpv4: false, monitoring: basic, ${nat}`, {
      rate: '1024/h',
      billing: 'egress: internet',
    });
    expect(bill.line('vpc.nat.hours').usd).toBeCloseTo(2 * 730 * 0.045, 9);
    expect(bill.line('vpc.public-ipv4').usd).toBeCloseTo(2 * 730 * 0.005, 9);
    expect(bill.line('vpc.nat.data').usd).toBeCloseTo(4 * 730 * 0.045, 6);
    expect(bill.line('data-transfer.out').quantity).toBeCloseTo(730, 6);
  });

  it('a private gateway has no address and leads to no internet', () => {
    const nat = 'natGateway: { connectivityType: private, perRequest: { out: 1MiB } }';
    const bill = fleet(`instanceType: m4.large, ebs: none, publicIpv4: false, monitoring: basic, ${nat}`, {
      rate: '1024/h',
      billing: 'egress: internet',
    });
    const ids = bill.platform.cost.lines.map(({ id }) => id);
    expect(ids).toEqual(['ec2.instance.m4.large', 'vpc.nat.data', 'vpc.nat.hours']);
  });

  it('not for servers with public addresses', () => {
    const problems = problemsOf(() => fleet('instanceType: m4.large, natGateway: {}'));
    expect(problems).toEqual([['conflicting-keys', expect.stringContaining('publicIpv4: false')]]);
  });

  it('a share of the payload goes between zones, and is paid at both ends', () => {
    const bill = fleet(`instanceType: m4.large, crossZoneShare: 0.5, ${BARE}`, {
      rate: '1024/h',
      workload: '{ cpu: 1ms, payload: { in: 1MiB, out: 3MiB } }',
    });
    expect(bill.line('data-transfer.cross-az').quantity).toBeCloseTo(2 * 0.5 * 4 * 730, 6);
    expect(bill.line('data-transfer.cross-az').usd).toBeCloseTo(4 * 730 * 0.01, 6);
  });
});
