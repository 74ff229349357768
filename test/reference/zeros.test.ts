import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disagreements, mustAgree } from './agreement.ts';
import { zeroOrStep, zeroScenario } from './random-zeros.ts';

const servers = fc.record({
  type: fc.constant('ec2'),
  instanceType: fc.constantFrom('c7g.medium', 'c7g.large'),
  minSize: fc.integer({ min: 1, max: 2 }),
  concurrency: fc.constantFrom(1, 1, 2, 'none'),
  backlog: fc.constantFrom(0, 1, 2, 'none'),
  start: fc.constantFrom('warm', 'empty'),
  pending: zeroOrStep,
  boot: zeroOrStep,
  applicationStart: zeroOrStep,
  frontDoor: fc.constantFrom('none', { type: 'alb', latency: '0s' }, { type: 'alb', latency: '100ms' }),
});

const lambda = fc
  .record({
    type: fc.constant('lambda'),
    coldStart: fc.record({ setup: zeroOrStep, init: zeroOrStep }),
    keepAlive: fc.record({ idle: zeroOrStep, maxAge: fc.constantFrom('none', '100ms', '200ms') }),
    timeout: fc.constantFrom('900s', '100ms'),
    accountConcurrency: fc.constantFrom('none', 1, 2),
    scalingRate: fc.constantFrom(undefined, 'none', { environments: 1, requestRate: '1/s', per: '700ms' }),
  })
  .chain((options) => {
    const reserved = options.accountConcurrency === 'none' ? [undefined, 0, 1] : [undefined];
    return fc
      .constantFrom(...reserved)
      .map((reservedConcurrentExecutions) => ({ ...options, reservedConcurrentExecutions }));
  });

describe('when durations are zero, against the reference', () => {
  it('servers agree on what comes first of one instant', () => {
    fc.assert(fc.property(zeroScenario(servers), mustAgree), { numRuns: 700, seed: 5 });
  });

  it('environments agree on what comes first of one instant', () => {
    fc.assert(fc.property(zeroScenario(lambda), mustAgree), { numRuns: 700, seed: 5 });
  });

  it('clients without patience or backoff give up in the order in which they came', () => {
    // The place of a request in the engine is used again while the end of the last one's timeout is to come.
    const evenly = { executor: 'constant-arrival-rate', rate: '20/s', arrivals: 'uniform' };
    const scenario = {
      version: 1,
      seed: 0,
      duration: '5s',
      workload: {
        cpu: '50ms',
        timeout: '300ms',
        queueTimeout: '0s',
        errorRate: 0.3,
        retries: { attempts: 3, backoff: '0s', jitter: 'none' },
      },
      traffic: { a: evenly, b: evenly },
      platforms: {
        it: { type: 'ec2', instanceType: 'c7g.medium', minSize: 2, concurrency: 1, backlog: 1 },
      },
    };
    expect(disagreements({ scenario, files: {} })).toEqual([]);
  });
});
