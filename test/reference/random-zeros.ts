import fc from 'fast-check';
import type { Given } from './agreement.ts';

/** Nothing at all, or a step of a coarse grid: most things happen at one instant with many others. */
export const zeroOrStep = fc.constantFrom('0s', '0s', '50ms', '100ms', '200ms');

const workload = fc.record({
  cpu: zeroOrStep,
  wait: zeroOrStep,
  timeout: fc.constantFrom('none', 'none', '0s', '100ms', '300ms'),
  queueTimeout: fc.constantFrom('none', '0s', '0s', '100ms'),
  errorRate: fc.constantFrom(0, 0, 0.3),
  retries: fc.record({
    attempts: fc.integer({ min: 2, max: 4 }),
    backoff: fc.constantFrom('0s', '0s', '100ms'),
    jitter: fc.constantFrom('none', 'full'),
  }),
});

interface Stream {
  readonly executor: string;
  readonly thinkTime?: string;
}

const stream: fc.Arbitrary<Stream> = fc.oneof(
  fc.record({
    executor: fc.constant('constant-vus'),
    vus: fc.integer({ min: 1, max: 4 }),
    thinkTime: fc.constantFrom('0s', '100ms', '100ms'),
  }),
  fc.record({
    executor: fc.constant('constant-arrival-rate'),
    rate: fc.constantFrom('1/s', '10/s', '20/s'),
    arrivals: fc.constant('uniform'),
  }),
);

/** Users without thought send as often as requests let them: those that need nothing, every microsecond. */
function windowOf(streams: readonly Stream[], { cpu, wait }: { cpu: string; wait: string }): string {
  if (!streams.some(({ thinkTime }) => thinkTime === '0s')) return '5s';
  return cpu === '0s' && wait === '0s' ? '1ms' : '1s';
}

/** Scenarios in which waits, work, patience, backoff and thought are often nothing. */
export function zeroScenario(platform: fc.Arbitrary<unknown>): fc.Arbitrary<Given> {
  return fc
    .record({
      seed: fc.nat({ max: 1000 }),
      workload,
      streams: fc.array(stream, { minLength: 1, maxLength: 2 }),
      platform,
    })
    .map(({ seed, workload, streams, platform }) => ({
      files: {},
      scenario: {
        version: 1,
        seed,
        duration: windowOf(streams, workload),
        workload,
        traffic: Object.fromEntries(streams.map((each, index) => [`stream${index}`, each])),
        platforms: { it: platform },
      },
    }));
}
