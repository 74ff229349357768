import type { TargetTrackingPlan } from '../../sim/fleet/scaling/target-tracking.ts';

/** Every data point of a policy's metric so far, oldest first; null where no instance gave one. */
export type MetricPoints = (number | null)[];

/**
 * Target tracking over all data points: three above the target let it grow, fifteen below the low alarm
 * shrink.
 * @returns the capacity wanted; null from a policy that may not shrink and does not grow
 */
export function wantedByTargetTracking(
  policy: TargetTrackingPlan,
  points: MetricPoints,
  targets: number,
  desired: number,
): number | null {
  const { targetValue, lowAlarmShare, highPoints, lowPoints, disableScaleIn } = policy;
  const last = (count: number) => (points.length < count ? [null] : points.slice(-count));
  const isHigh = last(highPoints).every((point) => point !== null && point > targetValue);
  const isLow = last(lowPoints).every((point) => point !== null && point < lowAlarmShare * targetValue);
  const inProportion = Math.ceil((targets * (points.at(-1) ?? 0)) / targetValue - 1e-9);
  if (isHigh) return Math.max(desired, inProportion);
  if (disableScaleIn) return null;
  return isLow ? Math.min(desired, inProportion) : desired;
}
