import { describe, expect, it } from 'vitest';
import { many, refusals, runOne } from '../queue/worker-run.ts';

/** A pod that is ready ten seconds after it was asked for: the node that there is has the image. */
const POD =
  'type: eks, resources: { requests: { cpu: 100m } }, podStartup: 2s, applicationStart: 8s, ' +
  'nodes: { type: managedNodeGroup, instanceType: c7g.4xlarge, minSize: 1, maxSize: 1, autoscaler: none }';
const QUEUE = 'frontDoor: { type: sqs, visibilityTimeout: 1h }';
const keda = (options = '', metadata = '') =>
  `${POD}, ${QUEUE}, keda: { ${options}${options === '' ? '' : ', '}` +
  `triggers: [{ type: aws-sqs-queue, metadata: { ${metadata} } }] }`;

const near = (values: readonly number[]) => values.map((each) => expect.closeTo(each, 6));

describe('from none to one', () => {
  it('at the first poll after a message has come, and then as a pod starts', () => {
    const { latencyMs, capacity } = runOne(keda(), {
      workload: 'cpu: 0s, wait: 1s',
      at: [40],
      duration: '5m',
    });
    // Polls at 30 and 60 s; ready at 70 s.
    expect(latencyMs.max).toBe(31_000);
    expect(capacity).toMatchObject({ max: 1, started: 1 });
  });

  it('every `pollingInterval`', () => {
    const parts = { workload: 'cpu: 0s, wait: 1s', at: [41], duration: '5m' };
    expect(runOne(keda('pollingInterval: 5s'), parts).latencyMs.max).toBe(4_000 + 10_000 + 1_000);
  });

  it('where more messages wait than `activationQueueLength`', () => {
    const run = (messages: number) =>
      runOne(keda('', 'activationQueueLength: 4'), {
        workload: 'cpu: 0s, wait: 1s',
        at: many(messages, 40),
        duration: '5m',
      });
    expect(run(4).requests).toMatchObject({ completed: 0, inFlight: 4 });
    expect(run(5).requests).toMatchObject({ completed: 5 });
  });
});

describe('from one to none', () => {
  it('when the trigger was last active `cooldownPeriod` ago', () => {
    const run = (options: string) =>
      runOne(keda(options), { workload: 'cpu: 0s, wait: 10s', at: [40], duration: '8m' }).timeseries.columns
        .capacity;
    // Active at 60 s and not at 90 s: 300 s are over at the poll at 360 s.
    expect(run('cooldownPeriod: 300s')).toEqual(near([0, 50 / 60, 1, 1, 1, 1, 0, 0]));
    expect(run('cooldownPeriod: 100s')).toEqual(near([0, 50 / 60, 1, 0, 0, 0, 0, 0]));
  });

  it('counts messages that are being handled, unless `scaleOnInFlight` is false', () => {
    const run = (metadata: string) =>
      runOne(keda('cooldownPeriod: 60s', metadata), {
        workload: 'cpu: 0s, wait: 4m',
        at: [40],
        duration: '6m',
      });
    expect(run('').requests).toMatchObject({ completed: 1, attempts: 1 });
    // Seen at 60 s and no more: gone at 120 s, killed 30 s later, and hidden for an hour.
    const unseen = run('scaleOnInFlight: false');
    expect(unseen.requests).toMatchObject({ completed: 0, inFlight: 1, failed: 0 });
    expect(unseen.timeseries.columns.capacity).toEqual(near([0, 50 / 60, 0, 0, 0, 0]));
  });

  it('never below `minReplicaCount`', () => {
    const { capacity } = runOne(keda('minReplicaCount: 2, cooldownPeriod: 30s'), {
      workload: 'cpu: 0s, wait: 1s',
      at: [40],
      duration: '20m',
    });
    expect(capacity).toMatchObject({ mean: 2, max: 2 });
  });
});

describe('between one and the most: the HPA that KEDA makes', () => {
  it('asks for `queueLength` messages a pod, as fast as an HPA may', () => {
    const { timeseries, capacity } = runOne(keda(), {
      workload: 'cpu: 0s, wait: 10m',
      at: many(100, 40),
      duration: '5m',
    });
    // 100 / 5 = 20 pods; four or as many again every 15 s: 1 at 60 s, 5 at 75 s, 10 at 90 s, 20 at 105 s.
    expect(capacity.max).toBe(20);
    const area = 50 * 1 + 35 * 4 + 20 * 5 + 5 * 10;
    expect(timeseries.columns.capacity).toEqual(near([0, area / 60, 20, 20, 20]));
  });

  it.each([
    [21, 4],
    [23, 5],
  ])('leaves a ratio within a tenth: %i messages at five a pod are for %i', (messages, pods) => {
    const { capacity } = runOne(`${keda()}, replicas: 4`, {
      workload: 'cpu: 0s, wait: 10m',
      at: many(messages, 1),
      duration: '4m',
    });
    expect(capacity.max).toBe(pods);
  });

  it('holds `maxReplicaCount`, and `behavior`', () => {
    const run = (options: string) =>
      runOne(keda(options), { workload: 'cpu: 0s, wait: 10m', at: many(100, 40), duration: '5m' }).capacity;
    expect(run('maxReplicaCount: 7').max).toBe(7);
    const behavior =
      'advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleUp: ' +
      '{ policies: [{ type: Pods, value: 1, periodSeconds: 60 }] } } } }';
    // At 60 s by KEDA; by the HPA at 75, 135, 195 and 255 s.
    expect(run(behavior).max).toBe(5);
  });

  it('shrinks after five minutes of less, and KEDA takes the last', () => {
    const { timeseries, requests } = runOne(keda(), {
      workload: 'cpu: 0s, wait: 30s',
      at: many(50, 40),
      duration: '10m',
    });
    expect(requests.completed).toBe(50);
    const { capacity } = timeseries.columns;
    expect(Math.max(...capacity.slice(2, 6))).toBeLessThanOrEqual(10);
    expect(capacity.slice(-2)).toEqual([0, 0]);
  });
});

it('no pods cost nothing but their cluster', () => {
  const fargate = 'type: eks, resources: { requests: { cpu: 500m, memory: 1Gi } }, nodes: { type: fargate }';
  const idle = runOne(`${fargate}, ${QUEUE}, keda: {}`, {
    workload: 'cpu: 1s',
    stream: 'executor: constant-arrival-rate, rate: 0/s',
    duration: '730h',
  });
  expect(idle.cost.usdPerMonth).toBeCloseTo(73, 9);
});

describe('what cannot be is refused', () => {
  const parts = { workload: 'cpu: 1s', at: [0], duration: '1m' };
  const codes = (options: string) => refusals(options, parts).map(([code, place]) => [code, place]);

  it.each([
    [`${POD}, keda: {}`, 'needs-queue', 'keda'],
    [`${POD}, ${QUEUE}, keda: {}, hpa: { maxReplicas: 3 }`, 'conflicting-keys', 'hpa'],
    [`${keda('minReplicaCount: 5, maxReplicaCount: 4')}`, 'out-of-range', 'keda.minReplicaCount'],
    [`${keda('pollingInterval: 500ms')}`, 'out-of-range', 'keda.pollingInterval'],
    [`${keda('cooldownPeriod: 1500ms')}`, 'out-of-range', 'keda.cooldownPeriod'],
    [`${keda('', 'queueLength: 0')}`, 'invalid-value', 'keda.triggers.0.metadata.queueLength'],
  ])('%s', (options, code, place) => {
    expect(codes(options)).toContainEqual([code, place]);
  });

  it('requests per second of pods that read a queue', () => {
    const target = 'target: { type: AverageValue, averageValue: 5 }';
    const metric = `{ type: Pods, pods: { metric: { name: http_requests_per_second }, ${target} } }`;
    expect(codes(`${POD}, ${QUEUE}, hpa: { maxReplicas: 3, metrics: [${metric}] }`)).toEqual([
      ['conflicting-keys', 'hpa.metrics'],
    ]);
  });
});
