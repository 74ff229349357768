import { describe, expect, it } from 'vitest';
import { many, refusals, runOne } from './worker-run.ts';

const SERVICE =
  'type: ecs, cpu: 1024, memory: 2048, provisioning: 0s, pull: 10s, applicationStart: 10s, concurrency: 1, ' +
  'frontDoor: { type: sqs, visibilityTimeout: 1h }';
const GROUP =
  'type: ec2, instanceType: c7g.medium, pending: 10s, boot: 5s, applicationStart: 5s, concurrency: 1, ' +
  'frontDoor: { type: sqs, visibilityTimeout: 1h }';

/** One step on the number of visible messages. */
const step = (condition: string, adjustment: string) =>
  `{ metric: ApproximateNumberOfMessagesVisible, ${condition}, ${adjustment} }`;
const exactly = (bound: string, capacity: number) =>
  `adjustmentType: ExactCapacity, steps: [{ ${bound}: 0, adjustment: ${capacity} }]`;
const BY_ONE = 'adjustmentType: ChangeInCapacity, adjustment: 1';
const ABOVE = 'comparison: GreaterThanOrEqualToThreshold';
const BELOW = 'comparison: LessThanThreshold';

describe('target tracking of the backlog of a worker', () => {
  // Acceptable latency 10 min, 1 min each: an acceptable backlog of 10 messages a worker.
  const tracked = (platform: string, metric: string, more: string) =>
    runOne(`${platform}, ${more}, targetTracking: { metric: ${metric}, targetValue: 10 }`, {
      workload: 'cpu: 0s, wait: 60s',
      at: many(103, 30),
      duration: '10m',
    });

  it.each([
    ['ecs', SERVICE, 'BacklogPerTask', 'desiredCount: 2, minCapacity: 1, maxCapacity: 50'],
    ['ec2', GROUP, 'BacklogPerInstance', 'minSize: 2, maxSize: 50'],
  ])('%s: three minutes above it, then as many as hold it', (_type, platform, metric, more) => {
    const { timeseries, requests } = tracked(platform, metric, more);
    // 101 messages are visible at 1 min, 99 at 2 min, 97 at 3 min: ceil(97 / 10) = 10 workers, which serve
    // 20 s later.
    const { capacity } = timeseries.columns;
    expect(capacity.slice(0, 3)).toEqual([2, 2, 2]);
    // Not quite: the account launches its tasks one after the other.
    expect(capacity[3]).toBeCloseTo(2 + (8 * 40) / 60, 0);
    expect(capacity[4]).toBe(10);
    expect(requests.failed).toBe(0);
  });

  it('scales to none when nothing waits, and not from none: no workers give no data point', () => {
    const platform =
      `${SERVICE}, desiredCount: 2, minCapacity: 0, maxCapacity: 5, ` +
      'targetTracking: { metric: BacklogPerTask, targetValue: 10 }';
    const at = [0, 1800];
    const it = runOne(platform, { workload: 'cpu: 1s', at, duration: '1h' });
    expect(it.timeseries.columns.capacity.slice(16, 20)).toEqual([0, 0, 0, 0]);
    expect(it.requests).toMatchObject({ completed: 1, inFlight: 1 });
    expect(it.limitedBy).toBe('scaling-speed');
  });
});

describe('step scaling on ApproximateNumberOfMessagesVisible', () => {
  const policies =
    'stepScaling: [' +
    `${step(`threshold: 1, ${ABOVE}`, exactly('lowerBound', 1))}, ` +
    `${step(`threshold: 1, ${BELOW}, evaluationPeriods: 3`, exactly('upperBound', 0))}]`;

  it.each([
    ['ecs', `${SERVICE}, minCapacity: 0, maxCapacity: 1`],
    ['ec2', `${GROUP}, minSize: 0, maxSize: 1, defaultInstanceWarmup: 0s`],
  ])('%s: from none to one at the next minute, and to none again', (_type, platform) => {
    const it = runOne(
      `${platform}, desired${platform.includes('ec2') ? 'Capacity' : 'Count'}: 0, ${policies}`,
      {
        workload: 'cpu: 1s',
        at: [90],
        duration: '20m',
      },
    );
    // Sent at 90 s, seen at 120 s, served from 140 s on.
    expect(it.latencyMs.max).toBe(51_000);
    const { capacity } = it.timeseries.columns;
    expect(capacity.slice(0, 3)).toEqual([0, 0, 40 / 60].map((each) => expect.closeTo(each, 6)));
    expect(capacity.slice(-3)).toEqual([0, 0, 0]);
    expect(it.capacity.started).toBe(1);
    expect(it.requests.completed).toBe(1);
  });

  it('counts what can be received, not what is being handled', () => {
    const grow = step(
      `threshold: 10, ${ABOVE}`,
      'adjustmentType: ChangeInCapacity, steps: [{ lowerBound: 0, adjustment: 1 }]',
    );
    const run = (messages: number) =>
      runOne(`${SERVICE}, desiredCount: 1, maxCapacity: 2, stepScaling: [${grow}]`, {
        workload: 'cpu: 0s, wait: 5m',
        at: many(messages, 1),
        duration: '5m',
      }).capacity.max;
    expect(run(10)).toBe(1);
    expect(run(11)).toBe(2);
  });
});

describe('what is refused', () => {
  it.each([
    [
      SERVICE,
      'maxCapacity: 9, targetTracking: { metric: BacklogPerTask, targetValue: 10 }',
      'targetTracking.metric',
    ],
    [
      GROUP,
      'maxSize: 9, targetTracking: { metric: BacklogPerInstance, targetValue: 10 }',
      'targetTracking.metric',
    ],
    [
      GROUP,
      `maxSize: 9, stepScaling: [${step(`threshold: 1, ${ABOVE}`, exactly('lowerBound', 1))}]`,
      'stepScaling.0.metric',
    ],
    [
      GROUP,
      `maxSize: 9, simpleScaling: [${step(`threshold: 1, ${ABOVE}`, BY_ONE)}]`,
      'simpleScaling.0.metric',
    ],
  ])('a metric of a queue where there is none', (platform, policy, place) => {
    const without = platform.replace(/frontDoor: \{.*?\}/, 'frontDoor: none');
    expect(refusals(`${without}, ${policy}`)).toEqual([['needs-queue', place, 'add `frontDoor: sqs`']]);
    expect(refusals(`${platform}, ${policy}`)).toEqual([]);
  });
});
