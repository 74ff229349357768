import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedCount, type Observation } from '../../sim/observe/observation.ts';
import { prepare } from '../../sim/simulate.ts';

const onGrid = (max: number) => fc.nat({ max }).map((steps) => `${steps * 100}ms`);

const workload = fc.record({
  cpu: onGrid(5),
  wait: fc.oneof(onGrid(20), fc.constant({ distribution: 'exponential', mean: '2s' })),
  payload: fc.constantFrom({ in: '0B' }, { in: '100KiB' }, { in: '1MiB' }),
  errorRate: fc.constantFrom(0, 0, 0.1, 0.5, 1),
});

const window = fc.constantFrom('0s', '1s', '3s', '25s');
const queue = fc.record({
  invocation: fc.constant('sqs'),
  eventSource: fc.record({
    batchSize: fc.constantFrom(1, 2, 10),
    maximumBatchingWindow: window,
    maximumConcurrency: fc.constantFrom('none', 2, 3, 7),
    visibilityTimeout: fc.constantFrom('3s', '10s', '40s'),
    reportBatchItemFailures: fc.boolean(),
    maxReceiveCount: fc.constantFrom('none', 1, 3),
    messageRetentionPeriod: fc.constantFrom('60s', '4d'),
  }),
});
const stream = fc.record({
  invocation: fc.constantFrom('kinesis', 'dynamodb'),
  eventSource: fc.record({
    batchSize: fc.constantFrom(1, 3, 100),
    maximumBatchingWindow: window,
    shards: fc.constantFrom(1, 2, 5),
    parallelizationFactor: fc.constantFrom(1, 3),
    partitionKeys: fc.constantFrom('none', 1, 4),
    maximumRetryAttempts: fc.constantFrom('none', 0, 2),
    maximumRecordAge: fc.constantFrom('none', '60s'),
    bisectBatchOnFunctionError: fc.boolean(),
    reportBatchItemFailures: fc.boolean(),
  }),
});
const asynchronous = fc.record({
  invocation: fc.constant('async'),
  maximumRetryAttempts: fc.constantFrom(0, 1, 2),
  maximumEventAge: fc.constantFrom('60s', '150s', '6h'),
  frontDoor: fc.constantFrom('none', { type: 's3Event', delay: { distribution: 'exponential', mean: '3s' } }),
});

const platform = fc
  .record({
    source: fc.oneof(queue, stream, asynchronous),
    timeout: fc.constantFrom('1s', '3s'),
    coldStart: fc.constantFrom({ setup: '0s', init: '0s' }, { setup: '100ms', init: '1s' }),
    keepAlive: fc.constantFrom({ idle: 'none' }, { idle: '5s' }),
    limits: fc.constantFrom(
      {},
      { accountConcurrency: 3 },
      { accountConcurrency: 'none', reservedConcurrentExecutions: 1 },
      { accountConcurrency: 'none', reservedConcurrentExecutions: 0 },
      { accountConcurrency: 'none', provisionedConcurrency: 2, start: 'warm' },
    ),
  })
  .map(({ source, limits, ...rest }) => ({ type: 'lambda', ...rest, ...limits, ...source }));

const times = fc.array(fc.nat({ max: 1200 }), { minLength: 1, maxLength: 120 });

const scenario = fc.record({
  seed: fc.nat({ max: 1_000_000 }),
  duration: fc.constantFrom('60s', '130s', '400s'),
  warmup: fc.constantFrom('0s', '20s'),
  workloads: fc.record({ a: workload, b: workload }),
  platform,
  times: fc.tuple(times, times),
});

type Given = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

/** Runs a scenario, taking in so many requests at a time. */
function observe({ platform, times, ...rest }: Given, slice: number): Observation {
  const files = times.map((each) => each.map((tenths) => (tenths / 10).toFixed(1)).join('\n'));
  const replay = (workload: string, index: number) => ({
    executor: 'replay',
    format: 'timestamps',
    file: `${index}`,
    workload,
  });
  const traffic = { a: replay('a', 0), b: replay('b', 1) };
  const text = { version: 1, region: 'us-east-1', ...rest, traffic, platforms: { it: platform } };
  const { program } = prepare(text, { readFile: (path) => files[Number(path)]! });
  const engine = program.platforms[0]!.plan.open(0);
  while (!engine.advance(slice));
  return engine.observation();
}

describe('events, whatever holds them,', () => {
  it('are neither lost nor made up, and do not depend on how the run is cut into slices', () => {
    const property = fc.property(scenario, (given) => {
      const observation = observe(given, 1e9);
      const { requests, series, measured } = observation;
      const failed = failedCount(observation);
      expect(requests.arrived).toBe(
        given.times.flat().filter((tenths) => tenths / 10 < windowOf(given)).length,
      );
      expect(requests.arrived).toBe(requests.completed + failed + requests.inFlight);
      const deleted = given.platform.invocation === 'sqs' ? requests.failures.agedOut : 0;
      expect(observation.deadLetters).toBe(failed - deleted);
      expect(requests.attempts).toBeGreaterThanOrEqual(requests.arrived);
      expect(measured.coldStarts).toBeLessThanOrEqual(measured.served);
      expect(Math.min(...series.queueArea)).toBeGreaterThanOrEqual(0);
      for (let bin = 0; bin < series.bins; bin++) {
        expect(series.busyArea[bin]).toBeLessThanOrEqual(series.capacityArea[bin]! + 1e-6);
      }
      expect(told(observe(given, 1))).toBe(told(observation));
    });
    fc.assert(property, { numRuns: 800, seed: 20_260_105 });
  });
});

/** All of it but the histograms, which are large: of them what they add up to. */
function told({ latency, series, ...rest }: Observation): string {
  const { queueArea, busyArea, capacityArea, coldStarts, failed } = series;
  const { count, sumMicros, maxMicros } = latency;
  const bins = [queueArea, busyArea, capacityArea, coldStarts, failed].map((each) => [...each]);
  return JSON.stringify({ ...rest, bins, latency: [count, sumMicros, maxMicros] }, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

function windowOf({ duration }: { duration: string }): number {
  return Number(duration.slice(0, -1));
}
