import { describe, expect, it } from 'vitest';
import { ScenarioError, simulate } from '../../../sim/index.ts';

const zone = 'topology.kubernetes.io/zone';
const hostname = 'kubernetes.io/hostname';
const pod = { requests: { cpu: '500m', memory: '512Mi' } };

function run(platform: object, load: object, workload: object = { cpu: '1ms' }) {
  return simulate({
    version: 1,
    duration: '40m',
    workload,
    traffic: { load },
    platforms: { it: { type: 'eks', resources: pod, ...platform } },
  });
}

const group = (size: number, more: object = {}) => ({
  nodes: {
    type: 'managedNodeGroup',
    instanceType: 'm7g.large',
    minSize: size,
    maxSize: size,
    autoscaler: 'none',
    ...more,
  },
});
const trickle = { executor: 'constant-arrival-rate', rate: '1/s' };

describe('a scheduler of one’s own', () => {
  it('MostAllocated puts three pods onto one node of two vCPUs, LeastAllocated onto three nodes', () => {
    // Three users keep three requests of one thread at work: alone each has a vCPU, on one node two thirds.
    const users = { executor: 'constant-vus', vus: 3, thinkTime: '0s' };
    const latency = (type: string) => {
      const scheduler = { scoringStrategy: { type } };
      const topologySpreadConstraints = [
        { topologyKey: zone, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
      ];
      const platform = { ...group(3), replicas: 3, availabilityZones: ['a'] };
      const placed = { scheduler, topologySpreadConstraints };
      const more = {
        ...platform,
        ...placed,
        frontDoor: { type: 'proxy', loadBalancing: 'least_outstanding_requests', latency: '0ms' },
      };
      return run(more, users, { cpu: '1s' }).platforms.it!.latencyMs.p50!;
    };
    expect(latency('MostAllocated') / latency('LeastAllocated')).toBeCloseTo(1.5, 3);
  });

  it('a rule over zones leaves pods pending that a wish would place', () => {
    // Four nodes in three zones, 2 + 1 + 1, hold 12 pods of which a zone of one node holds 3. With a skew of
    // 1 the other zone may have 4: 3 + 3 + 4.
    const serving = (whenUnsatisfiable: string) => {
      const topologySpreadConstraints = [{ topologyKey: zone, maxSkew: 1, whenUnsatisfiable }];
      const { platforms, warnings } = run(
        { ...group(4), replicas: 12, availabilityZones: ['a', 'b', 'c'], topologySpreadConstraints },
        trickle,
      );
      return [platforms.it!.capacity.mean, warnings.map(({ code }) => code)];
    };
    expect(serving('ScheduleAnyway')).toEqual([12, []]);
    expect(serving('DoNotSchedule')).toEqual([10, ['no-room']]);
  });
});

describe('refused', () => {
  const problemsOf = (platform: object) => {
    try {
      run(platform, trickle);
      return [];
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      return error.problems.map(({ code, path }) => [code, path.slice(2).join('.')]);
    }
  };
  const rule = { topologyKey: hostname, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' };
  const wish = { ...rule, whenUnsatisfiable: 'ScheduleAnyway' };
  const ratio = (shape?: object[]) => ({
    scheduler: {
      scoringStrategy: {
        type: 'RequestedToCapacityRatio',
        ...(shape === undefined ? {} : { requestedToCapacityRatio: { shape } }),
      },
    },
  });

  it.each<[string, object, [string, string][]]>([
    [
      'where every pod has a machine of its own',
      { nodes: { type: 'fargate' }, topologySpreadConstraints: [wish] },
      [['invalid-value', 'topologySpreadConstraints']],
    ],
    [
      'a rule beside what makes nodes',
      { nodes: { type: 'karpenter', instanceTypes: ['m7g.large'] }, topologySpreadConstraints: [rule] },
      [['not-yet-modelled', 'topologySpreadConstraints.0.whenUnsatisfiable']],
    ],
    [
      'one wish twice',
      { ...group(2), topologySpreadConstraints: [wish, wish] },
      [['invalid-value', 'topologySpreadConstraints.1']],
    ],
    ['a ratio without a shape', { ...group(2), ...ratio() }, [['missing-key', 'scheduler.scoringStrategy']]],
    [
      'a shape that goes back',
      {
        ...group(2),
        ...ratio([
          { utilization: 50, score: 1 },
          { utilization: 50, score: 2 },
        ]),
      },
      [['invalid-value', 'scheduler.scoringStrategy.requestedToCapacityRatio.shape.1']],
    ],
  ])('%s', (_, platform, problems) => {
    expect(problemsOf(platform)).toEqual(problems);
  });
});
