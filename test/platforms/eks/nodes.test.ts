import { describe, expect, it, test } from 'vitest';
import { group, runEks, smallPod } from './eks-run.ts';

/** A pod whose image and program cost no time. */
const quick = { ...smallPod, pull: '0s', applicationStart: '0s', start: 'empty' };

/** Ten requests a second are refused until the first pod is ready. */
function firstReadyAfterSeconds(platform: object): number {
  return runEks({ rate: '10/s', duration: '10m', platform }).requests.failures.rejected! / 10;
}

describe('from nothing to a pod that is ready', () => {
  test('A measured Karpenter node took 26 s to Ready, 28 s to pod Ready', () => {
    const nodes = { type: 'karpenter', instanceTypes: ['c6a.large'] };
    expect(firstReadyAfterSeconds({ ...quick, nodes })).toBe(28);
    expect(firstReadyAfterSeconds({ ...quick, nodes, podStartup: '0s' })).toBe(26);
  });

  test('the Cluster Autoscaler looks every 10 s, and sees what has been pending', () => {
    const nodes = { type: 'managedNodeGroup', instanceType: 'c6a.large', minSize: 0, maxSize: 1 };
    // 10 s to the scan, 25 s to Ready, 2 s to the pod.
    expect(firstReadyAfterSeconds({ ...quick, nodes })).toBe(37);
    expect(firstReadyAfterSeconds({ ...quick, nodes: { ...nodes, scanInterval: '30s' } })).toBe(57);
  });

  test('image pull, start and readiness probe come on top', () => {
    const nodes = { type: 'karpenter', instanceTypes: ['c6a.large'] };
    const slow = { ...quick, nodes, pull: '24s', applicationStart: '7s' };
    expect(firstReadyAfterSeconds(slow)).toBe(28 + 24 + 7);
    // Probes at 5 s and 15 s after the start of the container; the program answers after 7 s.
    const readinessProbe = { initialDelaySeconds: 5, periodSeconds: 10 };
    expect(firstReadyAfterSeconds({ ...slow, readinessProbe })).toBe(28 + 24 + 15);
  });

  test('a node of a group of fixed size is there when told, and pods wait for it', () => {
    const nodes = { type: 'managedNodeGroup', instanceType: 'c6a.large', autoscaler: 'none' };
    expect(firstReadyAfterSeconds({ ...quick, nodes })).toBe(27);
  });
});

describe('the Cluster Autoscaler removes', () => {
  it('nodes that hold nothing, ten minutes after it first saw them', () => {
    const nodes = { minSize: 1, maxSize: 3, desiredSize: 3 };
    const { hosts } = runEks({ platform: { ...smallPod, ...group('m7g.large', nodes) } });
    // Seen at 10 s, removed at 610 s: two nodes of three.
    expect(hosts!.mean).toBeCloseTo(1 + (2 * 610) / 3600, 9);
  });

  it('a node whose pods fit elsewhere, when they request less than half of it', () => {
    const platform = {
      ...smallPod,
      replicas: 3,
      ...group('m7g.large', { minSize: 1, maxSize: 3, desiredSize: 3 }),
    };
    // One pod of 500m on each of three nodes of 1,930m: 26 %. Two move to the third, one after the other.
    const { hosts, capacity } = runEks({ platform });
    expect(hosts!.mean).toBeLessThan(2);
    expect(capacity.mean).toBeGreaterThan(2.9);
    const full = {
      ...smallPod,
      replicas: 6,
      ...group('m7g.large', { minSize: 1, maxSize: 2, desiredSize: 2 }),
    };
    expect(runEks({ platform: full }).hosts!.mean).toBe(2);
  });

  it('no node of which DaemonSets and pods together request half, though it be empty', () => {
    const nodes = { minSize: 1, maxSize: 3, desiredSize: 3 };
    const mean = (cpu: string) => {
      const platform = { ...smallPod, ...group('m7g.large', { ...nodes, daemonSets: { cpu, pods: 2 } }) };
      return runEks({ platform }).hosts!.mean;
    };
    // 964 of 1,930m are below a half, 965 are not.
    expect(mean('964m')).toBeLessThan(2);
    expect(mean('965m')).toBe(3);
  });

  it('nothing below minSize, and nothing without it', () => {
    const three = { minSize: 3, maxSize: 3 };
    expect(runEks({ platform: { ...smallPod, ...group('m7g.large', three) } }).hosts!.mean).toBe(3);
    const none = { minSize: 1, maxSize: 3, desiredSize: 3, autoscaler: 'none' };
    expect(runEks({ platform: { ...smallPod, ...group('m7g.large', none) } }).hosts!.mean).toBe(3);
  });
});

describe('a group whose size is not told', () => {
  // One pod of a core on a node of 1,930m.
  const pods = { resources: { requests: { cpu: '1' } }, pull: '0s', applicationStart: '0s' };
  const sized = (more: object, nodes: object = {}) =>
    runEks({ platform: { ...pods, ...group('m7g.large', nodes), ...more } });

  it('has the nodes that its pods need', () => {
    for (const autoscaler of ['cluster-autoscaler', 'none']) {
      const { capacity, hosts } = sized({ replicas: 5 }, { autoscaler });
      expect([capacity.mean, hosts!.mean]).toEqual([5, 5]);
    }
  });

  it('and may have those that the most pods need', () => {
    const { hosts, capacity } = runEks({
      rate: '20/s',
      workload: { cpu: '100ms' },
      platform: { ...pods, ...group('m7g.large'), hpa: { minReplicas: 1, maxReplicas: 4 } },
    });
    // Two cores of work at 80 % of one each.
    expect(capacity.max).toBe(3);
    expect(hosts!.max).toBe(3);
  });

  it('unless it is told', () => {
    expect(sized({ replicas: 5 }, { maxSize: 2 }).capacity.mean).toBe(2);
    expect(sized({ replicas: 5 }, { autoscaler: 'none', desiredSize: 3 }).capacity.mean).toBe(3);
  });
});

describe('what fits on a node', () => {
  test('CPU, memory and addresses limit it, and so DaemonSets do', () => {
    const fits = (requests: object, more: object = {}) => {
      const { assumptions } = runEks({
        duration: '1m',
        platform: { resources: { requests }, ...group('m7g.large', more) },
      });
      return Number(/(\d+) on a m7g.large/.exec(assumptions.join())![1]);
    };
    // 1,930m; 8,192 − 64 − 610 − 574 − 100 = 6,844 MiB; 3 × 9 + 2 addresses.
    expect(fits({ cpu: '500m' })).toBe(3);
    expect(fits({ cpu: '10m' })).toBe(29);
    expect(fits({ cpu: '10m', memory: '1Gi' })).toBe(6);
    expect(fits({ cpu: '480m' })).toBe(4);
    expect(fits({ cpu: '480m' }, { daemonSets: { cpu: '150m', pods: 2 } })).toBe(3);
    expect(fits({ cpu: '1m' }, { maxPods: 110 })).toBe(110);
  });
});
