import { describe, expect, it, test } from 'vitest';
import { nodesFor } from '../../../sim/fleet/kubernetes/karpenter/provisioning.ts';
import { runEks, smallPod } from './eks-run.ts';

const hours = (platform: ReturnType<typeof runEks>, id: string) =>
  (platform.cost.lines.find((line) => line.id === id)?.quantity ?? 0) / 730;

/** Pods that idle: the HPA brings them down to one at its first look, after 15 s. */
const atOnce = { scaleDown: { stabilizationWindowSeconds: 0 } };
const hpa = { minReplicas: 1, maxReplicas: 50, behavior: atOnce };
const idle = { pull: '0s', applicationStart: '0s', hpa };
const onePodANode = { resources: { requests: { cpu: '1' } } };

describe('Karpenter packs', () => {
  const type = (name: string, fit: number, usdPerHour: number) => {
    const capacity = { cpuMilli: 0, memoryBytes: 0, pods: 0 };
    const daemons = { cpuMilli: 0, memoryBytes: 0 };
    return { name, vcpus: 1, memoryBytes: 0, usdPerHour, capacity, daemons, fit, timeToNotice: null };
  };

  it('fills a node for as long as any type could hold it, and takes the cheapest that does', () => {
    const types = [type('large', 1, 0.08), type('xlarge', 3, 0.16), type('2xlarge', 7, 0.32)];
    const names = (pods: number) => nodesFor(pods, types).map((index) => types[index]!.name);
    expect(names(10)).toEqual(['2xlarge', 'xlarge']);
    expect(names(15)).toEqual(['2xlarge', '2xlarge', 'large']);
    expect(names(2)).toEqual(['xlarge']);
    expect(names(0)).toEqual([]);
  });

  it('at one price takes the type that is named first, else the cheaper one', () => {
    const nodes = { type: 'karpenter', instanceTypes: ['m7g.xlarge', 'c7g.xlarge'] };
    const platform = runEks({ platform: { ...onePodANode, replicas: 3, nodes } });
    expect(hours(platform, 'ec2.instance.c7g.xlarge')).toBeCloseTo(1, 9);
    expect(hours(platform, 'ec2.instance.m7g.xlarge')).toBe(0);
  });
});

describe('Karpenter consolidates', () => {
  const two = (more: object) => ({
    ...smallPod,
    ...idle,
    replicas: 6,
    nodes: { type: 'karpenter', instanceTypes: ['m7g.large'], ...more },
  });

  it('an empty node: seen at 20 s, believed at 35 s', () => {
    expect(runEks({ platform: two({}) }).hosts!.mean).toBeCloseTo(1 + 35 / 3600, 9);
    expect(runEks({ platform: two({ consolidationPolicy: 'WhenEmpty' }) }).hosts!.mean).toBeLessThan(2);
  });

  it('not before consolidateAfter, and never when told so', () => {
    // Left alone from 15 s on: eligible at the look of 10:20, gone 15 s later.
    const later = runEks({ platform: two({ consolidateAfter: '10m' }) });
    expect(later.hosts!.mean).toBeCloseTo(1 + 635 / 3600, 9);
    expect(runEks({ platform: two({ consolidateAfter: 'Never' }) }).hosts!.mean).toBe(2);
  });

  it('nothing beyond its disruption budgets', () => {
    expect(runEks({ platform: two({ budgets: [{ nodes: '0' }] }) }).hosts!.mean).toBe(2);
    expect(runEks({ platform: two({ budgets: [{ nodes: '10%' }, { nodes: '0%' }] }) }).hosts!.mean).toBe(2);
  });

  test.each(['WhenEmptyOrUnderutilized', 'Balanced'])(
    '%s: a node that a cheaper one can replace',
    (policy) => {
      const nodes = {
        type: 'karpenter',
        instanceTypes: ['m7g.large', 'm7g.2xlarge'],
        consolidationPolicy: policy,
      };
      const platform = runEks({ platform: { ...onePodANode, ...idle, replicas: 7, nodes } });
      // Believed at 35 s; the new one runs at 48 s, is Ready at 60 s, and then the pod moves.
      expect(hours(platform, 'ec2.instance.m7g.2xlarge')).toBeCloseTo(60 / 3600, 9);
      expect(hours(platform, 'ec2.instance.m7g.large')).toBeCloseTo(3552 / 3600, 9);
      // The one pod is evicted at 60 s, and the next is ready 2 s later.
      expect(platform.requests.failures.rejected).toBe(2);
    },
  );

  it('two nodes of one pod by moving one pod to the other, not by a third node of their type', () => {
    // Eight pods fill four nodes. The HPA leaves two pods, which the spread has on two nodes.
    const halves = { resources: { requests: { cpu: '900m' } }, ...idle, replicas: 8 };
    const two = { ...hpa, minReplicas: 2 };
    const nodes = { type: 'karpenter', instanceTypes: ['m7g.large'], budgets: [{ nodes: '100%' }] };
    const { hosts } = runEks({ platform: { ...halves, hpa: two, nodes } });
    expect(hosts!.started).toBe(4);
    // Believed at 35 s the empty ones, at 60 s at the latest the one that is not needed.
    expect(hosts!.mean).toBeGreaterThan(1);
    expect(hosts!.mean).toBeLessThan(1 + (3 * 60) / 3600);
  });

  it('only empty nodes by the policy WhenEmpty', () => {
    const instanceTypes = ['m7g.large', 'm7g.2xlarge'];
    const nodes = { type: 'karpenter', instanceTypes, consolidationPolicy: 'WhenEmpty' };
    const platform = runEks({ platform: { ...onePodANode, ...idle, replicas: 7, nodes } });
    expect(hours(platform, 'ec2.instance.m7g.2xlarge')).toBeCloseTo(1, 9);
  });
});

test('a node past expireAfter is drained, and its pods wait for another', () => {
  const nodes = { type: 'karpenter', instanceTypes: ['m7g.large'], expireAfter: '1h' };
  const platform = { ...smallPod, pull: '0s', applicationStart: '0s', nodes };
  const { requests, hosts } = runEks({ duration: '80m', platform });
  // The pod is pending from 1:00:00 on and ready 28 s later.
  expect(requests.failures.rejected).toBe(28);
  expect(hosts!.started).toBe(2);
  const never = runEks({
    duration: '80m',
    platform: { ...platform, nodes: { ...nodes, expireAfter: 'Never' } },
  });
  expect(never.requests.failed).toBe(0);
});
