import type Fraction from 'fraction.js';
import { min, ONE, ZERO } from '../exact.ts';
import { instanceFamily } from '../instances.ts';
import { normalisationFactor } from './size-flexibility.ts';

export type OperatingSystem = 'linux' | 'windows';

/** Instances of one kind in one clock-hour. */
export interface InstanceUsage {
  readonly instanceType: string;
  readonly operatingSystem: OperatingSystem;
  /** Reserved capacity that nothing runs in: regional reservations cover it after all that runs. */
  readonly isUnusedCapacity: boolean;
  /** Instance-hours: all that ran, one after another or at once. */
  readonly hours: Fraction;
}

/** Reserved Instances of one purchase in one clock-hour. */
export interface Reservation {
  readonly instanceType: string;
  readonly operatingSystem: OperatingSystem;
  readonly scope: 'zonal' | 'regional';
  /** Instance-hours that they pay for: one for each of them in a whole clock-hour. */
  readonly hours: Fraction;
}

/** What one clock-hour's reservations did: by usage and by reservation, in instance-hours of each. */
export interface ReservedHour {
  readonly covered: Fraction[];
  readonly used: Fraction[];
}

interface Match {
  readonly index: number;
  /** Instance-hours of the reservation that an instance-hour of this usage takes. */
  readonly weight: Fraction;
  readonly isUnusedCapacity: boolean;
}

/**
 * Reserved Instances of one clock-hour. Each is a bucket of 3,600 instance-seconds, used by matching
 * instances one after another or at once; what is left at the end of the hour is lost. Zonal ones come first
 * and match type and platform; regional ones on Linux hold for every size of their family, smallest first,
 * in proportion to the normalisation factors. Instances are taken to run in the zone of a zonal reservation.
 * (Amazon EC2 User Guide, "How Reserved Instances are applied" and "How you are billed", 2023-05.)
 */
export function applyReservations(
  usages: readonly InstanceUsage[],
  reservations: readonly Reservation[],
): ReservedHour {
  const covered = usages.map(() => ZERO);
  const used = reservations.map(() => ZERO);
  for (const scope of ['zonal', 'regional'] as const) {
    reservations.forEach((reservation, place) => {
      if (reservation.scope !== scope) return;
      let left = reservation.hours;
      for (const { index, weight } of matches(reservation, usages)) {
        const open = usages[index]!.hours.sub(covered[index]!);
        const taken = min(open.mul(weight), left);
        covered[index] = covered[index]!.add(taken.div(weight));
        left = left.sub(taken);
      }
      used[place] = reservation.hours.sub(left);
    });
  }
  return { covered, used };
}

/** The usage that a reservation may cover, in the order in which it does. */
function matches(reservation: Reservation, usages: readonly InstanceUsage[]): Match[] {
  const { instanceType, operatingSystem, scope } = reservation;
  const own = normalisationFactor(instanceType);
  const isFlexible = scope === 'regional' && operatingSystem === 'linux' && own !== undefined;
  const family = instanceFamily(instanceType);
  return usages
    .flatMap((usage, index): Match[] => {
      const { isUnusedCapacity } = usage;
      if (usage.operatingSystem !== operatingSystem) return [];
      if (isUnusedCapacity && scope === 'zonal') return [];
      if (usage.instanceType === instanceType) return [{ index, weight: ONE, isUnusedCapacity }];
      if (!isFlexible || instanceFamily(usage.instanceType) !== family) return [];
      const factor = normalisationFactor(usage.instanceType);
      return factor === undefined ? [] : [{ index, weight: factor.div(own), isUnusedCapacity }];
    })
    .sort((a, b) => Number(a.isUnusedCapacity) - Number(b.isUnusedCapacity) || a.weight.compare(b.weight));
}
