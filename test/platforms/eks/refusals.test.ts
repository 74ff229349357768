import { describe, expect, it } from 'vitest';
import { ScenarioError } from '../../../sim/index.ts';
import { group, runEks, smallPod } from './eks-run.ts';

function problemsOf(platform: object, more: object = {}) {
  try {
    runEks({ platform, duration: '1m', ...more });
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ code, path, message }) => ({ code, at: path.slice(2).join('.'), message }));
  }
}

const nodes = group('m7g.large');
const cpuMetric = (target: object) => [{ type: 'Resource', resource: { name: 'cpu', target } }];

describe('Kubernetes refuses', () => {
  it('requests above limits', () => {
    const resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '500m', memory: '512Mi' } };
    expect(problemsOf({ resources, ...nodes })).toEqual([
      {
        code: 'requests-above-limits',
        at: 'resources.requests.cpu',
        message: 'request 1 must be less than or equal to cpu limit of 500m',
      },
      {
        code: 'requests-above-limits',
        at: 'resources.requests.memory',
        message: 'request 1Gi must be less than or equal to memory limit of 512Mi',
      },
    ]);
  });

  it('an HPA by utilization of CPU that is not requested', () => {
    const hpa = { maxReplicas: 5 };
    expect(problemsOf({ hpa, ...nodes })).toMatchObject([{ code: 'missing-request', at: 'hpa' }]);
    const byValue = { maxReplicas: 5, metrics: cpuMetric({ type: 'AverageValue', averageValue: '500m' }) };
    expect(problemsOf({ hpa: byValue, ...nodes })).toEqual([]);
    const resources = { limits: { cpu: '500m' } };
    expect(problemsOf({ hpa, resources, ...nodes })).toEqual([]);
  });

  it('a pod that fits no node type: 1,930m and 6,903 MiB are what an m7i.large offers', () => {
    const of = (requests: object) => problemsOf({ resources: { requests }, ...group('m7i.large') });
    expect(of({ cpu: '1930m', memory: '6903Mi' })).toEqual([]);
    expect(of({ cpu: '1931m' })).toMatchObject([{ code: 'pod-fits-no-node', at: 'nodes.instanceType' }]);
    expect(of({ memory: '6904Mi' })[0]!.message).toContain('Insufficient memory (6904Mi of 6903Mi)');
    const types = { nodes: { type: 'karpenter', instanceTypes: ['m7g.medium', 'm7g.large'] } };
    expect(problemsOf({ resources: { requests: { cpu: '1500m' } }, ...types })).toEqual([]);
  });

  it('a Cluster Autoscaler that never rests', () => {
    const every = (scanInterval: string) => group('m7g.large', { scanInterval });
    expect(problemsOf({ ...smallPod, ...every('0s') })).toEqual([
      {
        code: 'invalid-value',
        at: 'nodes.scanInterval',
        message: 'platforms.it.nodes.scanInterval must be at least 1s, not `0s`',
      },
    ]);
    expect(problemsOf({ ...smallPod, ...every('999ms') })).toHaveLength(1);
    expect(problemsOf({ ...smallPod, ...every('1s') })).toEqual([]);
  });

  it('a node of Auto Mode that is to live for more than 21 days', () => {
    const living = (expireAfter: string) => {
      const auto = { type: 'autoMode', instanceTypes: ['m7g.large'], expireAfter };
      return problemsOf({ ...smallPod, nodes: auto }).map(({ code, at }) => [code, at]);
    };
    expect(living('21d')).toEqual([]);
    expect(living('505h')).toEqual([['out-of-range', 'nodes.expireAfter']]);
    expect(living('Never')).toEqual([['out-of-range', 'nodes.expireAfter']]);
  });

  it('limits of replicas and nodes that contradict each other', () => {
    expect(problemsOf({ ...smallPod, hpa: { minReplicas: 5, maxReplicas: 2 }, ...nodes })).toMatchObject([
      { code: 'out-of-range', at: 'hpa.maxReplicas' },
    ]);
    expect(problemsOf({ ...smallPod, ...group('m7g.large', { minSize: 3, maxSize: 2 }) })).toMatchObject([
      { code: 'out-of-range', at: 'nodes.minSize' },
    ]);
    const desired = group('m7g.large', { minSize: 1, maxSize: 2, desiredSize: 3 });
    expect(problemsOf({ ...smallPod, ...desired })).toMatchObject([{ at: 'nodes.desiredSize' }]);
    expect(problemsOf({ ...smallPod, replicas: 0, hpa: { maxReplicas: 2 }, ...nodes })).toMatchObject([
      { code: 'out-of-range', at: 'replicas' },
    ]);
  });
});

it('an unknown instance type is refused, each where it stands', () => {
  const types = { nodes: { type: 'karpenter', instanceTypes: ['m7g.lage', 'm7g.large', 'x9.large'] } };
  expect(problemsOf({ ...smallPod, ...types })).toMatchObject([
    { code: 'unknown-instance-type', at: 'nodes.instanceTypes.0' },
    { code: 'unknown-instance-type', at: 'nodes.instanceTypes.2' },
  ]);
});

it('a type whose addresses are not listed needs maxPods', () => {
  const old = group('g3.4xlarge');
  expect(problemsOf({ ...smallPod, ...old })).toMatchObject([{ code: 'unknown-max-pods' }]);
  expect(problemsOf({ ...smallPod, ...group('g3.4xlarge', { maxPods: 100 }) })).toEqual([]);
});

it('a program beyond its memory limit would be killed', () => {
  const resources = { limits: { cpu: '500m', memory: '256Mi' } };
  const workload = { cpu: '10ms', memory: '300MiB' };
  expect(problemsOf({ resources, ...nodes }, { workload })).toMatchObject([
    { code: 'does-not-fit', at: 'resources.limits.memory' },
  ]);
});

it.each(['500 m', '1,5', 'half', '-1', '512Mb'])('%s is no Kubernetes quantity', (cpu) => {
  const found = problemsOf({ resources: { requests: { cpu } }, ...nodes });
  expect(found[0]!.message).toContain('must be a Kubernetes quantity');
});
