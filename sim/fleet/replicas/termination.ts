import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import type { GroupZones } from './group-zones.ts';
import type { InstanceColumns } from './instance-columns.ts';
import type { SpotFleet } from './spot-fleet.ts';

/** Which instance of a zone goes first, in AWS's words (Amazon EC2 Auto Scaling User Guide, 2023-05). */
export type TerminationPolicy = 'Default' | 'ClosestToNextInstanceHour' | 'OldestInstance' | 'NewestInstance';

/** Above 0 where `a` goes before `b`, below where after it. */
function leadOf(policy: TerminationPolicy, columns: InstanceColumns, a: number, b: number, now: number) {
  const { runningSince, spanOf } = columns;
  switch (policy) {
    case 'Default':
    case 'ClosestToNextInstanceHour':
      return ((now - runningSince[a]!) % MICROS_PER_HOUR) - ((now - runningSince[b]!) % MICROS_PER_HOUR);
    case 'OldestInstance':
      return runningSince[b]! - runningSince[a]!;
    case 'NewestInstance':
      return runningSince[a]! - runningSince[b]! || spanOf[a]! - spanOf[b]!;
  }
}

/**
 * The instance in service that goes first: by the first policy that tells two apart. By default the one
 * closest to its next billing hour goes, for all have one launch template. Where AWS would choose at random
 * it is the one that ran first.
 * @param isCandidate which of those in service may go
 * @returns −1 when there is none
 */
function firstToGo(
  columns: InstanceColumns,
  policies: readonly TerminationPolicy[],
  now: number,
  isCandidate: (instance: number) => boolean,
): number {
  const goesBefore = (a: number, b: number): boolean => {
    for (const policy of policies) {
      const lead = leadOf(policy, columns, a, b, now);
      if (lead !== 0) return lead > 0;
    }
    return columns.spanOf[a]! < columns.spanOf[b]!;
  };
  let first = -1;
  for (let instance = 0; instance < columns.used; instance++) {
    if (!columns.isInService(instance) || !isCandidate(instance)) continue;
    if (first < 0 || goesBefore(instance, first)) first = instance;
  }
  return first;
}

/**
 * Of the zone with most instances, and of the kind, on demand or Spot, that there are too many of, the one
 * that the policies choose (Amazon EC2 Auto Scaling User Guide, "Termination policies", 2023-05).
 */
export function chooseToLeave(
  columns: InstanceColumns,
  policies: readonly TerminationPolicy[],
  zones: GroupZones,
  spot: SpotFleet,
  now: number,
): number {
  const { removesOnDemand } = spot;
  const isIn = (instance: number) => zones.isInFullest(instance);
  const isOf = (instance: number) => isIn(instance) && spot.isSpot(instance) !== removesOnDemand;
  const ofKind = removesOnDemand === null ? -1 : firstToGo(columns, policies, now, isOf);
  if (ofKind >= 0) return ofKind;
  const inFullest = firstToGo(columns, policies, now, isIn);
  return inFullest >= 0 ? inFullest : firstToGo(columns, policies, now, () => true);
}
