import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/simulate.ts';
import { disagreements, mustAgree } from './agreement.ts';
import { fleet } from './random-groups.ts';
import { randomScenario } from './random-scenarios.ts';
import { waterFill } from './server.ts';

describe('servers, against the reference', () => {
  it('agree on every count, sum, bin and span of random fixed fleets', () => {
    const scale = { seconds: [3, 20, 60, 100, 150], perSecond: 1, workSeconds: 0.8, thinkSeconds: 0.5 };
    fc.assert(fc.property(randomScenario(scale, fleet), mustAgree), { numRuns: 400, seed: 20_260_105 });
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
