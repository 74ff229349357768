import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedCount, type Observation } from '../../sim/observe/observation.ts';
import { prepare } from '../../sim/simulate.ts';

const WINDOW_SECONDS = 1_200;

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((each) => `${each}s`);
const times = fc.array(fc.integer({ min: 0, max: WINDOW_SECONDS }), { minLength: 1, maxLength: 120 });

const frontDoor = fc.record({
  type: fc.constant('sqs'),
  visibilityTimeout: seconds(1, 90),
  maxReceiveCount: fc.oneof(fc.constant('none'), fc.integer({ min: 1, max: 4 })),
  messageRetentionPeriod: seconds(60, 1_500),
});
const tracking = (metric: string) => ({ metric, targetValue: 2 });
const growing = {
  metric: 'ApproximateNumberOfMessagesVisible',
  threshold: 1,
  comparison: 'GreaterThanOrEqualToThreshold',
  adjustmentType: 'ChangeInCapacity',
  steps: [{ lowerBound: 0, adjustment: 1 }],
};
const shrinking = { ...growing, comparison: 'LessThanThreshold', steps: [{ upperBound: 0, adjustment: -1 }] };

/** Workers that come and go all the time: scaled on the queue, taken back, killed before they are through. */
const platform = fc.oneof(
  fc.record({
    type: fc.constant('ecs'),
    launchType: fc.constantFrom('FARGATE', 'FARGATE_SPOT'),
    cpu: fc.constant(256),
    memory: fc.constant(512),
    concurrency: fc.integer({ min: 1, max: 12 }),
    minCapacity: fc.constant(0),
    maxCapacity: fc.integer({ min: 1, max: 5 }),
    desiredCount: fc.constantFrom(0, 1),
    provisioning: seconds(0, 20),
    pull: seconds(0, 20),
    stopTimeout: seconds(0, 30),
    targetTracking: fc.constant({ ...tracking('BacklogPerTask'), scaleInCooldown: '0s' }),
    stepScaling: fc.constant([growing, shrinking]),
    frontDoor,
  }),
  fc.record({
    type: fc.constant('ec2'),
    instanceType: fc.constantFrom('c7g.medium', 't3.nano'),
    purchase: fc.constantFrom('on-demand', 'spot'),
    concurrency: fc.integer({ min: 1, max: 12 }),
    minSize: fc.constant(0),
    maxSize: fc.integer({ min: 1, max: 5 }),
    deregistrationDelay: seconds(0, 30),
    defaultInstanceWarmup: seconds(0, 60),
    targetTracking: fc.constant(tracking('BacklogPerInstance')),
    stepScaling: fc.constant([growing, shrinking]),
    frontDoor,
  }),
  fc.record({
    type: fc.constant('eks'),
    resources: fc.constant({ requests: { cpu: '500m' } }),
    nodes: fc.constantFrom(
      { type: 'fargate' },
      { type: 'karpenter', instanceTypes: ['c7g.large'], consolidateAfter: '30s' },
    ),
    concurrency: fc.integer({ min: 1, max: 12 }),
    terminationGracePeriodSeconds: fc.integer({ min: 0, max: 30 }),
    keda: fc.record({
      maxReplicaCount: fc.integer({ min: 1, max: 6 }),
      pollingInterval: seconds(5, 60),
      cooldownPeriod: seconds(0, 120),
    }),
    frontDoor,
  }),
);
const scenario = fc.record({
  seed: fc.integer({ min: 0, max: 1_000 }),
  warmup: seconds(0, 300),
  workload: fc.record({
    cpu: fc.constantFrom('0s', '2s', { distribution: 'exponential', mean: '5s' }),
    wait: fc.constantFrom('0s', '10s', { distribution: 'exponential', mean: '20s' }),
    errorRate: fc.constantFrom(0, 0.3, 1),
  }),
  platform,
  times,
});
type Given = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

function observe({ times: at, platform: it, ...rest }: Given, slice: number): Observation {
  const traffic = { main: { executor: 'replay', format: 'timestamps', file: 'at.txt' } };
  const text = { version: 1, duration: `${WINDOW_SECONDS}s`, ...rest, traffic, platforms: { it } };
  const lines = [...at].sort((a, b) => a - b).join('\n');
  const { program } = prepare(text, { readFile: () => lines });
  const engine = program.platforms[0]!.plan.open(0);
  while (!engine.advance(slice));
  return engine.observation();
}

describe('messages, whoever reads them,', () => {
  it('are neither lost nor made up, and do not depend on how the run is cut into slices', () => {
    const property = fc.property(scenario, (given) => {
      const observation = observe(given, 1e9);
      const { requests, series, measured } = observation;
      const failed = failedCount(observation);
      expect(requests.arrived).toBe(given.times.filter((each) => each < WINDOW_SECONDS).length);
      expect(requests.arrived).toBe(requests.completed + failed + requests.inFlight);
      expect(observation.deadLetters).toBe(failed - requests.failures.agedOut);
      expect(requests.failures.rejected + requests.failures.throttled).toBe(0);
      expect(requests.attempts).toBeGreaterThanOrEqual(requests.arrived);
      expect(measured.coldStarts).toBe(0);
      expect(Math.min(...series.queueArea)).toBeGreaterThanOrEqual(0);
      expect(told(observe(given, 1))).toBe(told(observation));
    });
    fc.assert(property, { numRuns: 300, seed: 20_261_123 });
  });
});

/** All of it but the histograms, which are large: of them what they add up to. */
function told({ latency, series, ...rest }: Observation): string {
  const { queueArea, busyArea, capacityArea, failed } = series;
  const bins = [queueArea, busyArea, capacityArea, failed].map((each) => [...each]);
  const { count, sumMicros, maxMicros } = latency;
  return JSON.stringify({ ...rest, bins, latency: [count, sumMicros, maxMicros] }, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}
