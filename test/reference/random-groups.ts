import fc from 'fast-check';
import { law } from './random-scenarios.ts';

const balancer = fc
  .record({
    type: fc.constant('alb'),
    loadBalancing: fc.constantFrom('round_robin', 'least_outstanding_requests', 'weighted_random'),
    latency: fc.constantFrom('0s', '2ms', '250ms'),
  })
  .map((options) => options as unknown);

const machine = {
  type: fc.constant('ec2'),
  instanceType: fc.constantFrom('c7g.medium', 'c7g.large', 'c7g.xlarge'),
  speed: fc.constantFrom(1, 1, 0.7, 2),
  concurrency: fc.constantFrom('none', 'none', 1, 2, 4),
  backlog: fc.constantFrom('none', 'none', 0, 1, 3),
  pending: law(2),
  boot: law(2),
  applicationStart: law(1),
  frontDoor: fc.oneof(fc.constant('none'), balancer),
};

export const fleet = fc.record({
  ...machine,
  minSize: fc.integer({ min: 1, max: 4 }),
  start: fc.constantFrom('warm', 'warm', 'empty'),
});

export const group = fc
  .record({
    ...machine,
    instanceType: fc.constantFrom('c7g.medium', 'c7g.large'),
    minSize: fc.integer({ min: 0, max: 2 }),
    desiredCapacity: fc.integer({ min: 2, max: 4 }),
    maxSize: fc.integer({ min: 4, max: 8 }),
    start: fc.constantFrom('warm', 'empty'),
    monitoring: fc.constantFrom('detailed', 'detailed', 'basic'),
    defaultInstanceWarmup: fc.constantFrom('0s', '60s', '300s'),
    deregistrationDelay: fc.constantFrom('0s', '10s', '5m', '30m'),
    frontDoor: balancer,
  })
  .chain((options) =>
    fc
      .constantFrom(
        { metric: 'ASGAverageCPUUtilization', targetValue: 61.3 },
        { metric: 'ASGAverageCPUUtilization', targetValue: 23.7 },
        { metric: 'ASGAverageCPUUtilization', targetValue: 47.1, disableScaleIn: true },
        { metric: 'ALBRequestCountPerTarget', targetValue: 2.3 },
        { metric: 'ALBRequestCountPerTarget', targetValue: 0.9 },
        [
          { metric: 'ASGAverageCPUUtilization', targetValue: 31.3 },
          { metric: 'ALBRequestCountPerTarget', targetValue: 1.3 },
        ],
      )
      .map((targetTracking) => ({ ...options, targetTracking })),
  );

const comparison = {
  up: fc.constantFrom('GreaterThanThreshold', 'GreaterThanOrEqualToThreshold'),
  down: fc.constantFrom('LessThanThreshold', 'LessThanOrEqualToThreshold'),
};
const percentOrCount = fc.constantFrom('PercentChangeInCapacity', 'ChangeInCapacity');

/** Policies with an alarm of their own, one that adds and one that removes. */
const stepScaling = fc
  .record({ adjustmentType: percentOrCount, evaluationPeriods: fc.constantFrom(1, 2, 5) })
  .chain((common) =>
    fc
      .record({ up: comparison.up, down: comparison.down, much: fc.constantFrom(1, 2, 35, 60) })
      .map((each) => [
        {
          metric: 'ASGAverageCPUUtilization',
          ...common,
          threshold: 60,
          comparison: each.up,
          steps: [
            { lowerBound: 0, upperBound: 20, adjustment: 1 },
            { lowerBound: 20, adjustment: each.much },
          ],
        },
        {
          metric: 'ALBRequestCountPerTarget',
          ...common,
          threshold: 1,
          comparison: each.down,
          steps: [
            { lowerBound: -0.5, upperBound: 0, adjustment: -1 },
            { upperBound: -0.5, adjustment: -each.much },
          ],
        },
      ]),
  );

const simpleScaling = fc
  .record({ adjustment: fc.constantFrom(1, 3), cooldown: fc.constantFrom('0s', '90s', '300s') })
  .map(({ adjustment, cooldown }) => [
    {
      metric: 'ASGAverageCPUUtilization',
      threshold: 40,
      comparison: 'GreaterThanThreshold',
      adjustmentType: 'ChangeInCapacity',
      adjustment,
      cooldown,
    },
    {
      metric: 'ASGAverageCPUUtilization',
      threshold: 20,
      comparison: 'LessThanThreshold',
      adjustmentType: 'ChangeInCapacity',
      adjustment: -1,
      evaluationPeriods: 3,
      cooldown,
    },
  ]);

const scheduled = fc.constantFrom(
  [],
  [
    { recurrence: '*/17 * * * *', desiredCapacity: 4 },
    { recurrence: '5-59/20 * * * *', minSize: 1, maxSize: 5, desiredCapacity: 2 },
  ],
  [
    { recurrence: '12 * * * *', minSize: 2, maxSize: 9 },
    { recurrence: '48 * * * *', minSize: 0, maxSize: 4 },
  ],
);

export const faults = fc.array(
  fc.record({
    kind: fc.constant('az-loss'),
    zone: fc.constantFrom('a', 'b', 'c'),
    at: fc.integer({ min: 1, max: 140 }).map((minutes) => `${minutes}m`),
    duration: fc.constantFrom('30s', '4m', '25m'),
  }),
  { maxLength: 3 },
);

/** Groups with every way of scaling, in zones that may be lost. */
export const anyGroup = fc
  .record({
    group,
    scaling: fc.oneof(
      fc.record({ stepScaling }),
      fc.record({ simpleScaling }),
      fc.record({ stepScaling, simpleScaling }),
      fc.constant({}),
    ),
    scheduled,
    availabilityZones: fc.constantFrom(['a'], ['a', 'b'], ['a', 'b', 'c']),
    terminationPolicies: fc.constantFrom(
      ['Default'],
      ['OldestInstance'],
      ['NewestInstance'],
      ['ClosestToNextInstanceHour', 'NewestInstance'],
    ),
    pending: fc.constantFrom('17s', '3m', '20m'),
  })
  .map(({ group, scaling, ...keys }) => {
    const { targetTracking, ...rest } = group;
    return {
      ...rest,
      ...('stepScaling' in scaling || 'simpleScaling' in scaling ? {} : { targetTracking }),
      ...keys,
      ...scaling,
    };
  });
