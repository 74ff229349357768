// Cases of kubernetes/kubernetes pkg/controller/podautoscaler/{replica_calculator,horizontal}_test.go (2025),
// restated.
import { describe, expect, test } from 'vitest';
import { isCpuUnready } from '../../../sim/fleet/kubernetes/hpa/cpu-readiness.ts';
import {
  mostDemanding,
  replicasByAverageValue,
  replicasByUtilization,
  replicasByValue,
  replicasByValuePerPod,
} from '../../../sim/fleet/kubernetes/hpa/desired-replicas.ts';
import { limitedReplicas } from '../../../sim/fleet/kubernetes/hpa/scaling-policies.ts';
import { stabilizedByBehavior, stabilizedDown } from '../../../sim/fleet/kubernetes/hpa/stabilization.ts';

const pod = (
  usage: number | null,
  more: { unready?: boolean; ignored?: boolean; request?: number } = {},
) => ({
  request: 1000,
  usage,
  unready: false,
  ignored: false,
  ...more,
});
const pods = (...usages: number[]) => usages.map((usage) => pod(usage));

describe('HPA: integer-percent utilisation', () => {
  test.each([
    ['50 % of 30 %: ceil(1.67 × 3)', pods(300, 500, 700), 30, 5, 50],
    ['587.5 % is 587 %', pods(4000, 9500, 3000, 7000), 100, 24, 587],
    ['within a tenth nothing changes', pods(1010, 1030, 1020), 100, 3, 102],
    ['30 % of 50 %', pods(100, 300, 500, 250, 250), 50, 3, 28],
  ])('%s', (_what, all, target, replicas, shown) => {
    expect(replicasByUtilization(all, all.length, target)).toEqual({ replicas, shown });
  });

  test('it is a ratio of sums: 1,500 of 3,000 at a target of 56 % is more than a tenth away', () => {
    const requests = [400, 200, 310, 290, 302, 298, 301, 299, 300, 300];
    const all = requests.map((request) => pod(150, { request }));
    expect(replicasByUtilization(all, 10, 56)).toEqual({ replicas: 9, shown: 50 });
  });

  test('10 % above the target is still within the tolerance, 11 % is not', () => {
    expect(replicasByUtilization(pods(550, 550), 2, 50)!.replicas).toBe(2);
    expect(replicasByUtilization(pods(560, 560), 2, 50)!.replicas).toBe(3);
  });
});

describe('HPA: unready and missing pods', () => {
  test('pods that start count as using nothing when the others ask for more', () => {
    const all = [pod(300, { unready: true }), pod(500), pod(700)];
    expect(replicasByUtilization(all, 3, 30)).toEqual({ replicas: 4, shown: 60 });
  });

  test('if that turns the direction, nothing changes', () => {
    const all = [pod(400), pod(500, { unready: true }), pod(700, { unready: true })];
    expect(replicasByUtilization(all, 3, 30)).toEqual({ replicas: 3, shown: 40 });
  });

  test('pods that start are left out when the others ask for less', () => {
    const all = [...pods(100, 300, 500), pod(250, { unready: true }), pod(250, { unready: true })];
    expect(replicasByUtilization(all, 5, 50)).toEqual({ replicas: 2, shown: 30 });
  });

  test('a pod without a measurement counts as using all of its request on the way down', () => {
    // (600 + 1000) / 2000 = 80 % of 100 %: ceil(0.8 × 2) = 2.
    expect(replicasByUtilization([pod(600), pod(null)], 2, 100)).toEqual({ replicas: 2, shown: 60 });
    // (450 + 1000) / 2000 = 72 % of 50 % would be up: nothing changes.
    const all = [pod(100, { unready: true }), pod(450), pod(null)];
    expect(replicasByUtilization(all, 3, 50)).toEqual({ replicas: 3, shown: 45 });
  });

  test('or of its target, when that is above 100 %', () => {
    // (3 × 1000 + 3 × 3000) / 6000 = 200 % of 300 %: ceil(0.667 × 6).
    const all = [...pods(1000, 1000, 1000), pod(null), pod(null), pod(null)];
    expect(replicasByUtilization(all, 6, 300)).toEqual({ replicas: 4, shown: 100 });
  });

  test('and nothing on the way up, as do pods that start', () => {
    const all = [pod(100, { unready: true }), pod(2000), pod(null)];
    expect(replicasByUtilization(all, 3, 50)).toEqual({ replicas: 4, shown: 200 });
  });

  test('pods that are being deleted are not looked at', () => {
    const all = [...pods(500, 700), pod(null, { ignored: true }), pod(null, { ignored: true })];
    expect(replicasByUtilization(all, 2, 30)).toEqual({ replicas: 4, shown: 60 });
  });

  test('no measurement at all is no recommendation', () => {
    expect(replicasByUtilization([pod(100, { unready: true })], 1, 50)).toBeNull();
    expect(mostDemanding([null], 3)).toBe(3);
  });

  test('a young pod’s CPU counts once it is ready and a whole window was measured since', () => {
    const young = { ready: true, startedAt: 0, readinessChangedAt: 60, sampleWindowSeconds: 60 };
    expect(isCpuUnready({ ...young, sampledAt: 119 }, 120)).toBe(true);
    expect(isCpuUnready({ ...young, sampledAt: 120 }, 120)).toBe(false);
    expect(isCpuUnready({ ...young, sampledAt: 300 }, 300)).toBe(false);
    expect(isCpuUnready({ ...young, ready: false, sampledAt: 400 }, 400)).toBe(false);
    expect(isCpuUnready({ ...young, ready: false, readinessChangedAt: 20, sampledAt: 400 }, 400)).toBe(true);
  });
});

describe('HPA: other metrics', () => {
  test('a mean value a pod is cut to a whole number', () => {
    const all = pods(50_000, 15_000, 30_000);
    expect(replicasByAverageValue(all, 3, 15_000)).toEqual({ replicas: 7, shown: 31_666 });
    expect(replicasByAverageValue(pods(20_000, 21_000, 21_000), 3, 20_000)!.replicas).toBe(3);
  });

  test('object and external metrics multiply by ready pods, so a ratio of 1.95 can scale down', () => {
    expect(replicasByValue(8600, 4400, 1, 1).replicas).toBe(2);
    expect(replicasByValue(8600, 4400, 5, 2).replicas).toBe(4);
    expect(replicasByValue(12_000, 20_000, 5, 5).replicas).toBe(3);
  });

  test('from zero replicas the ratio itself is the number', () => {
    expect(replicasByValue(8600, 4400, 0, 0).replicas).toBe(2);
    expect(replicasByValue(0, 4400, 0, 0).replicas).toBe(0);
  });

  test.each([
    [3, 2150, 8600, 4],
    [5, 2867, 8600, 3],
    [3, 2900, 8600, 3],
    [4, 5000, 20_166, 4],
    [3, 5000, 20_000, 4],
  ])('%i replicas, %i each wanted of %i: %i', (current, target, value, expected) => {
    expect(replicasByValuePerPod(value, target, current).replicas).toBe(expected);
  });

  test('the most demanding metric wins; one that cannot be read stops a scale-down', () => {
    const [three, five] = [
      { replicas: 3, shown: 0 },
      { replicas: 5, shown: 0 },
    ];
    expect(mostDemanding([three, five], 4)).toBe(5);
    expect(mostDemanding([three, null], 4)).toBe(4);
    expect(mostDemanding([five, null], 4)).toBe(5);
  });
});

describe('HPA: stabilisation', () => {
  const past = [
    { replicas: 10, ageSeconds: 600 },
    { replicas: 4, ageSeconds: 60 },
    { replicas: 5, ageSeconds: 120 },
    { replicas: 9, ageSeconds: 540 },
  ];

  test('down to no less than the most of the last five minutes', () => {
    expect(stabilizedDown(3, past, 300)).toBe(5);
    expect(stabilizedDown(5, [], 300)).toBe(5);
  });

  test('each direction has its window', () => {
    expect(stabilizedByBehavior(100, 3, past, { scaleUpSeconds: 0, scaleDownSeconds: 180 })).toBe(5);
    expect(stabilizedByBehavior(100, 3, past, { scaleUpSeconds: 0, scaleDownSeconds: 0 })).toBe(3);
    const low = [{ replicas: 3, ageSeconds: 180 }];
    expect(stabilizedByBehavior(2, 1, low, { scaleUpSeconds: 300, scaleDownSeconds: 300 })).toBe(2);
    expect(stabilizedByBehavior(2, 9, low, { scaleUpSeconds: 300, scaleDownSeconds: 0 })).toBe(3);
  });
});

describe('HPA: scaling policies', () => {
  const of = (type: 'Pods' | 'Percent', value: number, periodSeconds: number) => ({
    type,
    value,
    periodSeconds,
  });
  const base = {
    min: 1,
    max: 1000,
    scaleUp: { policies: [of('Pods', 4, 15), of('Percent', 100, 15)], selectPolicy: 'Max' as const },
    scaleDown: { policies: [of('Percent', 100, 15)], selectPolicy: 'Max' as const },
    scaleUpEvents: [],
    scaleDownEvents: [],
  };
  const rules = (...policies: ReturnType<typeof of>[]) => ({ policies, selectPolicy: 'Max' as const });

  test('the greatest change that a policy allows', () => {
    const scaleUp = rules(of('Pods', 100, 60), of('Percent', 100, 60));
    expect(limitedReplicas({ ...base, current: 10, desired: 500, scaleUp })).toEqual({
      replicas: 110,
      condition: 'ScaleUpLimit',
    });
    const scaleDown = rules(of('Pods', 2, 60), of('Percent', 1, 60));
    expect(limitedReplicas({ ...base, current: 100, desired: 2, scaleDown })).toEqual({
      replicas: 98,
      condition: 'ScaleDownLimit',
    });
  });

  test('or the smallest, or none', () => {
    const least = { policies: [of('Pods', 4, 15), of('Percent', 100, 15)], selectPolicy: 'Min' as const };
    expect(limitedReplicas({ ...base, current: 10, desired: 500, scaleUp: least }).replicas).toBe(14);
    const none = { policies: [], selectPolicy: 'Disabled' as const };
    expect(limitedReplicas({ ...base, current: 10, desired: 500, scaleUp: none }).replicas).toBe(10);
    expect(limitedReplicas({ ...base, current: 10, desired: 5, scaleDown: none }).replicas).toBe(10);
  });

  test('what was changed within the period counts', () => {
    const events = [100, 60, 20].map((ageSeconds, index) => ({ change: [1, 5, 9][index]!, ageSeconds }));
    const percent = rules(of('Percent', 200, 120));
    // 100 − 15 at the start of the period, three times that.
    expect(
      limitedReplicas({ ...base, current: 100, desired: 500, scaleUp: percent, scaleUpEvents: events })
        .replicas,
    ).toBe(255);
    const five = rules(of('Pods', 5, 120));
    expect(
      limitedReplicas({ ...base, current: 100, desired: 500, scaleUp: five, scaleUpEvents: events }).replicas,
    ).toBe(100);
    const downs = [100, 60, 20].map((ageSeconds, index) => ({ change: [2, 4, 6][index]!, ageSeconds }));
    const half = rules(of('Percent', 50, 120));
    expect(
      limitedReplicas({ ...base, current: 100, desired: 0, scaleDown: half, scaleDownEvents: downs })
        .replicas,
    ).toBe(56);
  });

  test('minReplicas and maxReplicas', () => {
    const big = { ...base, min: 100, max: 150, current: 100, desired: 1000 };
    expect(limitedReplicas(big)).toEqual({ replicas: 150, condition: 'TooManyReplicas' });
    const small = { ...base, min: 5, current: 10, desired: 2 };
    expect(limitedReplicas(small)).toEqual({ replicas: 5, condition: 'TooFewReplicas' });
    const fine = { ...base, current: 5, desired: 7 };
    expect(limitedReplicas(fine)).toEqual({ replicas: 7, condition: 'DesiredWithinRange' });
  });
});
