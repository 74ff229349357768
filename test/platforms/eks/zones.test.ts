import { describe, expect, it, test } from 'vitest';
import { simulate } from '../../../sim/index.ts';
import { expectSound } from '../../theory/expect-sound.ts';

const POD = { resources: { requests: { cpu: '800m', memory: '256Mi' }, limits: { cpu: '800m' } } };
const QUICK = { imageSize: '17MB', podStartup: '2s', applicationStart: '5s' };
const loss = (zone: string, at: string, duration?: string) => ({
  kind: 'az-loss',
  zone,
  at,
  ...(duration === undefined ? {} : { duration }),
});

function run(platform: object, minutes: number, faults: object[], rate = '6/s') {
  const result = simulate({
    version: 1,
    duration: `${minutes}m`,
    workload: { cpu: '0s', wait: '10s' },
    traffic: { load: { executor: 'constant-arrival-rate', arrivals: 'uniform', rate } },
    faults,
    platforms: { it: { type: 'eks', replicas: 6, ...POD, ...QUICK, ...platform } },
  });
  expectSound(result);
  return result.platforms.it!;
}
const capacity = ({ timeseries }: ReturnType<typeof run>) => timeseries.columns.capacity;

/** Two pods a node. */
const group = (more: object = {}) => ({
  nodes: { type: 'managedNodeGroup', instanceType: 'm7g.large', minSize: 3, maxSize: 3, ...more },
});
const pool = (type: string, more: object = {}) => ({
  nodes: { type, instanceTypes: ['m7g.large'], consolidateAfter: 'Never', ...more },
});

describe('a lost zone and the nodes of a cluster', () => {
  it('a managed node group replaces its nodes in the other zones', () => {
    const platform = run(group({ autoscaler: 'none' }), 6, [loss('b', '2m')]);
    // A node is ready after 25 s; its pods take 2 + 1 + 5 s.
    const line = capacity(platform);
    expect(line.slice(0, 2)).toEqual([6, 6]);
    expect(line[2]).toBeCloseTo(6 - (2 * 33) / 60, 6);
    expect(line.slice(3)).toEqual([6, 6, 6]);
    expect(platform.hosts).toMatchObject({ max: 3, started: 4 });
  });

  it.each(['karpenter', 'autoMode'])('%s makes nodes for the pods that are pending again', (type) => {
    const line = capacity(run(pool(type), 6, [loss('b', '2m')]));
    // A second of batching, then the same.
    expect(line.slice(0, 2)).toEqual([6, 6]);
    expect(line[2]).toBeCloseTo(6 - (2 * 34) / 60, 6);
    expect(line.slice(3)).toEqual([6, 6, 6]);
  });

  it('pods on Fargate are lost with it too, and made anew elsewhere', () => {
    const nodes = { type: 'fargate', provisioning: '20s' };
    const line = capacity(run({ nodes, pull: '5s' }, 6, [loss('b', '2m')]));
    expect(line).toEqual([6, 6, 5, 6, 6, 6]);
  });

  it.each([
    ['managedNodeGroup', group()],
    ['karpenter', pool('karpenter')],
    ['fargate', { nodes: { type: 'fargate' } }],
  ])('%s: the requests that are there are lost, and no other', (_type, platform) => {
    const { requests } = run(platform, 10, [loss('b', '300500ms')]);
    // Sixty are in service, a third of them in the zone.
    expect(requests.failures).toEqual({ interrupted: 20 });
    expect(requests.completed + requests.failed + requests.inFlight).toBe(requests.arrived);
  });

  it.each([
    ['managedNodeGroup', group({ availabilityZones: ['b'] })],
    ['karpenter', pool('karpenter', { availabilityZones: ['us-east-1b'] })],
    ['fargate', { nodes: { type: 'fargate', provisioning: '20s' }, availabilityZones: ['b'] }],
  ])('%s in that zone only serves again when it is back', (_type, platform) => {
    const line = capacity(run(platform, 7, [loss('b', '2m', '2m')]));
    expect(line.slice(0, 4)).toEqual([6, 6, 0, 0]);
    expect(line.slice(5)).toEqual([6, 6]);
  });

  it('does not reach a cluster that is elsewhere', () => {
    const platform = run(group({ availabilityZones: ['a', 'c'] }), 6, [loss('b', '2m')]);
    expect(capacity(platform)).toEqual(Array(6).fill(6));
    expect(platform.assumptions.join()).toContain('does not reach the cluster');
  });

  it('a replacement that is lost takes its command back: the old node serves on', () => {
    // Soon two of three pods are left on a node for four: a smaller one is to replace it in six minutes.
    const platform = {
      replicas: 3,
      hpa: { minReplicas: 2, maxReplicas: 3 },
      nodes: { type: 'karpenter', instanceTypes: ['m7g.large', 'm7g.xlarge'], pending: '5m' },
    };
    const nodes = (faults: object[]) => {
      const { cost, hosts, timeseries } = run(platform, 40, faults, '1/s');
      expect(timeseries.columns.capacity.at(-1)).toBe(2);
      return [cost.lines.some(({ id }) => id === 'ec2.instance.m7g.large'), hosts!.started];
    };
    expect(nodes([])).toEqual([true, 2]);
    // The first is lost on its way, and another is made.
    expect(nodes([loss('b', '3m')])).toEqual([true, 2]);
    expect(nodes([loss('b', '3m'), loss('c', '3m')])).toEqual([true, 2]);
  });
});

describe('the spread of pods', () => {
  test('topologySpreadConstraints of every Deployment put them over zones: a third is lost', () => {
    // Room for all on any two nodes: only the spread keeps the third in use.
    const platform = run(group({ instanceType: 'm7g.2xlarge', autoscaler: 'none' }), 4, [loss('b', '2m')]);
    expect(platform.capacity.started).toBe(6 + 2);
  });

  test('nodes are spread too: of seven in three zones two or three are lost', () => {
    const seven = { ...group({ minSize: 7, maxSize: 7, autoscaler: 'none' }), replicas: 7 };
    const started = (zone: string) => run(seven, 4, [loss(zone, '2m')]).hosts!.started - 7;
    expect([started('a'), started('b'), started('c')]).toEqual([3, 2, 2]);
  });
});

it('a zone that there is not is refused, wherever it is named', () => {
  const refuse = (platform: object, faults: object[] = []) => run(platform, 4, faults);
  expect(() => refuse({ ...group(), availabilityZones: ['z'] })).toThrow(/unknown-zone.*`z` in us-east-1/);
  expect(() => refuse(group({ availabilityZones: ['us-west-2a'] }))).toThrow(/unknown-zone/);
  expect(() => refuse(group(), [loss('x', '1m')])).toThrow(/unknown-zone/);
});
