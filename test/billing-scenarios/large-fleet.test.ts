import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';

const QUIET = {
  version: 1,
  billing: { month: '720h' },
  workload: { cpu: '1ms' },
  traffic: { few: { executor: 'constant-arrival-rate', rate: '1/d', duration: '30d' } },
};

const quantityOf = (platform: object, id: string, more: object = {}) =>
  simulate({ ...QUIET, platforms: { fleet: platform }, ...more }).platforms.fleet!.cost.lines.find(
    (line) => line.id === id,
  )!.quantity;

// 10,000 × 720 h are 2.592 × 10^16 µs, more than the 2^53 = 9.007 × 10^15 that a double counts exactly.
describe('ten thousand of them for thirty days: 7,200,000 hours', () => {
  const instances = { type: 'ec2', instanceType: 'm7g.large', minSize: 10_000 };

  it('of instances', () => {
    expect(quantityOf(instances, 'ec2.instance.m7g.large')).toBe(7_200_000);
  });

  it('of Reserved Instances, by the clock-hour: all are used', () => {
    const reservedInstances = [
      { instanceType: 'm7g.large', count: 10_000, term: '1y', payment: 'allUpfront' },
    ];
    const more = { billing: { month: '720h', reservedInstances } };
    expect(quantityOf(instances, 'reserved-instance.m7g.large', more)).toBe(7_200_000);
  });

  it('of capacity that nothing runs in', () => {
    const reserving = { ...instances, minSize: 1, capacityReservation: 10_001 };
    expect(quantityOf(reserving, 'ec2.capacity-reservation.m7g.large')).toBe(7_200_000);
  });
});
