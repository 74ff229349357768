import type { PolicyPlan } from '../../sim/fleet/scaling/open-policy.ts';
import type { SimpleScalingPlan } from '../../sim/fleet/scaling/simple-scaling.ts';
import type { StepScalingPlan } from '../../sim/fleet/scaling/step-scaling.ts';
import type { TargetTrackingPlan } from '../../sim/fleet/scaling/target-tracking.ts';

/** Every data point of a policy's metric so far, oldest first; null where no instance gave one. */
export type MetricPoints = readonly (number | null)[];

/** What there is to know of a group when a policy decides. */
export interface GroupNow {
  readonly now: number;
  /** Instances that the last point speaks for. */
  readonly targets: number;
  readonly desired: number;
  readonly warming: number;
  /** When the last launch or termination was over; Infinity while there is one. */
  readonly lastActivityAt: number;
}

/** @returns the capacity that a policy wants; null when it has nothing to say */
export function wantedBy(policy: PolicyPlan, points: MetricPoints, group: GroupNow): number | null {
  switch (policy.kind) {
    case 'target-tracking':
      return wantedByTargetTracking(policy, points, group);
    case 'step-scaling':
      return wantedBySteps(policy, points, group);
    case 'simple-scaling':
      return wantedBySimple(policy, points, group);
  }
}

const last = (points: MetricPoints, count: number) => (points.length < count ? [null] : points.slice(-count));

/** Three points above the target let the group grow, fifteen below the low alarm shrink. */
function wantedByTargetTracking(policy: TargetTrackingPlan, points: MetricPoints, group: GroupNow) {
  const { targetValue, lowAlarmShare, highPoints, lowPoints, disableScaleIn } = policy;
  const { targets, desired } = group;
  const isHigh = last(points, highPoints).every((point) => point !== null && point > targetValue);
  const isLow = last(points, lowPoints).every((each) => each !== null && each < lowAlarmShare * targetValue);
  const inProportion = Math.ceil((targets * (points.at(-1) ?? 0)) / targetValue - 1e-9);
  if (isHigh) return Math.max(desired, inProportion);
  if (disableScaleIn) return null;
  return isLow ? Math.min(desired, inProportion) : desired;
}

function isAlarming(policy: StepScalingPlan | SimpleScalingPlan, points: MetricPoints): boolean {
  const { comparison, threshold, evaluationPeriods } = policy;
  const breaches = {
    GreaterThanOrEqualToThreshold: (point: number) => point >= threshold,
    GreaterThanThreshold: (point: number) => point > threshold,
    LessThanThreshold: (point: number) => point < threshold,
    LessThanOrEqualToThreshold: (point: number) => point <= threshold,
  }[comparison];
  return last(points, evaluationPeriods).every((point) => point !== null && breaches(point));
}

/** The guide's rounding: towards zero, but at least one instance, or as many as are told. */
function adjusted(policy: StepScalingPlan | SimpleScalingPlan, adjustment: number, from: number): number {
  if (policy.adjustmentType === 'ExactCapacity') return adjustment;
  if (policy.adjustmentType === 'ChangeInCapacity') return Math.max(0, from + adjustment);
  const exact = (from * adjustment) / 100;
  if (exact === 0) return from;
  const whole = Math.trunc(exact + Math.sign(exact) * 1e-9);
  const least = Math.max(1, policy.minAdjustmentMagnitude);
  return Math.max(0, from + (Math.abs(whole) < least ? Math.sign(exact) * least : whole));
}

function wantedBySteps(policy: StepScalingPlan, points: MetricPoints, { desired, warming }: GroupNow) {
  if (!isAlarming(policy, points)) return null;
  const breach = points.at(-1)! - policy.threshold;
  const isUp = policy.comparison.startsWith('Greater');
  const step = policy.steps.find(({ lowerBound, upperBound }) =>
    isUp ? breach >= lowerBound && breach < upperBound : breach > lowerBound && breach <= upperBound,
  );
  if (step === undefined) return null;
  if (policy.adjustmentType === 'ExactCapacity' || step.adjustment <= 0) {
    return adjusted(policy, step.adjustment, desired);
  }
  return Math.max(desired, adjusted(policy, step.adjustment, desired - warming));
}

function wantedBySimple(policy: SimpleScalingPlan, points: MetricPoints, group: GroupNow): number | null {
  const isFree = group.now >= group.lastActivityAt + policy.cooldownMicros;
  return isAlarming(policy, points) && isFree ? adjusted(policy, policy.adjustment, group.desired) : null;
}
