import { describe, expect, it, test } from 'vitest';
import { RestartThrottle } from '../../../sim/fleet/containers/restart-throttle.ts';
import { type CircuitBreakerPlan, RollingUpdate } from '../../../sim/fleet/containers/rolling-update.ts';
import { simulate } from '../../../sim/index.ts';
import { ecsScenario, refusals, runEcs } from './fixtures.ts';

const SECOND = 1e6;

/** A service whose tasks pull for 50 s and start for 10 s, updated at ten minutes. */
function update(deployment: string, breaker: string, more = 'desiredCount: 4', replications = 1) {
  const configuration = breaker === '' ? '' : `deploymentCircuitBreaker: ${breaker}`;
  const result = simulate(
    ecsScenario(
      `cpu: 256, memory: 512, provisioning: 0s, pull: 50s, applicationStart: 10s,
      launchRate: { perService: 1000000/s, rateLimit: 100000/s, burstLimit: 10000 },
      deployments: [{ at: 2026-01-05T00:10:00Z, ${deployment} }],
      deploymentConfiguration: { ${configuration} }, ${more}`,
      {
        duration: '30m',
        rate: '2/s',
        workload: '{ cpu: 5ms, wait: 1s }',
        more: `replications: ${replications}`,
      },
    ),
  );
  const platform = result.platforms.it!;
  const vcpuHours = platform.cost.lines.find((line) => line.id === 'fargate.vcpu')!.quantity;
  return {
    ...platform,
    tasks: platform.timeseries.columns.capacity,
    codes: result.warnings.map((warning) => warning.code),
    /** Seconds of tasks that were paid for. */
    paidSeconds: (vcpuHours * 4 * 3600) / (730 / 0.5),
    deployment: platform.deployments?.[0],
  };
}

describe('a deployment whose tasks fail', () => {
  // Amazon ECS Developer Guide, deployment circuit breaker: half the desired count, at least 3, at most 200.
  test.each([
    [1, 3],
    [25, 13],
    [400, 200],
    [800, 200],
  ])('of %d tasks: the circuit breaker trips at %d failures and rolls back', (desired, failures) => {
    const it = update('failureRate: 1', '{ enable: true, rollback: true }', `desiredCount: ${desired}`);
    expect(it.deployment).toEqual({
      atSeconds: 600,
      statuses: { ROLLBACK_SUCCESSFUL: 1 },
      failedTasks: failures,
    });
    expect(it.tasks).toEqual(Array(30).fill(desired));
    expect(it.requests.failed).toBe(0);
    expect(it.codes).toEqual(['failed-deployment']);
  });

  it('fails without rollback: the old tasks go on, and nothing more is launched', () => {
    const out = 'scheduled: [{ at: 2026-01-05T00:20:00Z, minCapacity: 8, maxCapacity: 8 }]';
    const it = update('failureRate: 1', '{ enable: true, rollback: false }', `desiredCount: 4, ${out}`);
    expect(it.deployment!.statuses).toEqual({ FAILED: 1 });
    expect(it.tasks).toEqual(Array(30).fill(4));
    expect(it.codes).toEqual(['failed-deployment']);
    // Rolled back, it grows.
    const rolledBack = update(
      'failureRate: 1',
      '{ enable: true, rollback: true }',
      `desiredCount: 4, ${out}`,
    );
    expect(rolledBack.tasks.slice(19).map(Math.round)).toEqual([4, 4, ...Array(9).fill(8)]);
  });

  it('without a circuit breaker is tried again and again: at once where tasks had reached RUNNING', () => {
    const it = update('failureRate: 1', '');
    // Four each minute from 11:00 to 29:00.
    expect(it.deployment).toEqual({ atSeconds: 600, statuses: { IN_PROGRESS: 1 }, failedTasks: 4 * 19 });
    expect(it.codes).toEqual(['unfinished-deployment']);
    expect(it.tasks).toEqual(Array(30).fill(4));
    expect(it.capacity.max).toBe(4);
    // The failed tasks are paid for from the start of their image pull, and so are the last four.
    expect(it.paidSeconds).toBeCloseTo(4 * 1800 + 4 * 20 * 60, 3);
  });

  it('that never reach RUNNING is tried ever more slowly', () => {
    const it = update('failureRate: 1, stopCode: TaskFailedToStart', '');
    // They fail after 50 s: at 10:50, 11:50, 13:00, 14:30, 16:40, 20:10 and 26:20, waits of 10, 20, 40 s, …
    expect(it.deployment!.failedTasks).toBe(4 * 7);
    // Each is paid for as a minute.
    expect(it.paidSeconds).toBeCloseTo(4 * 1800 + 4 * 7 * 60, 3);
  });

  it('is completed when enough of them do not, and lost ones are replaced', () => {
    const it = update('failureRate: 0.5', '', 'desiredCount: 20', 3);
    expect(it.deployment!.statuses).toEqual({ SUCCESSFUL: 3 });
    // Failures before the 20th success: 20 on the mean each, with a standard deviation of 6.3.
    expect(it.deployment!.failedTasks).toBeGreaterThan(60 - 28);
    expect(it.deployment!.failedTasks).toBeLessThan(60 + 28);
    expect(it.tasks.at(-1)).toBe(20);
    expect(it.requests.failed).toBe(0);
  });

  it('is STOPPED by the next one', () => {
    const it = update('failureRate: 1 }, { at: 2026-01-05T00:20:30Z', '');
    expect(it.deployments!.map((each) => each.statuses)).toEqual([{ STOPPED: 1 }, { SUCCESSFUL: 1 }]);
    expect(it.deployments!.map((each) => each.failedTasks)).toEqual([4 * 10, 0]);
  });

  it('is told as an instant, or as how long after the beginning', () => {
    const times = (at: string) =>
      runEcs(`cpu: 256, memory: 512, deployments: [{ at: ${at} }]`, { rate: '0/s', duration: '20m' });
    expect(times('10m').deployments).toEqual(times('2026-01-05T00:10:00Z').deployments);
    expect(times('10m').deployments![0]!.atSeconds).toBe(600);
    expect(refusals('cpu: 256, memory: 512, deployments: [{ at: soon }]')[0]!.key).toBe('deployments.0.at');
  });

  it('without failures has none, and every new task is one more', () => {
    const it = update('failureRate: 0', '{ enable: true, rollback: true }');
    expect(it.deployment).toEqual({ atSeconds: 600, statuses: { SUCCESSFUL: 1 }, failedTasks: 0 });
    expect(it.codes).toEqual([]);
  });
});

describe('on hosts', () => {
  it('a service that is rolled back finds its old image', () => {
    const cluster = `launchType: EC2, cpu: 256, memory: 512, desiredCount: 4,
      pull: 60s, applicationStart: 10s,
      capacityProvider: { instanceType: m7g.large, minSize: 1, maxSize: 1 },
      deployments: [{ at: 2026-01-05T00:10:00Z, failureRate: 1 }],
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100,
        deploymentCircuitBreaker: { enable: true, rollback: true } }`;
    const { it } = simulate(ecsScenario(cluster, { duration: '20m', rate: '0/s' })).platforms;
    const tasks = it!.timeseries.columns.capacity;
    expect(it!.deployments![0]).toMatchObject({ statuses: { ROLLBACK_SUCCESSFUL: 1 }, failedTasks: 3 });
    // Two leave at 10:00; two fail at 11:11 to 11:15, two more 11 to 15 s later; then no pull, 11 to 15 s.
    expect(tasks[10]).toBe(2);
    expect(tasks[11]).toBeGreaterThan(2);
    expect(tasks[12]).toBe(4);
  });
});

describe('what the circuit breaker counts', () => {
  const open = (circuitBreaker: CircuitBreakerPlan) => {
    const update = new RollingUpdate(
      {
        revisions: [{ atMicros: 0, failureRate: 1, failsToStart: false }],
        configuration: { minimumHealthyPercent: 100, maximumPercent: 200 },
        circuitBreaker,
        healthyMicros: 40 * SECOND,
      },
      () => 0,
    );
    update.step(0);
    return update;
  };

  test.each([
    [true, 'IN_PROGRESS'],
    [false, 'FAILED'],
  ])('a healthy task sets it to 0 (resetOnHealthyTask: %s)', (resetOnHealthyTask, status) => {
    const update = open({ rollback: false, resetOnHealthyTask });
    update.fail(1, 4, 1);
    update.fail(1, 4, 2);
    update.watch(3);
    expect(update.nextAt).toBe(3 + 40 * SECOND);
    update.step(update.nextAt);
    update.fail(1, 4, 41 * SECOND);
    expect(update.outcomes[0]!.status).toBe(status);
    expect(update.outcomes[0]!.failedTasks).toBe(3);
  });
});

test('the time between restarts is increased up to 27 minutes', () => {
  const throttle = new RestartThrottle();
  const waits: number[] = [];
  for (let now = 0; waits.length < 10; now = throttle.nextAt) {
    throttle.fail(now);
    // Of those that were launched together one counts.
    throttle.fail(now);
    expect(throttle.isClosed(now)).toBe(true);
    waits.push((throttle.nextAt - now) / SECOND);
  }
  expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1620, 1620]);
  throttle.reset();
  expect(throttle.nextAt).toBe(Number.POSITIVE_INFINITY);
});
