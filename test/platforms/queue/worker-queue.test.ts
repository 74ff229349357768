import { describe, expect, it } from 'vitest';
import { simulate } from '../../../sim/index.ts';
import { KINDS, many, queue, runAll, runOne, service, tasksFor, WORKERS, workers } from './worker-run.ts';

describe.each(KINDS)('%s: messages', (kind) => {
  it('wait in one line for all workers, first in, first out', () => {
    const parts = { workload: 'cpu: 1s', at: many(6), duration: '10s' };
    const { latencyMs, requests } = runOne(workers(kind, 2, `concurrency: 1, ${queue()}`), parts);
    // Two at a time, a second each.
    expect(latencyMs).toMatchObject({ mean: 2000, max: 3000 });
    expect(requests).toMatchObject({ completed: 6, attempts: 6, deadLetters: 0 });
  });

  it('are held ten at a time where `concurrency` does not say', () => {
    const parts = { workload: 'cpu: 0s, wait: 10s', at: many(25), duration: '1m' };
    const { latencyMs } = runOne(workers(kind, 1, queue()), parts);
    expect(latencyMs).toMatchObject({ mean: (10 * 10 + 10 * 20 + 5 * 30) * 40, max: 30_000 });
  });
});

describe.each([
  ['ec2', `${workers('ec2', 2, 'availabilityZones: [a, b]')}`],
  ['ecs', `${workers('ecs', 2, 'availabilityZones: [a, b]')}`],
  [
    'eks',
    'type: eks, replicas: 2, resources: { requests: { cpu: 900m }, limits: { cpu: "1" } }, ' +
      'nodes: { type: managedNodeGroup, instanceType: c7g.medium, minSize: 2, maxSize: 4, ' +
      'availabilityZones: [a, b] }',
  ],
])('%s: a worker that is lost with its zone', (_type, platform) => {
  const lost = (door: string) =>
    runOne(`${platform}, concurrency: 1, ${door}`, {
      workload: 'cpu: 0s, wait: 20s',
      at: [0, 0],
      duration: '10m',
      more: 'faults: [{ at: 10s, kind: az-loss, zone: a, duration: 9m }]',
    });

  it('gives its message back, and nothing is interrupted', () => {
    expect(lost('frontDoor: none').requests).toMatchObject({ completed: 1, failures: { interrupted: 1 } });
    const { requests, latencyMs } = lost(queue('visibilityTimeout: 1m'));
    expect(requests).toMatchObject({ completed: 2, failed: 0, attempts: 3 });
    // One after 20 s; the other is visible again after a minute, and takes 20 s then.
    expect(latencyMs).toMatchObject({ mean: 50_000, max: 80_000 });
  });
});

it('go to the worker whose poll has waited longest, so that they spread', () => {
  const parts = { workload: 'cpu: 1s', at: [0, 0, 5, 5], duration: '10s' };
  // Of two on one vCPU each would take two seconds.
  expect(runOne(service(2, `concurrency: 2, ${queue()}`), parts).latencyMs.max).toBe(1000);
  expect(runOne(service(1, `concurrency: 2, ${queue()}`), parts).latencyMs.max).toBe(2000);
});

it('the front door adds its latency to each of them', () => {
  const parts = { workload: 'cpu: 1s', at: [0, 5], duration: '10s' };
  expect(runOne(tasksFor(queue('latency: 25ms')), parts).latencyMs).toMatchObject({ p50: 1025, max: 1025 });
});

it('of several workloads are in one queue', () => {
  const { requests, latencyMs } = simulate(`
    version: 1
    duration: 10s
    workloads: { long: { cpu: 0s, wait: 3s }, short: { cpu: 1s } }
    traffic:
      a: { executor: constant-arrival-rate, rate: 1/10s, arrivals: uniform, workload: long }
      b: { executor: constant-arrival-rate, rate: 1/10s, arrivals: uniform, workload: short }
    platforms: { it: { ${tasksFor(queue())} } }`).platforms.it!;
  expect(requests.completed).toBe(2);
  // The short one waits for the long one.
  expect(latencyMs).toMatchObject({ mean: 3500, max: 4000 });
});

describe('a message that is not handled', () => {
  const source = 'visibilityTimeout: 30s, maxReceiveCount: 3';
  const failing = (duration: string) =>
    runOne(tasksFor(queue(source)), { workload: 'cpu: 0s, errorRate: 1', at: [0], duration });

  it('comes back after the visibility timeout, and goes to the dead letters in the end', () => {
    // Received at 0, 30 and 60 s; at 90 s it would be for the fourth time.
    expect(failing('59s').requests).toMatchObject({ attempts: 2, inFlight: 1, deadLetters: 0 });
    expect(failing('89s').requests).toMatchObject({ attempts: 3, inFlight: 1, deadLetters: 0 });
    const done = { attempts: 3, failed: 1, failures: { error: 1 }, deadLetters: 1 };
    expect(failing('91s').requests).toMatchObject(done);
  });

  it('is handled a geometric number of times where its code fails at random', () => {
    const { requests, limitedBy } = runOne(service(4, queue('visibilityTimeout: 10s')), {
      workload: 'cpu: 1ms, errorRate: 0.2',
      stream: 'executor: constant-arrival-rate, rate: 100/s, duration: 5m',
      duration: '1h',
    });
    expect(requests).toMatchObject({ completed: requests.arrived, failed: 0 });
    // 1 / 0.8 tries with a variance of 0.2 / 0.64: 99 % within 2.58 × 0.559 / √30,000.
    expect(Math.abs(requests.attempts / requests.arrived - 1.25)).toBeLessThan(0.0084);
    // Those that are hidden for their time are waiting for no worker.
    expect(limitedBy).toBe('nothing');
  });

  it('is lost when its retention period is over, whether anybody reads the queue or not', () => {
    const idle = `${WORKERS.ecs}, desiredCount: 0, maxCapacity: 1, ${queue('messageRetentionPeriod: 100s')}`;
    const unread = (duration: string) => runOne(idle, { workload: 'cpu: 1s', at: [0], duration });
    expect(unread('100s').requests).toMatchObject({ inFlight: 1, failed: 0 });
    // Deleted, not moved: no dead-letter queue sees it.
    expect(unread('101s').requests).toMatchObject({ failures: { agedOut: 1 }, deadLetters: 0 });
    const source = 'visibilityTimeout: 30s, messageRetentionPeriod: 100s';
    const parts = { workload: 'cpu: 0s, errorRate: 1', at: [0], duration: '200s' };
    // Received at 0, 30, 60 and 90 s; when it is visible again at 120 s it is too old.
    expect(runOne(tasksFor(queue(source)), parts).requests).toMatchObject({
      attempts: 4,
      failures: { agedOut: 1 },
    });
  });

  it('is lost at that age behind younger ones too, where it stands once it has come back', () => {
    const { requests } = simulate(
      `
      version: 1
      duration: 110s
      workloads: { fails: { cpu: 0s, errorRate: 1 }, long: { cpu: 0s, wait: 90s } }
      traffic:
        a: { executor: replay, format: timestamps, file: a.txt, workload: fails }
        b: { executor: replay, format: timestamps, file: b.txt, workload: long }
      platforms: { it: { ${tasksFor(queue('visibilityTimeout: 95s, messageRetentionPeriod: 100s'))} } }`,
      { readFile: (path) => (path === 'a.txt' ? '0' : '10\n20\n25') },
    ).platforms.it!;
    // Back at 95 s behind those of 20 and 25 s, of which the worker takes one at 100 s.
    expect(requests).toMatchObject({ completed: 1, failures: { agedOut: 1 }, inFlight: 2, attempts: 4 });
  });
});

describe('handling that takes longer than the visibility timeout', () => {
  const parts = { workload: 'cpu: 0s, wait: 40s', at: [0], duration: '5m' };
  const source = 'visibilityTimeout: 30s, maxReceiveCount: 3';

  it('is begun again by another worker, and its own end deletes nothing', () => {
    // Received at 0, 30 and 60 s, each time by who is idle; ended in vain at 40, 70 and 100 s.
    const { requests } = runOne(service(2, `concurrency: 1, ${queue(source)}`), parts);
    expect(requests).toMatchObject({ attempts: 3, failures: { timedOut: 1 }, deadLetters: 1 });
  });

  it('still deletes the message where nobody has received it again', () => {
    const { requests, latencyMs } = runOne(tasksFor(queue(source)), parts);
    expect(requests).toMatchObject({ attempts: 1, completed: 1 });
    expect(latencyMs.max).toBe(40_000);
  });

  it('is in time when both end at one instant', () => {
    const { requests } = runOne(service(2, queue('visibilityTimeout: 40s')), parts);
    expect(requests).toMatchObject({ attempts: 1, completed: 1 });
  });
});

describe('a worker that is told to go', () => {
  const leaving = (stopTimeout: string) =>
    runOne(
      `${WORKERS.ecs}, minCapacity: 1, maxCapacity: 2, desiredCount: 2, concurrency: 1, ` +
        `stopTimeout: ${stopTimeout}, ${queue('visibilityTimeout: 60s')}, ` +
        'scheduled: [{ at: 2026-01-05T00:00:10Z, maxCapacity: 1 }]',
      { workload: 'cpu: 0s, wait: 20s', at: [0, 0, 12], duration: '5m' },
    );

  it('finishes what it holds, and receives no more', () => {
    const { requests, latencyMs } = leaving('30s');
    expect(requests).toMatchObject({ completed: 3, attempts: 3 });
    // The third waits for the one that stays: from 12 to 20 s, and 20 s.
    expect(latencyMs.max).toBe(28_000);
  });

  it('gives back what it cannot finish in time', () => {
    const { requests, latencyMs } = leaving('5s');
    expect(requests).toMatchObject({ completed: 3, attempts: 4, failed: 0 });
    // Stopped at 15 s; visible again at 60 s, when the other is idle.
    expect(latencyMs.max).toBe(80_000);
  });
});

describe('capacity that is taken back', () => {
  it.each([
    ['ecs', 'type: ecs, cpu: 256, memory: 512, launchType: FARGATE_SPOT, desiredCount: 5'],
    ['ec2', 'type: ec2, instanceType: c7g.medium, purchase: spot, minSize: 5'],
  ])('%s: what cannot be finished within the notice comes back, and nothing is lost', (_type, spot) => {
    // A worker lives for seven minutes in the mean, a message takes three, the notice is two.
    const { requests } = runOne(`${spot}, interruptionsPerMonth: 6000, ${queue('visibilityTimeout: 4m')}`, {
      workload: 'cpu: 0s, wait: 3m',
      stream: 'executor: constant-arrival-rate, rate: 6/min, duration: 2h',
      duration: '5h',
    });
    expect(requests).toMatchObject({ completed: requests.arrived, failed: 0, deadLetters: 0 });
    // Lost are those of which less than a minute is done when the worker is told: 1 − e^(−60 / 438) = 0.128
    // of all, each time, so 0.147 more. Ten are lost together: a wide interval.
    const again = requests.attempts / requests.arrived - 1;
    expect(again).toBeGreaterThan(0.05);
    expect(again).toBeLessThan(0.3);
  });
});

it('clients that give up or send again do not wait for a queue', () => {
  const parts = { at: many(5), duration: '10s' };
  const plain = runOne(tasksFor(queue()), { ...parts, workload: 'cpu: 1s' });
  const impatient = runOne(tasksFor(queue()), {
    ...parts,
    workload: 'cpu: 1s, timeout: 1s, queueTimeout: 100ms, retries: {}',
  });
  expect(impatient.requests).toEqual(plain.requests);
  expect(impatient.latencyMs).toEqual(plain.latencyMs);
  expect(impatient.assumptions.join()).toMatch(/do not apply: senders of events do not wait/);
  expect(plain.assumptions.join()).not.toMatch(/do not apply/);
});

describe('Lambda with `invocation: sqs` and a service with the same queue', () => {
  const lambda =
    'type: lambda, memorySize: 1769, invocation: sqs, timeout: 30s, accountConcurrency: none, ' +
    'coldStart: { setup: 0s, init: 0s }, keepAlive: { idle: none }, ' +
    'eventSource: { batchSize: 1, visibilityTimeout: 30s, maxReceiveCount: 2 }';

  it('see the same messages, with the same work, and lose the same ones', () => {
    const { platforms } = runAll({
      workload: 'cpu: { distribution: exponential, mean: 200ms }, wait: 50ms, errorRate: 0.3',
      stream: 'executor: constant-arrival-rate, rate: 2/s, duration: 30m',
      duration: '40m',
      platforms: {
        lambda,
        service: service(20, `concurrency: 1, ${queue('visibilityTimeout: 30s, maxReceiveCount: 2')}`),
      },
    });
    const [theirs, ours] = [platforms.lambda!, platforms.service!];
    // Five batches at a time are enough for 0.5 at a time, and so are twenty tasks: nearly none waits.
    expect(ours.requests).toEqual(theirs.requests);
    expect(Math.abs(ours.latencyMs.mean! - theirs.latencyMs.mean!)).toBeLessThan(1);
    expect(ours.timeseries.columns.arrivals).toEqual(theirs.timeseries.columns.arrivals);
  });
});
