import { describe, expect, it } from 'vitest';
import { refusals, runEcs } from './fixtures.ts';

const capacityAt = (it: ReturnType<typeof runEcs>) => it.timeseries.columns.capacity;
const INSTANT = 'pull: 0s, applicationStart: 0s';

function onHosts(provider: string, options: string): string {
  return `launchType: EC2, capacityProvider: { instanceType: m7g.large${provider} }, ${options}`;
}

const SMALL = 'cpu: 512, memory: 1024';

it.each([
  // One task without a limit has a host of two vCPUs for itself, though eight would fit there.
  ['10/s', 'nothing'], // 0.5 vCPUs
  ['39/s', 'cpu'], // 1.95
])('the CPU of a host limits the service where it is used up: at %s by %s', (rate, limitedBy) => {
  const provider = '{ instanceType: m7g.large, enableTaskCpuMemLimit: false, minSize: 1, maxSize: 1 }';
  const options = `launchType: EC2, cpu: 256, memory: 512, capacityProvider: ${provider}`;
  const told = runEcs(options, { rate, duration: '20m', workload: '{ cpu: 50ms }' });
  expect(told.limitedBy).toBe(limitedBy);
});

describe('ECS on EC2', () => {
  it('pays for hosts, not for tasks', () => {
    // Eight tasks of half a vCPU fill two hosts of two vCPUs.
    const it = runEcs(onHosts('', `${SMALL}, desiredCount: 8`), { rate: '0/s' });
    const usd = Object.fromEntries(it.cost.lines.map((line) => [line.id, line.usd]));
    expect(Object.keys(usd)).toEqual(['ebs.gp3', 'ec2.instance.m7g.large', 'vpc.public-ipv4']);
    expect(usd['ec2.instance.m7g.large']).toBeCloseTo(2 * 730 * 0.0816, 9);
    expect(usd['ebs.gp3']).toBeCloseTo(2 * 20 * 0.08, 9);
    expect(usd['vpc.public-ipv4']).toBeCloseTo(2 * 730 * 0.005, 9);
    expect(it.hosts).toMatchObject({ mean: 2, max: 2, started: 2 });
  });

  it('tells what of the hosts was paid and not requested, and requested and not used', () => {
    // Three tasks request 1.5 of the two vCPUs of one host; requests keep 0.3 of a vCPU busy.
    const options = onHosts('', `${SMALL}, desiredCount: 3`);
    const it = runEcs(options, { rate: '3/s', workload: '{ cpu: 100ms }' });
    expect(it.hosts!.unrequestedFraction).toBeCloseTo(0.25, 9);
    expect(it.hosts!.unusedFraction).toBeCloseTo((1.5 - 0.3) / 2, 3);
    expect(it.hosts!.utilization).toBeCloseTo(0.3 / 2, 3);
    expect(it.hosts!.busyMean).toBeCloseTo(0.3 / 2, 3);
  });

  it('registered memory is less than nominal: of 8,192 MiB 7,984, so seven tasks of 1,024', () => {
    const tasks = (count: number) =>
      runEcs(onHosts('', `cpu: 128, memory: 1024, desiredCount: ${count}`), { rate: '0/s' });
    expect(tasks(7).hosts!.mean).toBe(1);
    expect(tasks(8).hosts!.mean).toBe(2);
  });

  it('a task has its CPU units to itself', () => {
    const it = runEcs(onHosts('', `${SMALL}, desiredCount: 4`), { rate: '1/s', workload: '{ cpu: 100ms }' });
    expect(it.latencyMs.max).toBe(200);
  });

  it('says that hosts of a burstable type are taken to have CPU credits', () => {
    const told = (options: string) => runEcs(options, { rate: '0/s' }).notModelled.join();
    expect(told(onHosts('', `${SMALL}`))).toContain('CPU credits');
    expect(told(SMALL)).not.toContain('CPU credits');
  });

  const shared = (options: string) => onHosts(', enableTaskCpuMemLimit: false', options);

  it('or may use what is idle on its host', () => {
    const one = { rate: '1/s', workload: '{ cpu: 100ms }' };
    expect(runEcs(shared(`${SMALL}, desiredCount: 4`), one).latencyMs.max).toBe(100);
    const two = { rate: '1/s', workload: '{ cpu: 100ms, threads: 2 }' };
    expect(runEcs(shared(`${SMALL}, desiredCount: 4`), two).latencyMs.max).toBe(50);
  });

  it('and of a busy host has its share: four requests at once on two vCPUs', () => {
    const streams = ['a', 'b', 'c', 'd'].map(
      (name) => `  ${name}: { executor: constant-arrival-rate, rate: 1/s }`,
    );
    const it = runEcs(shared(`${SMALL}, desiredCount: 4`), {
      workload: '{ cpu: 100ms }',
      more: '',
      traffic: streams.map((line) => line.replace('}', ', arrivals: uniform }')).join('\n'),
    });
    expect(it.latencyMs.p50).toBe(200);
    expect(it.latencyMs.max).toBe(200);
  });

  it('then utilisation of what is reserved may exceed 100 %: the service grows beyond what it would', () => {
    // One task reserves half a vCPU and keeps a whole one busy: 200 % against a target of 50 %.
    const policy = 'targetTracking: { metric: ECSServiceAverageCPUUtilization, targetValue: 50 }';
    const options = `${SMALL}, desiredCount: 1, maxCapacity: 8, ${policy}`;
    const load = { rate: '10/s', workload: '{ cpu: 100ms }', duration: '10m' };
    const most = (text: string) => runEcs(text, load).timeseries.columns.capacity[3];
    // In the fourth minute three tasks come; to one that is held to half a vCPU, 100 % busy, comes one.
    expect(most(shared(options))).toBeGreaterThan(2);
    expect(most(onHosts('', options))).toBeLessThan(2);
  });

  it('distinctInstance: a host for each task', () => {
    const options = onHosts(
      '',
      `${SMALL}, desiredCount: 3, placementConstraints: [{ type: distinctInstance }]`,
    );
    expect(runEcs(options, { rate: '0/s' }).hosts!.mean).toBe(3);
  });

  it('a target below 100 keeps empty hosts', () => {
    const options = onHosts(', targetCapacity: 50', `${SMALL}, desiredCount: 8`);
    expect(runEcs(options, { rate: '0/s' }).hosts!.mean).toBe(4);
  });
});

describe('tasks without room', () => {
  const grow = (more: string) =>
    onHosts(
      `, minSize: 1, pending: 20s, boot: 30s${more}`,
      `${SMALL}, desiredCount: 4, ${INSTANT},
       scheduled: [{ at: 2026-01-05T00:10:00Z, minCapacity: 8, maxCapacity: 8 }]`,
    );

  it('wait until managed scaling has seen them, and a host has booted and registered', () => {
    const it = runEcs(grow(''), { rate: '0/s', duration: '30m' });
    const tasks = capacityAt(it);
    expect(tasks[9]).toBe(4);
    // Ordered at 10:00, seen at 11:00 (a metric each minute), 50 s for the host, 1–5 s for the container.
    expect(tasks[10]).toBe(4);
    expect(tasks[11]).toBeGreaterThan(4);
    expect(tasks[11]).toBeLessThan(5);
    expect(tasks[12]).toBe(8);
    expect(it.hosts!.max).toBe(2);
  });

  it('stay where they are when the group may not grow', () => {
    const it = runEcs(grow(', maxSize: 1'), { rate: '0/s', duration: '30m' });
    expect(it.capacity.max).toBe(4);
  });

  it('are not those that only wait for their turn to be launched: these ask for no host', () => {
    // Twenty hosts hold eighty tasks. Fifty-nine more are ordered a second before the metric is read, of
    // which a service may launch 500 a minute.
    const options = onHosts(
      ', minSize: 20, maxSize: 100',
      `${SMALL}, desiredCount: 1, maxCapacity: 60,
       scheduled: [{ at: 2026-01-05T00:05:59Z, minCapacity: 60 }]`,
    );
    const it = runEcs(options, { rate: '0/s', duration: '15m' });
    expect(it.capacity.max).toBe(60);
    expect(it.hosts!.started).toBe(20);
  });

  it('an image is pulled once for each host: tasks that come later find it there', () => {
    const options = onHosts(
      ', minSize: 1, pending: 0s, boot: 0s',
      `${SMALL}, desiredCount: 2, start: empty, pull: 100s, applicationStart: 0s,
       scheduled: [{ at: 2026-01-05T00:10:00Z, minCapacity: 4, maxCapacity: 4 }]`,
    );
    const tasks = capacityAt(runEcs(options, { rate: '0/s', duration: '15m' }));
    expect(tasks[0]).toBe(0);
    expect(tasks[2]).toBe(2);
    // 1–5 s after the order.
    expect(tasks[10]).toBeGreaterThan(4 - (2 * 5) / 60 - 1e-9);
  });

  it('hosts without a task leave after fifteen minutes below the target', () => {
    const options = onHosts(
      '',
      `${SMALL}, desiredCount: 16, minCapacity: 4, maxCapacity: 16,
       placementStrategy: [{ type: binpack, field: cpu }],
       scheduled: [{ at: 2026-01-05T00:10:00Z, minCapacity: 4, maxCapacity: 4 }]`,
    );
    const it = runEcs(options, { rate: '0/s', duration: '1h' });
    // Four hosts; three are empty from 10:00 on. The fifteenth point is that of 24:00 or 25:00: two leave
    // then, at most half, and one a minute later.
    const [least, most] = [4 * 24 + 2 + 1 * 35, 4 * 25 + 2 + 1 * 34];
    expect(it.hosts!.mean * 60).toBeGreaterThanOrEqual(least - 1e-6);
    expect(it.hosts!.mean * 60).toBeLessThanOrEqual(most + 1e-6);
  });
});

describe('ECS cluster scaling never grows for a task larger than its instance type', () => {
  it.each([
    ['cpu: 4096, memory: 1024', 'cpu'],
    ['cpu: 512, memory: 8192', 'memory'],
  ])('%s on m7g.large is refused: it would wait for ever', (size, key) => {
    const found = refusals(onHosts('', size));
    expect(found.map((each) => [each.code, each.key])).toEqual([['does-not-fit', key]]);
    expect(found[0]!.help).toContain('never placed');
  });
});

describe('what is refused', () => {
  it.each([
    [`launchType: EC2, ${SMALL}`, 'no-hosts', 'launchType'],
    [onHosts('', `${SMALL}, architectures: [x86_64]`), 'does-not-fit', 'architectures'],
    [onHosts('', `${SMALL}, ephemeralStorage: 30`), 'wrong-launch-type', 'ephemeralStorage'],
    [onHosts('', `${SMALL}, provisioning: 10s`), 'wrong-launch-type', 'provisioning'],
    [onHosts('', `${SMALL}, soci: true`), 'wrong-launch-type', 'soci'],
    [onHosts(', minSize: 3, maxSize: 2', SMALL), 'out-of-range', 'capacityProvider.minSize'],
    [
      onHosts('', SMALL).replace('m7g.large', 'm7g.lrge'),
      'unknown-instance-type',
      'capacityProvider.instanceType',
    ],
    [
      onHosts(', minimumScalingStepSize: 3, maximumScalingStepSize: 2', SMALL),
      'out-of-range',
      'capacityProvider.minimumScalingStepSize',
    ],
    [
      'cpu: 512, memory: 1024, placementStrategy: [{ type: random }]',
      'wrong-launch-type',
      'placementStrategy',
    ],
    [
      'cpu: 512, memory: 1024, placementConstraints: [{ type: distinctInstance }]',
      'wrong-launch-type',
      'placementConstraints',
    ],
    [
      'cpu: 512, memory: 1024, capacityProvider: { instanceType: m7g.large }',
      'wrong-launch-type',
      'capacityProvider',
    ],
  ])('%s', (options, code, key) => {
    expect(refusals(options).map((each) => [each.code, each.key])).toEqual([[code, key]]);
  });
});
