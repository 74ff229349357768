import { describe, expect, it } from 'vitest';
import { updateStep } from '../../../sim/fleet/containers/rolling-update.ts';
import { refusals, runEcs } from './fixtures.ts';

const SERVICE = `cpu: 256, memory: 512, desiredCount: 4, deployments: [{ at: 2026-01-05T00:10:00Z }],
  provisioning: 0s, pull: 50s, applicationStart: 10s, launchRate: { perService: 1000000/s }`;

function update(configuration: string, more = '') {
  const options = `${SERVICE}, deploymentConfiguration: { ${configuration} }${more}`;
  return runEcs(options, { duration: '30m', rate: '2/s', workload: '{ cpu: 5ms, wait: 1s }' });
}

describe('a rolling update', () => {
  it('at 100 and 200 %: as many new ones, then the old ones go; no request is lost', () => {
    const it = update('minimumHealthyPercent: 100, maximumPercent: 200');
    const tasks = it.timeseries.columns.capacity;
    expect(tasks[9]).toBe(4);
    // Ordered at 10:00, in service at 11:00, healthy at 11:40: twenty seconds with four, forty with eight.
    expect(tasks[10]).toBeCloseTo(4, 3);
    expect(tasks[11]).toBeCloseTo((8 * 40 + 4 * 20) / 60, 3);
    expect(tasks[12]).toBe(4);
    expect(it.capacity.max).toBe(8);
    expect(it.capacity.started).toBe(8);
    expect(it.requests.failed).toBe(0);
  });

  it('at 50 and 100 %: two go before two come, twice', () => {
    const it = update('minimumHealthyPercent: 50, maximumPercent: 100');
    const tasks = it.timeseries.columns.capacity;
    // Two left at 10:00; two more at 11:00, healthy at 11:40, when the others go; theirs come at 12:40.
    expect(tasks[10]).toBeCloseTo(2, 3);
    expect(tasks[11]).toBeCloseTo((4 * 40 + 2 * 20) / 60, 3);
    expect(tasks[12]).toBeCloseTo((2 * 40 + 4 * 20) / 60, 3);
    expect(tasks[13]).toBe(4);
    expect(it.capacity.started).toBe(8);
    expect(it.requests.failed).toBe(0);
  });

  it('pays for old and new tasks', () => {
    const it = update('minimumHealthyPercent: 100, maximumPercent: 200');
    const vcpuHours = it.cost.lines.find((line) => line.id === 'fargate.vcpu')!.quantity;
    // Four tasks all through the half hour; four more from 10:00 on to 11:40, and until their last answers.
    const seconds = (vcpuHours * 4 * 3600) / (730 / 0.5);
    expect(seconds).toBeGreaterThanOrEqual(4 * 1800 + 4 * 100 - 1);
    expect(seconds).toBeLessThanOrEqual(4 * 1800 + 4 * 102 + 1);
  });

  it('scale-in is suspended while it is under way', () => {
    const policy = 'targetTracking: { metric: ECSServiceAverageCPUUtilization, targetValue: 50 }';
    const late = `${SERVICE.replace('00:10:00', '00:14:30')}, minCapacity: 1, maxCapacity: 4, ${policy}`;
    const it = runEcs(late, { duration: '30m', rate: '0/s' });
    const tasks = it.timeseries.columns.capacity;
    // The low alarm stands from 15:00 on; new tasks serve from 15:30 and are healthy at 16:10.
    expect(tasks[15]).toBeGreaterThan(4);
    expect(tasks[18]).toBe(1);
  });

  it('a scheduled action that lowers the limits is carried out after it, without a policy too', () => {
    const action = '{ at: 2026-01-05T00:10:30Z, minCapacity: 1, maxCapacity: 2 }';
    const tasks = (more: string) =>
      runEcs(`${SERVICE}, scheduled: [${action}]${more}`, { duration: '30m', rate: '0/s' }).timeseries.columns
        .capacity;
    const policy = 'targetTracking: { metric: ECSServiceAverageCPUUtilization, targetValue: 50 }';
    for (const more of ['', `, ${policy.replace(' }', ', disableScaleIn: true }')}`]) {
      const capacity = tasks(more);
      // New tasks serve from 11:00 on and are healthy at 11:40.
      expect(capacity[11]).toBeGreaterThan(4);
      expect(capacity[13]).toBe(2);
    }
  });
});

describe('a rolling update on hosts', () => {
  const onHosts = (provider: string) =>
    `launchType: EC2, cpu: 512, memory: 1024, desiredCount: 8, deployments: [{ at: 2026-01-05T00:10:00Z }],
     capacityProvider: { instanceType: m7g.large${provider} }`;

  it('gets the hosts for old and new tasks, which leave after it', () => {
    // Eight tasks fill two hosts; sixteen need four.
    const it = runEcs(onHosts(''), { rate: '0/s', duration: '45m' });
    expect(it.deployments).toMatchObject([{ statuses: { SUCCESSFUL: 1 } }]);
    expect(it.hosts!.max).toBe(4);
    expect(it.timeseries.columns.capacity[44]).toBe(8);
  });

  it('waits where there may be no more hosts, and the result says so', () => {
    const it = runEcs(onHosts(', maxSize: 2'), { rate: '0/s', duration: '45m' });
    expect(it.deployments).toMatchObject([{ statuses: { IN_PROGRESS: 1 } }]);
    expect(it.assumptions.join()).toContain('hold 8 tasks at most: of 16,');
    const three = runEcs(onHosts(', maxSize: 3'), { rate: '0/s', duration: '45m' });
    expect(three.deployments).toMatchObject([{ statuses: { SUCCESSFUL: 1 } }]);
  });
});

describe('a step of an update', () => {
  const step = (
    minimumHealthyPercent: number,
    maximumPercent: number,
    old: number,
    fresh: number,
    healthy: number,
  ) =>
    updateStep(
      { desired: 4, old, oldInService: old, fresh, healthy },
      { minimumHealthyPercent, maximumPercent },
    );

  it.each([
    [100, 200, 4, 0, 0, 4, 0],
    [100, 200, 4, 4, 0, 0, 0],
    [100, 200, 4, 4, 1, 0, 1],
    [100, 150, 4, 0, 0, 2, 0],
    [100, 150, 4, 2, 2, 0, 2],
    [50, 100, 4, 0, 0, 0, 2],
    [50, 100, 2, 0, 0, 2, 0],
    [50, 100, 2, 2, 1, 0, 1],
    [0, 100, 4, 0, 0, 0, 4],
  ])(
    '%d … %d %%, %d old, %d new of which %d healthy: %d start, %d stop',
    (min, max, old, fresh, healthy, start, stop) => {
      expect(step(min, max, old, fresh, healthy)).toEqual({ start, stop });
    },
  );
});

it('an update that could never end is refused', () => {
  const stuck = 'deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 125 }';
  const deployment = 'deployments: [{ at: 2026-01-05T00:10:00Z }]';
  const options = `cpu: 256, memory: 512, desiredCount: 3, ${deployment}, ${stuck}`;
  expect(refusals(options).map((each) => [each.code, each.key])).toEqual([
    ['stuck-deployment', 'deploymentConfiguration'],
  ]);
});
