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

  it('of volumes whose instances stand still in a warm pool', () => {
    const pooled = { ...instances, minSize: 1, desiredCapacity: 1, maxSize: 10_000, warmPool: {} };
    // A GB of each for a month: of 9,999, and of the one that runs.
    expect(quantityOf({ ...pooled, ebs: { type: 'gp3', size: 1 } }, 'ebs.gp3')).toBe(10_000);
  });
});

describe('what else a double would not count exactly', () => {
  it('surplus CPU credits: ten t3.2xlarge that are busy all month', () => {
    // 192 credits an hour are 3.2 of 8 vCPUs. What 24 hours earn is owed and not charged: 76.8 vCPU-hours.
    // In hundredths of a vCPU-microsecond, as they are held, 33,792 vCPU-hours are 1.2 × 10^16.
    const given = {
      duration: '30d',
      workload: { cpu: '240d', threads: 8 },
      traffic: { all: { executor: 'constant-vus', vus: 10 } },
    };
    const burstable = { type: 'ec2', instanceType: 't3.2xlarge', minSize: 10 };
    expect(quantityOf(burstable, 'ec2.cpu-credits', given)).toBeCloseTo(10 * (4.8 * 720 - 76.8), 6);
  });

  it('bytes: forty answers of 500 TB', () => {
    const given = {
      duration: '30d',
      billing: { month: '720h', egress: 'internet' },
      workload: { cpu: '1ms', payload: { out: '500TB' } },
      traffic: { few: { executor: 'constant-arrival-rate', rate: '40/30d', arrivals: 'uniform' } },
    };
    const balanced = {
      type: 'ec2',
      instanceType: 'm7g.large',
      minSize: 1,
      frontDoor: 'alb',
      crossZoneShare: 0.5,
    };
    const bytes = 40 * 500e12;
    expect(quantityOf(balanced, 'data-transfer.out', given)).toBe(bytes / 2 ** 30);
    // An LCU is a GB an hour; half of the bytes change zones, paid on both sides.
    expect(quantityOf(balanced, 'alb.lcu', given)).toBe(bytes / 1e9);
    expect(quantityOf(balanced, 'data-transfer.cross-az', given)).toBe(bytes / 2 ** 30);
  });
});
