import { describe, expect, it } from 'vitest';
import { runEcs } from './fixtures.ts';

/** Tasks in service in each minute; the launches of one order are milliseconds apart. */
const capacityAt = (it: ReturnType<typeof runEcs>) =>
  it.timeseries.columns.capacity.map((tasks) => Math.round(tasks * 10) / 10);
const INSTANT = 'provisioning: 0s, pull: 0s, applicationStart: 0s';

describe('CPU of a task', () => {
  it.each([
    [256, 512, 400],
    [512, 1024, 200],
    [1024, 2048, 100],
    [4096, 8192, 100],
  ])('%d units: 100 ms of work take %d MB tasks %d ms', (cpu, memory, ms) => {
    const it = runEcs(`cpu: ${cpu}, memory: ${memory}`, { workload: '{ cpu: 100ms }', rate: '1/s' });
    expect(it.latencyMs.p50).toBe(ms);
    expect(it.latencyMs.max).toBe(ms);
    expect(it.capacity.utilization).toBeCloseTo(0.1 / (cpu / 1024), 3);
  });
});

describe('start of tasks', () => {
  it('an empty service fills at the launch rate of the account', () => {
    const limits = 'launchRate: { perService: 1000000/s }';
    const options = `cpu: 256, memory: 512, desiredCount: 400, start: empty, ${INSTANT}, ${limits}`;
    const it = runEcs(options, { duration: '60s', rate: '0/s' });
    // 100 at once, 20 a second for the other 300: all there after 15 s, on average 7.525 s late.
    expect(it.capacity.max).toBe(400);
    expect(it.capacity.mean * 60).toBeCloseTo(400 * 60 - 300 * 7.525, 1);
  });

  it('a service alone gets no more than its limit in a minute', () => {
    const options = `cpu: 256, memory: 512, desiredCount: 60, start: empty, ${INSTANT}`;
    const limits = 'launchRate: { burstLimit: 1000, rateLimit: 1000/s, perService: 20/min }';
    const it = runEcs(`${options}, ${limits}`, { duration: '3m', rate: '0/s' });
    // One each three seconds, the first at once.
    expect(capacityAt(it)).toEqual([10.5, 30.5, 50.5]);
    expect(it.capacity.max).toBe(60);
  });

  it('requests find no one before the first task serves', () => {
    const options =
      'cpu: 256, memory: 512, start: empty, provisioning: 10s, pull: 40s, applicationStart: 10s';
    const it = runEcs(options, { duration: '2m', rate: '1/s' });
    expect(it.requests.failures).toEqual({ rejected: 60 });
  });
});

describe('service auto scaling', () => {
  const scaled = (policy: string, more = '') =>
    `cpu: 1024, memory: 2048, minCapacity: 2, maxCapacity: 20, ${INSTANT}, ${more}
     targetTracking: { metric: ECSServiceAverageCPUUtilization, targetValue: 50, ${policy} }`;
  const load = (rate: string, duration = '1h') => ({ rate, duration, workload: '{ cpu: 100ms }' });

  it('three points above the target: grows in proportion', () => {
    // 16 requests a second keep 1.6 of two vCPUs busy: 80 %, and ceil(2 × 80 / 50) = 4.
    const it = runEcs(scaled(''), load('16/s'));
    expect(capacityAt(it).slice(0, 6)).toEqual([2, 2, 2, 4, 4, 4]);
    expect(it.capacity.max).toBe(4);
  });

  it('fifteen points below 90 % of the target: shrinks, to the least at most', () => {
    // 4 tasks and 1.6 vCPUs busy: 40 %, below 45 %, where a group of instances would wait for 35 %.
    const it = runEcs(scaled('', 'desiredCount: 5, '), load('16/s'));
    expect(capacityAt(it).slice(0, 17)).toEqual([...Array(15).fill(5), 4, 4]);
    // 5 → 4 at 32 % (ceil 3.2); 4 at 40 %: below the alarm, and ceil(3.2) = 4 stays.
    expect(capacityAt(it).at(-1)).toBe(4);
  });

  it('not when it may not', () => {
    const it = runEcs(scaled('disableScaleIn: true', 'desiredCount: 5, '), load('1/s'));
    expect(capacityAt(it).at(-1)).toBe(5);
  });

  it('requests per target', () => {
    const policy = 'targetTracking: { metric: ALBRequestCountPerTarget, targetValue: 120 }';
    const sizes = 'cpu: 1024, memory: 2048, minCapacity: 2, maxCapacity: 20';
    const options = `${sizes}, frontDoor: alb, ${INSTANT}, ${policy}`;
    // 600 a minute over two: 300 each, so five.
    expect(capacityAt(runEcs(options, load('10/s'))).slice(2, 5)).toEqual([2, 5, 5]);
  });

  it('a scheduled action moves the limits, and the tasks into them', () => {
    const actions = [
      '{ at: 2026-01-05T00:10:00Z, minCapacity: 5, maxCapacity: 8 }',
      '{ at: 2026-01-05T00:20:00Z, minCapacity: 0, maxCapacity: 3 }',
    ];
    const scheduled = `scheduled: [${actions.join(', ')}]`;
    const options = `cpu: 1024, memory: 2048, desiredCount: 2, ${INSTANT}, ${scheduled}`;
    const tasks = capacityAt(runEcs(options, { duration: '30m' }));
    expect([tasks[9], tasks[10], tasks[19], tasks[20], tasks[29]]).toEqual([2, 5, 5, 3, 3]);
  });

  it('step scaling: a step at once, the next after the cooldown, a larger one less what was added', () => {
    const policy = `stepScaling: [{ metric: ECSServiceAverageCPUUtilization, threshold: 50, cooldown: 3m,
      comparison: GreaterThanThreshold, adjustmentType: ChangeInCapacity,
      steps: [{ lowerBound: 0, upperBound: 30, adjustment: 1 }, { lowerBound: 30, adjustment: 3 }] }]`;
    const options = `cpu: 1024, memory: 2048, minCapacity: 4, maxCapacity: 20, ${INSTANT}, ${policy}`;
    // 2.8 vCPUs of four busy: 70 %, one more; 56 % of five, one more when three minutes are over; 46.7 %.
    expect(capacityAt(runEcs(options, load('28/s'))).slice(0, 7)).toEqual([4, 5, 5, 5, 6, 6, 6]);
    // 3.6 of four: 90 %, three more; 51 % of seven, one more after three minutes.
    expect(capacityAt(runEcs(options, load('36/s'))).slice(0, 7)).toEqual([4, 7, 7, 7, 8, 8, 8]);
  });

  it('tasks that start do not count, and the cooldown keeps the same step from being repeated', () => {
    const slow = scaled('').replace(INSTANT, 'provisioning: 0s, pull: 4m, applicationStart: 0s');
    // 80 % of two: four wanted at minute 3; they serve at minute 7, until then 80 % go on.
    expect(runEcs(slow, load('16/s')).capacity.max).toBe(4);
  });
});

describe('the end of a task', () => {
  const leaving = (more: string) =>
    `cpu: 1024, memory: 2048, desiredCount: 2, minCapacity: 1, maxCapacity: 2, ${more}
     targetTracking: { metric: ECSServiceAverageCPUUtilization, targetValue: 50 }`;
  /** Requests of 100 s each; at minute 15 one of two tasks is stopped. */
  const long = { rate: '1/10s', workload: '{ cpu: 0s, wait: 100s }' };

  it('what takes longer than stopTimeout is lost', () => {
    // One in 20 s goes to the task: five are in it, and those of the last 70 s are not done in 30 s.
    const it = runEcs(leaving(''), long);
    const lost = it.requests.failures.interrupted!;
    expect(lost).toBeGreaterThanOrEqual(3);
    expect(lost).toBeLessThanOrEqual(4);
  });

  it('unless stopTimeout is long, or a load balancer drains the task first', () => {
    expect(runEcs(leaving('stopTimeout: 110s, '), long).requests.failed).toBe(0);
    expect(runEcs(leaving('frontDoor: alb, '), long).requests.failed).toBe(0);
  });
});

describe('Fargate Spot', () => {
  const spot =
    'cpu: 1024, memory: 2048, desiredCount: 10, launchType: FARGATE_SPOT, interruptionsPerMonth: 730';

  it('an interruption an hour of each task: 240 in a day of ten', () => {
    const it = runEcs(`${spot}, ${INSTANT}`, { duration: '1d', rate: '0/s' });
    // Ten tasks at t = 0 and one for each interruption: Poisson of mean 240, 99.9 % within ± 51.
    expect(Math.abs(it.capacity.started - 10 - 240)).toBeLessThan(51);
    // Another is launched at the notice; the one that has nothing to do is gone at once.
    expect(it.capacity.mean).toBeCloseTo(10, 6);
  });

  it('two minutes of notice: what is done by then is answered, longer requests are lost', () => {
    const parts = (wait: string) => ({ duration: '6h', rate: '1/s', workload: `{ cpu: 0s, wait: ${wait} }` });
    const options = `${spot}, ${INSTANT}`;
    expect(runEcs(options, parts('119s')).requests.failed).toBe(0);
    expect(runEcs(options, parts('130s')).requests.failures.interrupted).toBeGreaterThan(0);
  });
});
