import { describe, expect, it } from 'vitest';
import { adjustedCapacity } from '../../sim/fleet/scaling/capacity-adjustment.ts';
import type { ScalingView } from '../../sim/fleet/scaling/scaling-policy.ts';
import { StepScaling, type StepScalingPlan } from '../../sim/fleet/scaling/step-scaling.ts';

const COMMON = {
  kind: 'step-scaling',
  metric: 'cpu-percent',
  periodMicros: 60_000_000,
  evaluationPeriods: 1,
  adjustmentType: 'PercentChangeInCapacity',
  minAdjustmentMagnitude: 0,
} as const;

/** The example of the user guide: a band from 40 to 60, a tenth more or less, and three beyond 70 or 30. */
const OUT: StepScalingPlan = {
  ...COMMON,
  threshold: 60,
  comparison: 'GreaterThanOrEqualToThreshold',
  steps: [
    { lowerBound: 0, upperBound: 10, adjustment: 10 },
    { lowerBound: 10, upperBound: Number.POSITIVE_INFINITY, adjustment: 30 },
  ],
};
const IN: StepScalingPlan = {
  ...COMMON,
  threshold: 40,
  comparison: 'LessThanOrEqualToThreshold',
  steps: [
    { lowerBound: -10, upperBound: 0, adjustment: -10 },
    { lowerBound: Number.NEGATIVE_INFINITY, upperBound: -10, adjustment: -30 },
  ],
};

const VIEW: ScalingView = {
  now: 0,
  metric: null,
  contributing: 10,
  desired: 10,
  warming: 0,
  lastActivityAt: Number.NEGATIVE_INFINITY,
};

const decide = (plan: StepScalingPlan, view: Partial<ScalingView>) =>
  new StepScaling(plan).decide({ ...VIEW, ...view });

describe('step scaling: the example of the user guide', () => {
  it('goes 10 → 11 → 14 → 13 → 10 at 60, 70, 40 and 30 %', () => {
    const policies = [new StepScaling(OUT), new StepScaling(IN)];
    let desired = 10;
    const line = [60, 70, 40, 30].map((metric) => {
      const votes = policies.map((each) => each.decide({ ...VIEW, metric, desired }));
      desired = votes.find((vote) => vote !== null) ?? desired;
      return desired;
    });
    expect(line).toEqual([11, 14, 13, 10]);
  });

  it('counts warming instances as part of the desired capacity: one activity per step', () => {
    // One more was ordered at 60 %, and is still warming up: 10 % of the other ten is that one.
    expect(decide(OUT, { metric: 62, desired: 11, warming: 1 })).toBe(11);
    // 30 % of the other ten are three, of which one is on its way.
    expect(decide(OUT, { metric: 70, desired: 11, warming: 1 })).toBe(13);
  });

  it('adds at least minAdjustmentMagnitude: 25 % of 4, but two, is 6', () => {
    const steps = [{ lowerBound: 0, upperBound: Number.POSITIVE_INFINITY, adjustment: 25 }];
    expect(decide({ ...OUT, steps, minAdjustmentMagnitude: 2 }, { metric: 80, desired: 4 })).toBe(6);
  });
});

describe('bounds of steps', () => {
  it.each([
    [59.9, null],
    [60, 11],
    [69.9, 11],
    [70, 13],
    [1000, 13],
  ])('above the threshold the lower is inclusive: %d %% → %s', (metric, wanted) => {
    expect(decide(OUT, { metric })).toBe(wanted);
  });

  it.each([
    [40.1, null],
    [40, 9],
    [30.1, 9],
    [30, 7],
    [0, 7],
  ])('below it the upper is inclusive: %d %% → %s', (metric, wanted) => {
    expect(decide(IN, { metric })).toBe(wanted);
  });
});

describe('the alarm', () => {
  it.each([
    ['GreaterThanThreshold', 60, 60.1],
    ['LessThanThreshold', 60, 59.9],
  ] as const)('%s does not stand at the threshold', (comparison, at, beyond) => {
    const steps = [{ lowerBound: -100, upperBound: 100, adjustment: 100 }];
    const plan = { ...OUT, comparison, steps };
    expect(decide(plan, { metric: at })).toBeNull();
    expect(decide(plan, { metric: beyond })).toBe(20);
  });

  it('stands after as many points as are told, and not across one that is missing', () => {
    const policy = new StepScaling({ ...OUT, evaluationPeriods: 3 });
    const points = [65, 65, null, 65, 65, 65, 65, 50, 65];
    const wanted = points.map((metric) => policy.decide({ ...VIEW, metric }));
    expect(wanted).toEqual([null, null, null, null, null, 11, 11, null, null]);
  });
});

describe('adjustments', () => {
  const percent = (capacity: number, adjustment: number) =>
    adjustedCapacity(capacity, {
      adjustmentType: 'PercentChangeInCapacity',
      adjustment,
      minAdjustmentMagnitude: 0,
    });

  it.each([
    // AWS's rounding of 12.7, 0.67, −0.58 and −6.67 instances: 12, 1, −1, −6.
    [127, 10, 12],
    [67, 1, 1],
    [58, -1, -1],
    [667, -1, -6],
    [10, 30, 3],
    [10, 0, 0],
  ])('PercentChangeInCapacity of %d by %d %% is %d', (capacity, adjustment, change) => {
    expect(percent(capacity, adjustment)).toBe(capacity + change);
  });

  it('ChangeInCapacity and ExactCapacity are what they say, and never below nothing', () => {
    const how = { minAdjustmentMagnitude: 0 };
    expect(adjustedCapacity(4, { ...how, adjustmentType: 'ChangeInCapacity', adjustment: 3 })).toBe(7);
    expect(adjustedCapacity(4, { ...how, adjustmentType: 'ChangeInCapacity', adjustment: -9 })).toBe(0);
    expect(adjustedCapacity(4, { ...how, adjustmentType: 'ExactCapacity', adjustment: 9 })).toBe(9);
  });
});
