import { describe, expect, it } from 'vitest';
import { AT_ONCE, capacityByMinute, groupScenario, refusals, runGroup } from './ec2-group.ts';

const CPU = { metric: 'ASGAverageCPUUtilization' };
const PERCENT = { ...CPU, adjustmentType: 'PercentChangeInCapacity' };
const GUIDE = {
  minSize: 1,
  desiredCapacity: 10,
  maxSize: 20,
  stepScaling: [
    {
      ...PERCENT,
      threshold: 60,
      comparison: 'GreaterThanOrEqualToThreshold',
      steps: [
        { lowerBound: 0, upperBound: 10, adjustment: 10 },
        { lowerBound: 10, adjustment: 30 },
      ],
    },
    {
      ...PERCENT,
      threshold: 40,
      comparison: 'LessThanOrEqualToThreshold',
      steps: [
        { lowerBound: -10, upperBound: 0, adjustment: -10 },
        { upperBound: -10, adjustment: -30 },
      ],
    },
  ],
};

describe('step scaling through a scenario', () => {
  it('goes 10 → 11 → 14 → 13 → 10, as in the user guide', () => {
    const stages = [
      // 62 % of 10, 73 % of 11, 38.6 % of 14, 29 % of 13, and between them nothing to do.
      { minutes: 1, vcpus: 6.2 },
      { minutes: 2, vcpus: 5.5 },
      { minutes: 1, vcpus: 8 },
      { minutes: 2, vcpus: 7 },
      { minutes: 1, vcpus: 5.4 },
      { minutes: 2, vcpus: 6 },
      { minutes: 1, vcpus: 3.8 },
      { minutes: 3, vcpus: 5 },
    ];
    const line = capacityByMinute(runGroup(stages, { ...GUIDE, ...AT_ONCE }));
    expect(line).toEqual([10, 11, 11, 11, 14, 14, 14, 13, 13, 13, 10, 10, 10]);
  });

  it('orders once for a breach that goes on while the new instance warms up', () => {
    const line = capacityByMinute(
      runGroup([{ minutes: 8, vcpus: 6.5 }], { ...GUIDE, ...AT_ONCE, defaultInstanceWarmup: '10m' }),
    );
    expect(line).toEqual([10, ...Array(7).fill(11)]);
  });

  it('removes nothing while an instance warms up', () => {
    const stages = [
      { minutes: 1, vcpus: 6.5 },
      { minutes: 12, vcpus: 3.6 },
    ];
    const group = { ...GUIDE, ...AT_ONCE, defaultInstanceWarmup: '5m' };
    const line = capacityByMinute(runGroup(stages, group));
    // Ordered at minute 1, warm at 6: 3.6 of 11 is 33 %, a tenth is one; 3.6 of 10, of 9: again.
    expect(line.slice(0, 6)).toEqual([10, 11, 11, 11, 11, 11]);
    expect(line.slice(6, 9)).toEqual([10, 9, 8]);
  });
});

const SIMPLE = {
  minSize: 1,
  maxSize: 20,
  simpleScaling: [
    {
      ...CPU,
      adjustmentType: 'ChangeInCapacity',
      threshold: 60,
      comparison: 'GreaterThanThreshold',
      adjustment: 1,
    },
  ],
};

describe('simple scaling through a scenario', () => {
  it('waits for its cooldown, 300 s from the end of the last launch', () => {
    // Ordered at minute 1, in service 90 s later, at 2.5; the next minute that is 5 later is the eighth.
    const group = { ...SIMPLE, ...AT_ONCE, pending: '90s' };
    const line = capacityByMinute(runGroup([{ minutes: 12, vcpus: 8 }], group));
    expect(line.map(Math.floor)).toEqual([1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3]);
  });

  it('is not waited for by other policies', () => {
    const target = { targetTracking: { ...CPU, targetValue: 50 } };
    const group = { ...SIMPLE, ...AT_ONCE, pending: '90s', ...target };
    const line = capacityByMinute(runGroup([{ minutes: 6, vcpus: 8 }], group));
    // One more at minute 1; the third point above the target wants the most that is in proportion, 2.
    expect(line.at(-1)).toBeGreaterThan(2);
  });

  it('has a cooldown of its own', () => {
    const [policy] = SIMPLE.simpleScaling;
    const group = { ...SIMPLE, ...AT_ONCE, simpleScaling: [{ ...policy, cooldown: '2m' }] };
    const line = capacityByMinute(runGroup([{ minutes: 6, vcpus: 8 }], group));
    expect(line).toEqual([1, 2, 2, 3, 3, 4]);
  });
});

describe('what AWS refuses of steps', () => {
  const steps = (...list: object[]) =>
    refusals(
      groupScenario([{ minutes: 1, vcpus: 1 }], {
        ...GUIDE,
        stepScaling: [{ ...GUIDE.stepScaling[0], steps: list }],
      }),
    );
  const at = 'platforms.group.stepScaling.0';

  it.each([
    ['a gap', [{ lowerBound: 0, upperBound: 10 }, { lowerBound: 20 }], 'steps.1'],
    ['an overlap', [{ lowerBound: 0, upperBound: 10 }, { lowerBound: 5 }], 'steps.1'],
    ['an overlap with a step without end', [{ lowerBound: 0 }, { lowerBound: 5 }], 'steps.1'],
    ['two without a lower bound', [{ upperBound: -5 }, { upperBound: 5 }, { lowerBound: 5 }], 'steps.1'],
    ['no bound at all', [{}], 'steps.0'],
    ['nothing between the bounds', [{ lowerBound: 5, upperBound: 5 }], 'steps.0'],
    ['nothing said above', [{ lowerBound: 0, upperBound: 10 }], 'steps.0.upperBound'],
    ['nothing said below', [{ lowerBound: -5, upperBound: 0 }], 'steps.0.lowerBound'],
  ])('%s', (_, bounds, place) => {
    const list = bounds.map((each) => ({ ...each, adjustment: 1 }));
    expect(steps(...list)).toEqual([['refused-scaling-policy', `${at}.${place}`]]);
  });

  it('a smallest change that is not of percent, and a capacity below nothing', () => {
    const policy = { ...GUIDE.stepScaling[0], adjustmentType: 'ExactCapacity', minAdjustmentMagnitude: 2 };
    const stepScaling = [{ ...policy, steps: [{ lowerBound: 0, adjustment: -1 }] }];
    expect(refusals(groupScenario([{ minutes: 1, vcpus: 1 }], { ...GUIDE, stepScaling }))).toEqual([
      ['refused-scaling-policy', `${at}.minAdjustmentMagnitude`],
      ['refused-scaling-policy', `${at}.steps.0.adjustment`],
    ]);
  });

  it('a metric of a load balancer that is not there', () => {
    const stepScaling = [{ ...GUIDE.stepScaling[0], metric: 'ALBRequestCountPerTarget' }];
    expect(refusals(groupScenario([{ minutes: 1, vcpus: 1 }], { ...GUIDE, stepScaling }))).toEqual([
      ['needs-load-balancer', `${at}.metric`],
    ]);
  });
});
