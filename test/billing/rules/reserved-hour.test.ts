import { describe, expect, it } from 'vitest';
import { decimalFraction } from '../../../sim/billing/exact.ts';
import {
  applyReservations,
  type InstanceUsage,
  type Reservation,
} from '../../../sim/billing/rules/reserved-hour.ts';
import { normalisationFactor } from '../../../sim/billing/rules/size-flexibility.ts';

/** So many instance-hours of a type in one clock-hour. */
function ran(instanceType: string, hours: string, operatingSystem: 'linux' | 'windows' = 'linux') {
  const isUnusedCapacity = false;
  return {
    instanceType,
    operatingSystem,
    isUnusedCapacity,
    hours: decimalFraction(hours),
  } satisfies InstanceUsage;
}

function reserved(instanceType: string, count: string, more: Partial<Reservation> = {}): Reservation {
  return { ...ran(instanceType, count), scope: 'regional', ...more };
}

function outcome(usages: readonly InstanceUsage[], reservations: readonly Reservation[]) {
  const { covered, used } = applyReservations(usages, reservations);
  return {
    onDemand: covered.map((hours, index) => usages[index]!.hours.sub(hours).toString()),
    used: used.map((hours) => hours.toString()),
  };
}

// Amazon EC2 User Guide, how Reserved Instances are applied and billed.
describe('a Reserved Instance is a bucket of 3,600 instance-seconds in each clock-hour', () => {
  it('four m4.xlarge for an hour against one reservation: 1 h reserved, 3 h on demand', () => {
    expect(outcome([ran('m4.xlarge', '4')], [reserved('m4.xlarge', '1')])).toEqual({
      onDemand: ['3'],
      used: ['1'],
    });
  });

  it('four m4.xlarge of 900 s each, at once or one after another: all reserved', () => {
    const usages = ['0.25', '0.25', '0.25', '0.25'].map((hours) => ran('m4.xlarge', hours));
    expect(outcome(usages, [reserved('m4.xlarge', '1')])).toEqual({
      onDemand: ['0', '0', '0', '0'],
      used: ['1'],
    });
  });
});

describe('size flexibility', () => {
  it('four m3.large zonal, four m4.large for two m4.xlarge, a c4.large for half a c4.xlarge', () => {
    const usages = [ran('m3.large', '4'), ran('m4.xlarge', '2'), ran('c4.xlarge', '1')];
    const reservations = [
      reserved('m3.large', '4', { scope: 'zonal' }),
      reserved('m4.large', '4'),
      reserved('c4.large', '1'),
    ];
    expect(outcome(usages, reservations)).toEqual({ onDemand: ['0', '0', '0.5'], used: ['4', '4', '1'] });
  });

  it('one m3.2xlarge covers two m3.large first, then one of two m3.xlarge', () => {
    const usages = [ran('m3.xlarge', '2'), ran('m3.large', '2')];
    expect(outcome(usages, [reserved('m3.2xlarge', '1')])).toEqual({ onDemand: ['1', '0'], used: ['1'] });
  });

  it.each([
    ['t2.medium', 't2.small', '2', '0'],
    ['t2.medium', 't2.large', '1', '0.5'],
    ['i3.metal', 'i3.16xlarge', '1', '0'],
    ['i3.metal', 'i3.8xlarge', '2', '0'],
    ['i3.metal', 'i3.4xlarge', '4', '0'],
  ])('one %s against %s × %s: %s h on demand', (reservedType, runningType, count, onDemand) => {
    const result = outcome([ran(runningType, count)], [reserved(reservedType, '1')]);
    expect(result).toEqual({ onDemand: [onDemand], used: ['1'] });
  });

  it('two i3.8xlarge cover one i3.metal', () => {
    expect(outcome([ran('i3.metal', '1')], [reserved('i3.8xlarge', '2')]).onDemand).toEqual(['0']);
  });

  it.each([
    ['another family', ran('m5.large', '1'), reserved('m4.large', '1')],
    ['a zonal one of another size', ran('m4.xlarge', '1'), reserved('m4.large', '2', { scope: 'zonal' })],
    ['another platform', ran('m4.large', '1', 'windows'), reserved('m4.large', '1')],
    [
      'Windows of another size',
      ran('m4.xlarge', '1', 'windows'),
      reserved('m4.large', '2', { operatingSystem: 'windows' }),
    ],
    ['G4dn of another size', ran('g4dn.2xlarge', '1'), reserved('g4dn.xlarge', '2')],
  ])('not for %s', (_what, usage, reservation) => {
    expect(outcome([usage], [reservation])).toEqual({ onDemand: ['1'], used: ['0'] });
  });

  it('zonal reservations are used before regional ones', () => {
    const reservations = [reserved('m4.large', '1'), reserved('m4.large', '1', { scope: 'zonal' })];
    expect(outcome([ran('m4.large', '1')], reservations).used).toEqual(['0', '1']);
  });

  it.each([
    ['t3.nano', '0.25'],
    ['m5.3xlarge', '24'],
    ['m5.24xlarge', '192'],
    ['u-6tb1.112xlarge', '896'],
    ['a1.metal', '32'],
    ['z1d.metal', '96'],
    ['c5n.metal', '144'],
    ['m5.metal', '192'],
    ['m7i.metal-24xl', '192'],
  ])('%s counts %s', (instanceType, factor) => {
    expect(normalisationFactor(instanceType)!.toString()).toBe(factor);
  });
});
