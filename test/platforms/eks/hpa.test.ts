import { describe, expect, it, test } from 'vitest';
import { group, runEks, smallPod } from './eks-run.ts';

const quick = { ...smallPod, pull: '0s', podStartup: '0s', applicationStart: '1s' };
const roomy = group('m7g.4xlarge', { minSize: 2, maxSize: 2 });
const byCpu = (averageUtilization: number) => [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } },
];

const byRequests = (averageValue: string) => [
  {
    type: 'Pods',
    pods: {
      metric: { name: 'http_requests_per_second' },
      target: { type: 'AverageValue', averageValue },
    },
  },
];

describe('the HPA', () => {
  it('holds CPU at its target: 10 requests a second of 100 ms need 1 core, 4 pods of 0.5 at 50 %', () => {
    const { capacity } = runEks({
      rate: '10/s',
      workload: { cpu: '100ms' },
      duration: '2h',
      platform: {
        ...quick,
        ...roomy,
        replicas: 2,
        hpa: { minReplicas: 1, maxReplicas: 20, metrics: byCpu(50) },
      },
    });
    expect(capacity.max).toBe(4);
    expect(capacity.mean).toBeGreaterThan(3.9);
  });

  it('scales up by 100 % or 4 pods in 15 s, whichever is more, and waits 300 s before it scales down', () => {
    const low = (duration: string) => ({ duration, target: '1/s' });
    const high = (duration: string) => ({ duration, target: '100/s' });
    const { timeseries } = runEks({
      rate: '1/s',
      stages: [low('5m'), high('0s'), high('10m'), low('0s'), low('10m')],
      duration: '25m',
      platform: { ...quick, ...roomy, replicas: 1, hpa: { maxReplicas: 24, metrics: byRequests('5') } },
    });
    const pods = timeseries.columns.capacity;
    expect(pods[4]).toBe(1);
    // Of the 20 that are wanted 5 at 315 s, 10 at 330 s, 20 at 345 s, each ready a second later.
    expect(pods[5]).toBeCloseTo((16 * 1 + 15 * 5 + 15 * 10 + 14 * 20) / 60, 6);
    expect(pods.slice(6, 20)).toEqual(Array(14).fill(20));
    // The recommendation of 900 s holds for 300 s.
    expect(pods.slice(20)).toEqual(Array(5).fill(1));
  });

  test('what it finds at its first look counts as recommended: nothing is removed for 300 s', () => {
    const hpa = { minReplicas: 1, maxReplicas: 50 };
    const { timeseries } = runEks({ duration: '10m', platform: { ...smallPod, replicas: 3, ...roomy, hpa } });
    // Seen at 15 s, out of the window at 315 s.
    expect(timeseries.columns.capacity.slice(0, 7)).toEqual([3, 3, 3, 3, 3, 1.5, 1]);
  });

  test('object and external metrics multiply by ready pods, so a ratio of 1.95 can scale down', () => {
    // 19.5 requests a second at a target of 10 ask for 1.95 × ready pods: while 4 of 10 are ready, for 8.
    const metrics = [
      {
        type: 'Object',
        object: { metric: { name: 'http_requests_per_second' }, target: { type: 'Value', value: '10' } },
      },
    ];
    const slow = { ...smallPod, pull: '0s', podStartup: '0s', applicationStart: '1h' };
    const behavior = { scaleDown: { stabilizationWindowSeconds: 0 } };
    const { capacity } = runEks({
      rate: '39/2s',
      duration: '10m',
      platform: {
        ...slow,
        ...group('m7g.2xlarge', { minSize: 1, maxSize: 1 }),
        replicas: 4,
        hpa: { minReplicas: 1, maxReplicas: 40, metrics, behavior },
      },
    });
    // Up to ceil(1.95 × 4) = 8 at once; pods that never get ready ask for no more.
    expect(capacity.max).toBe(4);
    expect(capacity.started).toBe(8);
  });

  test('maxReplicas below the current number scales down, however high the metric', () => {
    const { capacity, timeseries } = runEks({
      rate: '20/s',
      workload: { cpu: '100ms', timeout: '1s' },
      duration: '20m',
      platform: { ...quick, ...roomy, replicas: 10, hpa: { maxReplicas: 3, metrics: byCpu(10) } },
    });
    expect(capacity.max).toBe(10);
    expect(timeseries.columns.capacity.at(-1)).toBe(3);
  });

  it('asks for pods in vain that the nodes have no room for', () => {
    const { capacity, limitedBy, assumptions } = runEks({
      rate: '30/s',
      workload: { cpu: '100ms', timeout: '1s' },
      platform: { ...quick, ...group('m7g.large', { maxSize: 1 }), hpa: { maxReplicas: 20 } },
    });
    // 3 seconds of CPU a second, and room for three pods of 500m.
    expect(capacity.max).toBe(3);
    expect(limitedBy).toBe('cpu');
    expect(assumptions).toContain('The nodes hold 3 pods at most: of 20 the others stay pending.');
  });

  test('requests per second and pod', () => {
    const { timeseries } = runEks({
      rate: '40/s',
      duration: '20m',
      platform: { ...quick, ...roomy, replicas: 2, hpa: { maxReplicas: 50, metrics: byRequests('5') } },
    });
    expect(timeseries.columns.capacity.at(-1)).toBe(8);
  });
});
