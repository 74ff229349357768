import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/simulate.ts';
import { disagreements, mustAgree } from './agreement.ts';
import { law, randomScenario } from './random-scenarios.ts';
import { waterFill } from './server.ts';

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

const fleet = fc.record({
  ...machine,
  minSize: fc.integer({ min: 1, max: 4 }),
  start: fc.constantFrom('warm', 'warm', 'empty'),
});

const group = fc
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

describe('servers, against the reference', () => {
  it('agree on every count, sum, bin and span of random fixed fleets', () => {
    const scale = { seconds: [3, 20, 60, 100, 150], perSecond: 1, workSeconds: 0.8, thinkSeconds: 0.5 };
    fc.assert(fc.property(randomScenario(scale, fleet), mustAgree), { numRuns: 400, seed: 20_260_105 });
  });

  it('agree on random groups that grow, shrink and drain', () => {
    const scale = { seconds: [3000, 5400, 9000], perSecond: 0.03, workSeconds: 40, thinkSeconds: 60 };
    fc.assert(fc.property(randomScenario(scale, group), mustAgree), { numRuns: 150, seed: 20_260_105 });
  });

  it('agree on random groups whose load comes and goes', () => {
    const scale = { seconds: [9000], perSecond: 1, workSeconds: 30, thinkSeconds: 60, wavePerSecond: 0.15 };
    const slowToStart = fc
      .record({
        group,
        pending: fc.constantFrom('17s', '5m', '20m'),
        applicationStart: fc.constantFrom('10s', '200s'),
      })
      .map(({ group, ...start }) => ({ ...group, ...start }));
    fc.assert(fc.property(randomScenario(scale, slowToStart), mustAgree), { numRuns: 100, seed: 20_260_105 });
  });

  it('lose nothing when a place is drained, given to a new instance and drained again', () => {
    // Per target and minute 0.5 in the quiet (below 70 % of 3 for 15 minutes) and 24 in the storm (above 3).
    const quiet = { executor: 'constant-arrival-rate', rate: '2/min', arrivals: 'uniform' };
    const storm = { ...quiet, rate: '24/min', startTime: '16m', duration: '6m' };
    const scenario = {
      version: 1,
      duration: '1h',
      workload: { cpu: '3s', wait: '5m' },
      traffic: { quiet, storm },
      platforms: {
        it: {
          type: 'ec2',
          instanceType: 'c7g.medium',
          minSize: 1,
          desiredCapacity: 4,
          maxSize: 4,
          defaultInstanceWarmup: '0s',
          // Drained first after 15 minutes, and again after 37: the first delay ends in between the second.
          deregistrationDelay: '24m',
          targetTracking: { metric: 'ALBRequestCountPerTarget', targetValue: 3 },
          frontDoor: 'alb',
        },
      },
    };
    expect(disagreements({ scenario, files: {} })).toEqual([]);
    const { requests, capacity } = simulate(scenario).platforms.it!;
    expect(requests.failed).toBe(0);
    expect(capacity.started).toBe(7);
  });

  it('agree when hundreds of requests come at one instant', () => {
    const files = {
      'burst.txt': [...Array(700).fill('1'), ...Array(500).fill('3'), ...Array(300).fill('8')].join('\n'),
    };
    const scenario = {
      version: 1,
      duration: '30s',
      workload: { cpu: { distribution: 'exponential', mean: '20ms' }, wait: '50ms', timeout: '6s' },
      traffic: { burst: { executor: 'replay', format: 'timestamps', file: 'burst.txt' } },
      platforms: { it: { type: 'ec2', instanceType: 'c7g.large', minSize: 2, concurrency: 300 } },
    };
    expect(disagreements({ scenario, files })).toEqual([]);
  });
});

describe('water-filling', () => {
  it('gives equal shares, and what one cannot use to the others', () => {
    expect(waterFill(4, [1, 1])).toEqual([1, 1]);
    expect(waterFill(1, [1, 1, 1, 1])).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(waterFill(4, [1, 8, 8])).toEqual([1, 1.5, 1.5]);
    expect(waterFill(2, [0.5, 1, 2])).toEqual([0.5, 0.75, 0.75]);
  });
});
