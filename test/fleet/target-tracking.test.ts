import { describe, expect, it } from 'vitest';
import {
  type GroupView,
  TargetTracking,
  type TargetTrackingPlan,
} from '../../sim/fleet/scaling/target-tracking.ts';

const PLAN: TargetTrackingPlan = {
  metric: 'cpu-percent',
  targetValue: 50,
  lowAlarmShare: 0.7,
  highPoints: 3,
  lowPoints: 15,
  disableScaleIn: false,
};

/** What the policy wants at each of the data points. */
function decisions(points: readonly (number | null)[], view: Partial<GroupView> = {}, plan = PLAN): number[] {
  const policy = new TargetTracking(plan);
  return points.map((metric) =>
    policy.decide({ metric, contributing: 4, desired: 4, warming: false, ...view }),
  );
}

const times = (count: number, point: number | null) => Array<number | null>(count).fill(point);

describe('target tracking', () => {
  it('grows at the third point in a row above the target, in proportion and rounded up', () => {
    // 4 × 70 / 50 = 5.6
    expect(decisions([70, 70, 70, 70])).toEqual([4, 4, 6, 6]);
    expect(decisions([70, 70, 50, 70, 70, 70])).toEqual([4, 4, 4, 4, 4, 6]);
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

  it('removes nothing while an instance warms up, and grows all the same', () => {
    expect(decisions(times(20, 20), { warming: true })).toEqual(Array(20).fill(4));
    expect(decisions(times(3, 70), { warming: true })).toEqual([4, 4, 6]);
  });

  it('never removes instances when scale-in is disabled', () => {
    expect(decisions(times(20, 20), {}, { ...PLAN, disableScaleIn: true })).toEqual(Array(20).fill(4));
  });

  it('does not shrink for a high point, nor grow for a low one, when few instances give the metric', () => {
    expect(decisions(times(3, 60), { contributing: 1, desired: 4 })).toEqual([4, 4, 4]);
    expect(decisions(times(15, 30), { contributing: 9, desired: 4 }).at(-1)).toBe(4);
  });
});
