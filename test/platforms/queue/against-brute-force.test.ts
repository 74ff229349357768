import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type PlatformResult, simulate } from '../../../sim/index.ts';
import { type BruteForceCase, bruteForce } from './brute-force.ts';

/** Seconds that a message of either kind takes, and whether its code always fails. */
interface Kind {
  readonly work: number;
  readonly fails: boolean;
}

interface Case {
  readonly kinds: readonly [Kind, Kind];
  /** When messages of each kind come, in seconds. */
  readonly at: readonly [readonly number[], readonly number[]];
  readonly workers: number;
  readonly concurrency: number;
  readonly visibilityTimeout: number;
  readonly maxReceiveCount: number | 'none';
  readonly retention: number;
  readonly type: 'ecs' | 'ec2';
}

const WINDOW = 400;

const cases: fc.Arbitrary<Case> = fc.record({
  kinds: fc.tuple(kind(false), kind(true)),
  at: fc.tuple(times(), times()),
  workers: fc.integer({ min: 1, max: 4 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  visibilityTimeout: fc.integer({ min: 1, max: 60 }),
  maxReceiveCount: fc.oneof(fc.constant('none' as const), fc.integer({ min: 1, max: 4 })),
  retention: fc.integer({ min: 60, max: 500 }),
  type: fc.constantFrom('ecs', 'ec2'),
});

/** Whole seconds, so that many things happen at one instant. */
function kind(mayFail: boolean): fc.Arbitrary<Kind> {
  return fc.record({
    work: fc.integer({ min: 0, max: 50 }),
    fails: mayFail ? fc.boolean() : fc.constant(false),
  });
}

function times(): fc.Arbitrary<number[]> {
  return fc
    .array(fc.integer({ min: 0, max: WINDOW + 10 }), { maxLength: 25 })
    .map((list) => list.sort((a, b) => a - b));
}

function simulated(given: Case): PlatformResult {
  const { kinds, at, workers, concurrency, visibilityTimeout, maxReceiveCount, retention, type } = given;
  const size =
    type === 'ecs'
      ? `cpu: 256, memory: 512, desiredCount: ${workers}`
      : `instanceType: t4g.nano, minSize: ${workers}`;
  const streams = at
    .map((list, index) => ({ list, name: `${'ab'[index]}` }))
    .filter(({ list }) => list.length > 0);
  const text = [
    'version: 1',
    `duration: ${WINDOW}s`,
    'workloads:',
    ...kinds.map(
      ({ work, fails }, index) =>
        `  ${'ab'[index]}: { cpu: 0s, wait: ${work}s, errorRate: ${fails ? 1 : 0} }`,
    ),
    'traffic:',
    ...streams.map(
      ({ name }) =>
        `  ${name}: { executor: replay, format: timestamps, file: ${name}.txt, workload: ${name} }`,
    ),
    'platforms:',
    `  it: { type: ${type}, ${size}, concurrency: ${concurrency}, frontDoor: { type: sqs,`,
    `    visibilityTimeout: ${visibilityTimeout}s, maxReceiveCount: ${maxReceiveCount},`,
    `    messageRetentionPeriod: ${retention}s } }`,
  ].join('\n');
  const readFile = (path: string) => at['ab'.indexOf(path[0]!)]!.join('\n');
  return simulate(text, { readFile }).platforms.it!;
}

function plain({ kinds, at, workers, concurrency, ...given }: Case): BruteForceCase {
  const sends = at
    .flatMap((list, index) => list.map((each) => ({ at: each, index, ...kinds[index]! })))
    .filter((each) => each.at < WINDOW)
    .sort((a, b) => a.at - b.at || a.index - b.index);
  return {
    sends,
    places: workers * concurrency,
    visibilityTimeout: given.visibilityTimeout,
    maxReceiveCount: given.maxReceiveCount === 'none' ? Number.POSITIVE_INFINITY : given.maxReceiveCount,
    retention: given.retention,
    window: WINDOW,
  };
}

it('a queue with failures, redelivery and double handling does what the plainest simulator does', () => {
  fc.assert(
    fc.property(cases, (given) => {
      fc.pre(given.at[0].length + given.at[1].length > 0);
      const { requests, latencyMs } = simulated(given);
      const expected = bruteForce(plain(given));
      const { completed, attempts, inFlight, latencies, failures } = expected;
      expect(requests).toMatchObject({ completed, attempts, inFlight, failures });
      if (completed === 0) return;
      const mean = latencies.reduce((sum, each) => sum + each, 0) / completed;
      expect(latencyMs.mean).toBeCloseTo(mean * 1000, 4);
      expect(latencyMs.max).toBe(Math.max(...latencies) * 1000);
    }),
    { numRuns: 400, seed: 20_261_123 },
  );
});
