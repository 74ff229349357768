import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disagreements, mustAgree } from './agreement.ts';
import { law, randomScenario } from './random-scenarios.ts';

const limit = fc.constantFrom('none', 'none', 0, 1, 2, 4);

const lambda = fc.record({
  type: fc.constant('lambda'),
  memorySize: fc.constantFrom(128, 1769, 1000, 3538, 10_240),
  speed: fc.constantFrom(1, 1, 0.7, 2),
  coldStart: fc.record({ setup: law(0.5), init: law(1) }),
  keepAlive: fc.record({
    idle: fc.oneof(
      fc.constant('none'),
      law(2),
      fc.constant({ distribution: 'uniform', min: '1s', max: '3s' }),
    ),
    maxAge: fc.constantFrom('none', '2s', '10s', '30s'),
  }),
  timeout: fc.constantFrom('900s', '1s', '300ms', '3s'),
  frontDoor: fc.constantFrom(
    'none',
    {
      type: 'apiGatewayHttp',
      timeout: '400ms',
      latency: '20ms',
      throttle: { rateLimit: '1/s', burstLimit: 2 },
    },
    { type: 'apiGatewayRest', timeout: '1s', throttle: { rateLimit: '2/s', burstLimit: 1 } },
    { type: 'functionUrl', latency: '3ms' },
    { type: 'alb', latency: '150ms' },
  ),
  accountConcurrency: fc.constantFrom('none', 1000, 1, 3, 6),
  scalingRate: fc.constantFrom(
    undefined,
    'none',
    { environments: 2, requestRate: '3/s', per: '10s' },
    { environments: 1, requestRate: '1/s', per: '700ms' },
    { environments: 3, per: '20s' },
  ),
  crashRate: fc.constantFrom(0, 0, 0.3),
  proactiveInitialization: fc.constantFrom(0, 0, 0.5, 1),
  requestRatePerConcurrency: fc.constantFrom(undefined, 'none', '1/s', '2/s'),
});

const restoring = fc.tuple(lambda, law(1)).map(([options, restore]) => ({
  ...options,
  runtime: 'java21',
  snapStart: 'PublishedVersions',
  coldStart: { ...(options.coldStart as object), restore },
}));

/** Reservations need an account that has as much to give. */
const reserving = fc.tuple(lambda, limit, limit).map(([options, a, b]) => ({
  ...options,
  accountConcurrency: 'none',
  functions: { a: { reservedConcurrentExecutions: a }, b: { reservedConcurrentExecutions: b } },
}));

const scale = { seconds: [3, 20, 60, 100, 150], perSecond: 1, workSeconds: 0.6, thinkSeconds: 0.5 };

describe('environments, against the reference', () => {
  it('agree on every count, sum, bin and bill of random scenarios', () => {
    fc.assert(fc.property(randomScenario(scale, fc.oneof(lambda, reserving, restoring)), mustAgree), {
      numRuns: 400,
      seed: 20_260_105,
    });
  });

  it('agree when hundreds of environments are born at one instant and share their expiries', () => {
    const files = {
      'burst.txt': [...Array(700).fill('1'), ...Array(500).fill('3'), ...Array(300).fill('8')].join('\n'),
    };
    const scenario = {
      version: 1,
      duration: '20s',
      workload: { cpu: { distribution: 'exponential', mean: '500ms' }, errorRate: 0.1 },
      traffic: { burst: { executor: 'replay', format: 'timestamps', file: 'burst.txt' } },
      platforms: { it: { type: 'lambda', keepAlive: { idle: '3s', maxAge: '6s' }, accountConcurrency: 600 } },
    };
    expect(disagreements({ scenario, files })).toEqual([]);
  });
});
