import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Experiment } from '../../sim/experiment/experiment.ts';
import { prepare } from '../../sim/index.ts';

const minutes = (max: number) => fc.integer({ min: 0, max }).map((each) => `${each * 30}s`);

const group = fc.record({
  minSize: fc.integer({ min: 0, max: 3 }),
  desiredCapacity: fc.constant(3),
  maxSize: fc.integer({ min: 3, max: 12 }),
  start: fc.constantFrom('warm', 'empty'),
  pending: minutes(6),
  boot: minutes(2),
  applicationStart: minutes(2),
  defaultInstanceWarmup: minutes(6),
  deregistrationDelay: minutes(6),
  startFailureRate: fc.constantFrom(0, 0, 0.3),
  healthCheckGracePeriod: minutes(6),
  availabilityZones: fc.constantFrom(['a'], ['a', 'b'], ['a', 'b', 'c']),
  targetTracking: fc.constantFrom(20, 50, 80).map((targetValue) => {
    return { metric: 'ASGAverageCPUUtilization', targetValue };
  }),
  scheduled: fc.constantFrom(
    [],
    [{ recurrence: '*/7 * * * *', minSize: 0, maxSize: 12, desiredCapacity: 9 }],
    [{ recurrence: '2-59/9 * * * *', minSize: 1, maxSize: 3, desiredCapacity: 1 }],
  ),
});

const warmPool = fc.record({
  poolState: fc.constantFrom('Stopped', 'Running', 'Hibernated'),
  minSize: fc.integer({ min: 0, max: 3 }),
  maxGroupPreparedCapacity: fc.integer({ min: 3, max: 10 }),
  instanceReusePolicy: fc.record({ reuseOnScaleIn: fc.boolean() }),
  stopping: minutes(3),
});

const spot = fc.record({ purchase: fc.constant('spot'), interruptionsPerMonth: fc.constant(3_000) });

const faults = fc.array(
  fc.record({
    kind: fc.constant('az-loss'),
    zone: fc.constantFrom('a', 'b', 'c'),
    at: fc.integer({ min: 0, max: 100 }).map((each) => `${each}m`),
    duration: minutes(20).map((each) => (each === '0s' ? '30s' : each)),
  }),
  { maxLength: 4 },
);

const kind = fc.oneof(
  fc.record({ warmPool }),
  spot.chain((keys) => fc.boolean().map((capacityRebalance) => ({ ...keys, capacityRebalance }))),
  fc.constant({}),
);

it('whatever happens to a group, its books are in order', () => {
  fc.assert(
    fc.property(group, kind, faults, fc.nat({ max: 99 }), (keys, more, faults, seed) => {
      const subject = prepare({
        version: 1,
        seed,
        duration: '110m',
        workload: { cpu: { distribution: 'exponential', mean: '20s' }, wait: '20s' },
        traffic: {
          load: {
            executor: 'bursty-arrival-rate',
            calmRate: '1/min',
            burstRate: '12/min',
            meanCalm: '10m',
            meanBurst: '10m',
          },
        },
        faults,
        platforms: { it: { type: 'ec2', instanceType: 'c7g.large', ...keys, ...more } },
      });
      const experiment = new Experiment(subject);
      const engine = experiment.open(experiment.units[0]!);
      while (!engine.advance(50));
      const observation = engine.observation();
      const { startMicros, endMicros } = observation.spans;
      const { windowMicros } = subject.program.base;
      // Each span ends after its start, and nobody runs who is not counted: group, pool and those that leave.
      for (const [index, start] of startMicros.entries()) {
        expect(endMicros[index]!).toBeGreaterThanOrEqual(start);
      }
      const atEnd = endMicros.filter((end) => end === Number.POSITIVE_INFINITY).length;
      expect(atEnd).toBeLessThanOrEqual(12 + 3 + 12 + 2);
      const still = Number(observation.largeUsage.stoppedInstanceMicros ?? 0n);
      expect(still).toBeGreaterThanOrEqual(0);
      expect(still).toBeLessThanOrEqual(12 * windowMicros);
      experiment.add(experiment.units[0]!, observation);
      const result = experiment.result();
      const { requests } = result.platforms.it!;
      expect(requests.arrived).toBe(requests.completed + requests.failed + requests.inFlight);
      // A tenth more than the largest size, or one, while a zone is being filled again.
      expect(result.platforms.it!.capacity.max).toBeLessThanOrEqual(14);
    }),
    { numRuns: 400, seed: 20_260_105 },
  );
});
