import { describe, expect, it } from 'vitest';
import {
  KINDS,
  lineOf,
  many,
  queue,
  refusals,
  runAll,
  runOne,
  service,
  tasksFor,
  WORKERS,
  workers,
} from './worker-run.ts';

describe('what a queue is charged for', () => {
  const silent = { stream: 'executor: constant-arrival-rate, rate: 0/s', workload: 'cpu: 1s' };

  it('a poll of 20 s for each worker that waits: 129,600 in 30 days', () => {
    const it = runOne(service(3, queue()), { ...silent, duration: '30d' });
    expect(lineOf(it, 'sqs.requests')).toBe(3 * 129_600);
    const often = runOne(service(1, queue('waitTimeSeconds: 5')), { ...silent, duration: '1h' });
    expect(lineOf(often, 'sqs.requests')).toBe(720);
  });

  it.each([
    ['1KB', 1 + 1 + 1],
    ['64KiB', 1 + 1 + 1],
    ['65KiB', 2 + 2 + 1],
    ['1MiB', 16 + 16 + 1],
  ])('sends, receives and deletes of a message of %s: %i requests', (payload, each) => {
    const it = runOne(tasksFor(queue()), {
      stream: 'executor: constant-arrival-rate, rate: 1/min, arrivals: uniform',
      workload: `cpu: 0s, payload: { in: ${payload} }`,
      duration: '100m',
    });
    // Three polls a minute, of which the message ends the last at the moment at which it would end.
    expect(lineOf(it, 'sqs.requests')).toBe(100 * each + 300);
  });

  it('one call for up to ten messages that are there', () => {
    // All 25 are there when the first task comes into service; then one at a time as there is room.
    const it = runOne(
      `${WORKERS.ecs}, desiredCount: 1, start: empty, provisioning: 0s, pull: 5s, ${queue()}`,
      {
        workload: 'cpu: 0s, wait: 1s, payload: { in: 1KB }',
        at: many(25),
        duration: '25s',
      },
    );
    expect(lineOf(it, 'sqs.requests')).toBe(25 + (1 + 15) + 25);
  });
});

describe('limits', () => {
  it('no more than 120,000 messages are received and not deleted', () => {
    const parts = { workload: 'cpu: 0s, wait: 10m', at: many(120_003), duration: '9m' };
    const it = runOne(service(1, `concurrency: 200000, ${queue('visibilityTimeout: 1h')}`), parts);
    expect(it.timeseries.columns.queue[5]).toBe(3);
    expect(it.limitedBy).toBe('quota');
  });

  it('a growing queue warns, and says what it lacks', () => {
    const overloaded = (workload: string) =>
      runAll({
        workload,
        stream: 'executor: constant-arrival-rate, rate: 2/s',
        duration: '30m',
        platforms: { it: tasksFor(queue('visibilityTimeout: 1h')) },
      });
    const busy = overloaded('cpu: 1s');
    expect(busy.warnings.map(({ code }) => code)).toEqual(['overload']);
    expect(busy.platforms.it!.limitedBy).toBe('cpu');
    expect(overloaded('cpu: 0s, wait: 1s').platforms.it!.limitedBy).toBe('concurrency');
  });
});

describe('what SQS refuses is refused:', () => {
  it.each([
    ['visibilityTimeout: 13h', 'out-of-range', 'visibilityTimeout', /43,200/],
    ['visibilityTimeout: 0s', 'out-of-range', 'visibilityTimeout', /0 hides nothing/],
    ['messageRetentionPeriod: 15d', 'out-of-range', 'messageRetentionPeriod', /1,209,600/],
    ['messageRetentionPeriod: 59s', 'out-of-range', 'messageRetentionPeriod', /1,209,600/],
    ['waitTimeSeconds: 21', 'invalid-value', 'waitTimeSeconds', /^/],
    ['maxReceiveCount: 0', 'invalid-value', 'maxReceiveCount', /^/],
    ['loadBalancing: round_robin', 'unknown-key', 'loadBalancing', /^/],
  ])('%s', (option, code, key, help) => {
    for (const kind of KINDS) {
      const [found, ...others] = refusals(workers(kind, 1, queue(option)));
      expect(found?.slice(0, 2)).toEqual([code, `frontDoor.${key}`]);
      expect(found?.[2] ?? '').toMatch(help);
      expect(others).toEqual([]);
    }
  });

  it('what workers of a queue have no use for', () => {
    expect(refusals(tasksFor(`backlog: 5, ${queue()}`))[0]).toEqual([
      'conflicting-keys',
      'backlog',
      'remove it; `messageRetentionPeriod` says for how long a message may wait',
    ]);
    const users = { stream: 'executor: constant-vus, vus: 1, thinkTime: 1s' };
    expect(refusals(tasksFor(queue()), users)[0]?.[0]).toBe('no-answer');
    const large = { workload: 'cpu: 1s, payload: { in: 2MB }' };
    expect(refusals(tasksFor(queue()), large)[0]?.[0]).toBe('payload-too-large');
    const tracking = 'maxCapacity: 4, targetTracking: { metric: ALBRequestCountPerTarget, targetValue: 10 }';
    expect(refusals(`${WORKERS.ecs}, ${tracking}, ${queue()}`)[0]?.[0]).toBe('needs-load-balancer');
  });
});
