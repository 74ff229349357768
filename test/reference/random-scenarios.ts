import fc from 'fast-check';
import type { Given } from './agreement.ts';

type Arbitrary = fc.Arbitrary<unknown>;

/** Times on a grid of 100 ms: they coincide often. */
const onGrid = (max: number) => fc.nat({ max }).map((steps) => `${steps * 100}ms`);

/** A duration of about `seconds`: on the grid, or at random. */
export function law(seconds: number): Arbitrary {
  return fc.oneof(
    { weight: 3, arbitrary: onGrid(Math.ceil(seconds * 20)) },
    { weight: 1, arbitrary: fc.constant('0s') },
    { weight: 2, arbitrary: fc.constant({ distribution: 'exponential', mean: `${seconds}s` }) },
    { weight: 1, arbitrary: fc.constant({ distribution: 'uniform', min: '0s', max: `${2 * seconds}s` }) },
  );
}

const retries = fc.oneof(
  { weight: 2, arbitrary: fc.constant('none') },
  {
    weight: 1,
    arbitrary: fc.record({
      attempts: fc.integer({ min: 2, max: 4 }),
      backoff: onGrid(10),
      multiplier: fc.constantFrom(1, 2, 3.5),
      maxBackoff: fc.constantFrom('200ms', '20s'),
      jitter: fc.constantFrom('full', 'equal', 'none', 'none'),
      on: fc.constantFrom(
        ['throttled', 'rejected', 'timedOut', 'interrupted', 'error'],
        ['rejected', 'throttled'],
        ['timedOut', 'error'],
      ),
    }),
  },
);

const workload = (workSeconds: number) =>
  fc.record({
    cpu: law(workSeconds),
    wait: law(workSeconds / 2),
    threads: fc.constantFrom(0.5, 1, 1, 2, 3, 8),
    payload: fc.constantFrom({ in: '3kB', out: '1kB' }, { in: '0B', out: '700B' }),
    timeout: fc.constantFrom('none', 'none', '0s', '100ms', `${workSeconds}s`, `${3 * workSeconds}s`),
    queueTimeout: fc.oneof(fc.constant('none'), law(workSeconds)),
    errorRate: fc.constantFrom(0, 0, 0.3),
    retries,
  });

/** Not zero on the grid: users of requests that need nothing would fill the window. */
const thinkTimes = (seconds: number) =>
  fc.constantFrom(`${seconds / 5}s`, `${seconds}s`, `${4 * seconds}s`, {
    distribution: 'exponential',
    mean: `${2 * seconds}s`,
  });
const arrivals = fc.constantFrom('poisson', 'uniform', { distribution: 'gamma', cv: 2 });
const startTime = onGrid(30);

/** A stream; recorded ones come with the times of their requests, in tenths of a second. */
function stream(seconds: number, scale: Scale): fc.Arbitrary<{ spec: object; times?: number[] }> {
  const { perSecond } = scale;
  const thinkTime = thinkTimes(scale.thinkSeconds);
  const rate = fc
    .double({ min: 0.2, max: 2, noNaN: true })
    .map((factor) => `${(factor * perSecond).toFixed(3)}/s`);
  const rates = { rate, arrivals, startTime };
  const users = { vus: fc.integer({ min: 1, max: 4 }), thinkTime, startTime };
  const stages = fc.array(
    fc.record({ duration: onGrid(Math.ceil(seconds * 5)), target: fc.nat({ max: 5 }) }),
    { minLength: 1, maxLength: 4 },
  );
  const times = fc.array(fc.nat({ max: Math.ceil(seconds * 10) }), { minLength: 1, maxLength: 60 });
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .record({ executor: fc.constant('constant-arrival-rate'), ...rates })
        .map((spec) => ({ spec })),
    },
    {
      weight: 4,
      arbitrary: times.map((each) => ({ spec: { executor: 'replay', format: 'timestamps' }, times: each })),
    },
    {
      weight: 2,
      arbitrary: fc.record({ executor: fc.constant('constant-vus'), ...users }).map((spec) => ({ spec })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ executor: fc.constant('ramping-vus'), startVUs: fc.nat({ max: 3 }), stages, thinkTime })
        .map((spec) => ({ spec })),
    },
  );
}

/** Load that comes and goes, long enough for groups to grow, to shrink and to grow again. */
function waves(seconds: number, perSecond: number): fc.Arbitrary<{ spec: object }> {
  const minutes = (min: number, max: number) => fc.integer({ min, max });
  const wave = fc.record({
    high: minutes(4, 12),
    low: minutes(16, 26),
    share: fc.constantFrom(0, 0.02, 0.1),
  });
  return fc.tuple(fc.array(wave, { minLength: 8, maxLength: 8 }), arrivals).map(([each, arrivals]) => {
    const rate = (share: number) => `${(share * perSecond).toFixed(5)}/s`;
    const stages = each.flatMap(({ high, low, share }) => [
      { duration: '0s', target: rate(1) },
      { duration: `${high}m`, target: rate(1) },
      { duration: '0s', target: rate(share) },
      { duration: `${low}m`, target: rate(share) },
    ]);
    return {
      spec: {
        executor: 'ramping-arrival-rate',
        startRate: rate(0.1),
        stages,
        arrivals,
        startTime: `${seconds / 10}s`,
      },
    };
  });
}

/** What a random scenario is about as large as. */
export interface Scale {
  /** Lengths of windows to choose from, in seconds. */
  readonly seconds: readonly number[];
  readonly perSecond: number;
  readonly workSeconds: number;
  readonly thinkSeconds: number;
  /** Requests per second at the height of waves of load; without them there are none. */
  readonly wavePerSecond?: number;
}

/** Scenarios of one platform with one or two kinds of request and one to three streams of them. */
export function randomScenario(scale: Scale, platform: Arbitrary): fc.Arbitrary<Given> {
  return fc.constantFrom(...scale.seconds).chain((seconds) => {
    const { wavePerSecond } = scale;
    const kind = wavePerSecond === undefined ? stream(seconds, scale) : waves(seconds, wavePerSecond);
    const streams = fc.array(fc.tuple(kind as ReturnType<typeof stream>, fc.constantFrom('a', 'b')), {
      minLength: 1,
      maxLength: wavePerSecond === undefined ? 3 : 1,
    });
    const kinds = fc.record({ a: workload(scale.workSeconds), b: workload(scale.workSeconds) });
    const warmup = fc.constantFrom('0s', '0s', `${seconds / 4}s`, '1s');
    return fc
      .record({ seed: fc.nat({ max: 1_000_000 }), warmup, workloads: kinds, streams, platform })
      .map(({ streams, platform, ...rest }) => {
        const files: Record<string, string> = {};
        const named = streams.map(([{ spec, times }, workload], index) => {
          const file = `${index}.txt`;
          if (times !== undefined) files[file] = times.map((each) => (each / 10).toFixed(1)).join('\n');
          return [`stream${index}`, { ...spec, workload, ...(times === undefined ? {} : { file }) }] as const;
        });
        const traffic = Object.fromEntries(named);
        return {
          scenario: { version: 1, duration: `${seconds}s`, ...rest, traffic, platforms: { it: platform } },
          files,
        };
      });
  });
}
