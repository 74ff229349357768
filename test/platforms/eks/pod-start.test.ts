import { describe, expect, test } from 'vitest';
import { group, runEks } from './eks-run.ts';

/** Pods that are ready, by minute. */
const readyPods = (platform: object) => runEks({ duration: '5m', platform }).timeseries.columns.capacity;
const pods = {
  resources: { requests: { cpu: '100m', memory: '64Mi' } },
  start: 'empty',
  podStartup: '0s',
  applicationStart: '0s',
};

describe('the image on a node', () => {
  test('pods that are bound while it is pulled wait for the end of that pull', () => {
    const nodes = { pending: '0s', boot: '0s', minSize: 1, autoscaler: 'none' };
    // All ten are bound at 0 s; the image is there after 90 s.
    const platform = { ...pods, replicas: 10, pull: '90s', ...group('m7g.large', nodes) };
    expect(readyPods(platform)).toEqual([0, 5, 10, 10, 10]);
  });

  test('is pulled once on each node, and a later pod starts at once', () => {
    const nodes = { pending: '0s', boot: '0s', minSize: 2, autoscaler: 'none' };
    // A pod a minute: the first two get a node each, and wait for its pull.
    const kubeControllerManager = { kubeApiQps: 1 / 60, kubeApiBurst: 1 };
    const tooSlow = { ...pods, replicas: 4, kubeControllerManager, ...group('m7g.large', nodes) };
    expect(() => readyPods(tooSlow)).toThrow(/kubeApiQps/);
    const platform = {
      ...tooSlow,
      kubeControllerManager: { kubeApiQps: 0.1, kubeApiBurst: 1 },
      pull: '30s',
    };
    // Made at 0, 10, 20 and 30 s; images there at 30 and 40 s: none has another pull.
    const [first, second] = readyPods(platform);
    expect(first).toBeGreaterThanOrEqual((30 + 20 + 20 + 20) / 60);
    expect(first).toBeLessThanOrEqual((30 + 20 + 30 + 30) / 60);
    expect(second).toBe(4);
  });
});

describe('the ReplicaSet', () => {
  const nodes = { pending: '0s', boot: '0s', minSize: 1, autoscaler: 'none', maxPods: 110 };
  const quick = {
    ...pods,
    resources: { requests: { cpu: '1m' } },
    pull: '0s',
    replicas: 100,
    ...group('m7g.large', nodes),
  };

  test('makes all pods at once unless its client is told to be slower', () => {
    expect(readyPods(quick)).toEqual([100, 100, 100, 100, 100]);
  });

  test('makes 30 at once and 20 a second, as --kube-api-burst and --kube-api-qps have it', () => {
    // 70 of them one every 50 ms: on the mean each is 1.775 s late.
    const [first, second] = readyPods({ ...quick, kubeControllerManager: {} });
    expect(first).toBeCloseTo(100 - (70 * 1.775) / 60, 6);
    expect(second).toBe(100);
  });

  test('forgets pods that it has not made when fewer are wanted', () => {
    const hpa = { minReplicas: 1, maxReplicas: 50 };
    const kubeControllerManager = { kubeApiQps: 0.5, kubeApiBurst: 1 };
    // maxReplicas below the current number: at the first look, at 15 s, 8 of 100 are made; the 50th at 98 s.
    const capacity = readyPods({ ...quick, hpa, kubeControllerManager });
    expect(Math.max(...capacity)).toBe(50);
    expect(capacity[3]).toBe(50);
  });
});
