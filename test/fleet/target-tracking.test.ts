import { describe, expect, it } from 'vitest';
import type { ScalingView } from '../../sim/fleet/scaling/scaling-policy.ts';
import { TargetTracking, type TargetTrackingPlan } from '../../sim/fleet/scaling/target-tracking.ts';

const PLAN: TargetTrackingPlan = {
  kind: 'target-tracking',
  metric: 'cpu-percent',
  periodMicros: 60_000_000,
  targetValue: 50,
  lowAlarmShare: 0.7,
  highPoints: 3,
  lowPoints: 15,
  disableScaleIn: false,
};

const VIEW = { now: 0, contributing: 4, desired: 4, warming: 0, lastActivityAt: Number.NEGATIVE_INFINITY };

/** What the policy wants at each of the data points. */
function decisions(points: readonly (number | null)[], view: Partial<ScalingView> = {}, plan = PLAN) {
  const policy = new TargetTracking(plan);
  return points.map((metric) => policy.decide({ ...VIEW, metric, ...view }));
}

const times = (count: number, point: number | null) => Array<number | null>(count).fill(point);

describe('target tracking', () => {
  it('grows at the third point in a row above the target, in proportion and rounded up', () => {
    // 4 × 70 / 50 = 5.6
    expect(decisions([70, 70, 70, 70])).toEqual([4, 4, 6, 6]);
    expect(decisions([70, 70, 50, 70, 70, 70])).toEqual([4, 4, 4, 4, 4, 6]);
  });

  it('adds 2 where 1.5 are missing, and removes 1 where 1.5 are too many (the guide on rounding)', () => {
    // 4 × 68.75 / 50 = 5.5 and 4 × 31.25 / 50 = 2.5
    expect(decisions(times(3, 68.75)).at(-1)).toBe(6);
    expect(decisions(times(15, 31.25)).at(-1)).toBe(3);
  });

  it('does not take noise of binary fractions for a part of an instance', () => {
    // 3 × 83.333… / 50 = 5
    expect(decisions(times(3, 250 / 3), { contributing: 3, desired: 3 })).toEqual([3, 3, 5]);
  });

  it('shrinks at the fifteenth point in a row below 70 % of the target, removing rather less', () => {
    // 4 × 20 / 50 = 1.6
    expect(decisions(times(16, 20))).toEqual([...Array(14).fill(4), 2, 2]);
    expect(decisions([...times(14, 20), 35, ...times(14, 20)])).toEqual(Array(29).fill(4));
  });

  it('leaves the group alone between the alarms', () => {
    expect(decisions(times(40, 35))).toEqual(Array(40).fill(4));
    expect(decisions(times(40, 50))).toEqual(Array(40).fill(4));
  });

  it('begins to count anew when a point is missing (INSUFFICIENT_DATA)', () => {
    expect(decisions([70, 70, null, 70, 70])).toEqual([4, 4, 4, 4, 4]);
    expect(decisions([...times(14, 20), null, ...times(14, 20)])).toEqual(Array(29).fill(4));
  });

  it('with scale-in disabled grows, and else has no say', () => {
    const plan = { ...PLAN, disableScaleIn: true };
    expect(decisions(times(20, 20), {}, plan)).toEqual(Array(20).fill(null));
    expect(decisions(times(3, 70), {}, plan)).toEqual([null, null, 6]);
  });

  it('does not shrink for a high point, nor grow for a low one, when few instances give the metric', () => {
    expect(decisions(times(3, 60), { contributing: 1, desired: 4 })).toEqual([4, 4, 4]);
    expect(decisions(times(15, 30), { contributing: 9, desired: 4 }).at(-1)).toBe(4);
  });

  it.each([
    [75, 52.5],
    [50, 35],
    [40, 28],
    [90, 63],
    [30, 21],
  ])('target %d: the low alarm stands at %d, as on published alarms', (targetValue, threshold) => {
    const plan = { ...PLAN, targetValue };
    expect(decisions(times(15, threshold - 0.01), {}, plan).at(-1)).toBeLessThan(4);
    expect(decisions(times(40, threshold + 0.01), {}, plan)).toEqual(Array(40).fill(4));
  });
});
