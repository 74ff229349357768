import { describe, expect, it, test } from 'vitest';
import { refusals, runEcs } from './fixtures.ts';

/** Requests of ten seconds, so that a task always holds some. */
const LONG = { workload: '{ cpu: 0s, wait: 10s }', duration: '10m' };
const loss = (zone: string, at: string, duration = '') =>
  `faults: [{ kind: az-loss, zone: ${zone}, at: ${at}${duration === '' ? '' : `, duration: ${duration}`} }]`;
/** Tasks by the minute; launches of one instant are a microsecond apart. */
const capacity = ({ timeseries }: ReturnType<typeof runEcs>) =>
  timeseries.columns.capacity.map((each) => Math.round(each * 1e4) / 1e4);

const FARGATE =
  'cpu: 256, memory: 512, desiredCount: 6, provisioning: 20s, pull: 5s, applicationStart: 5s, ' +
  'launchRate: { perService: 1000000/s }';
const HOSTS =
  'launchType: EC2, cpu: 1024, memory: 1024, desiredCount: 6, pull: 5s, applicationStart: 5s, ' +
  'capacityProvider: { instanceType: m7g.large, minSize: 3, maxSize: 6, pending: 15s, boot: 5s }';

describe('a lost zone and tasks on Fargate', () => {
  it('takes a third of the tasks, which are replaced in the others at once', () => {
    const platform = runEcs(FARGATE, { duration: '6m', more: loss('b', '2m') });
    // 30 s on the way: four of six for half of a minute.
    expect(capacity(platform)).toEqual([6, 6, 5, 6, 6, 6]);
    expect(platform.capacity.started).toBe(6 + 2);
  });

  it('loses the requests that are there, and no other', () => {
    const { requests } = runEcs(FARGATE, { ...LONG, rate: '6/s', more: loss('b', '300500ms') });
    // Sixty are in service, a third of them in the zone.
    expect(requests.failures).toEqual({ interrupted: 20 });
    expect(requests.completed + requests.failed + requests.inFlight).toBe(requests.arrived);
  });

  it('leaves none of a service that is in that zone only, until it is back', () => {
    const platform = runEcs(`${FARGATE}, availabilityZones: [b]`, {
      duration: '6m',
      more: loss('b', '2m', '2m'),
    });
    expect(capacity(platform)).toEqual([6, 6, 0, 0, 3, 6]);
  });

  it('does not reach a service that is elsewhere', () => {
    const platform = runEcs(`${FARGATE}, availabilityZones: [a, us-east-1c]`, {
      duration: '6m',
      more: loss('b', '2m'),
    });
    expect(capacity(platform)).toEqual(Array(6).fill(6));
    expect(platform.assumptions.join()).toContain('does not reach the service');
  });

  it('is paid to the second, and so is what replaces it', () => {
    const usd = (more: string) =>
      runEcs(FARGATE, { duration: '10m', more }).cost.lines.find(({ id }) => id === 'fargate.vcpu')!.usd;
    // Of six tasks two are not paid for during 20 s of 600 s.
    expect(usd(loss('b', '5m')) / usd('')).toBeCloseTo((6 * 600 - 2 * 20) / (6 * 600), 8);
  });

  it('Fargate stops a task of the zone with most first', () => {
    // After the loss a and c have three each; one comes to b when two more are ordered, and one to a or c.
    const scheduled =
      'minCapacity: 6, maxCapacity: 8, scheduled: [{ at: 2026-01-05T00:05:00Z, minCapacity: 8 }, ' +
      '{ at: 2026-01-05T00:07:00Z, minCapacity: 6, maxCapacity: 6 }]';
    const parts = {
      duration: '10m',
      more: `${loss('b', '1m', '1m').slice(0, -1)}, { kind: az-loss, zone: b, at: 8m }]`,
    };
    const platform = runEcs(`${FARGATE}, ${scheduled}`, parts);
    // Both new tasks went to the empty zone, and both that leave are of the others: it has two to lose.
    expect(capacity(platform)[8]).toBe(5);
  });
});

describe('a lost zone and tasks on hosts', () => {
  it('takes the hosts with their tasks; both are replaced elsewhere', () => {
    const platform = runEcs(HOSTS, { duration: '6m', more: loss('b', '2m') });
    const line = capacity(platform);
    expect(line.slice(0, 2)).toEqual([6, 6]);
    // A host is there after 20 s, pulls for 5 s, starts containers in 1–5 s and the program in 5 s.
    expect(line[2]).toBeGreaterThan(6 - 2 * (35.5 / 60));
    expect(line[2]).toBeLessThan(6 - 2 * (30.5 / 60));
    expect(line.slice(3)).toEqual([6, 6, 6]);
    expect(platform.hosts).toMatchObject({ max: 3, started: 4 });
  });

  it('loses the requests that are there, and no other', () => {
    const { requests } = runEcs(HOSTS, { ...LONG, rate: '6/s', more: loss('b', '300500ms') });
    expect(requests.failures).toEqual({ interrupted: 20 });
    expect(requests.completed + requests.failed + requests.inFlight).toBe(requests.arrived);
  });

  it('leaves nothing of hosts in that zone only; they come when it is back', () => {
    const one = HOSTS.replace('minSize: 3', 'availabilityZones: [b], minSize: 3');
    const line = capacity(runEcs(one, { duration: '7m', more: loss('b', '2m', '2m') }));
    expect(line.slice(0, 4)).toEqual([6, 6, 0, 0]);
    expect(line.slice(5)).toEqual([6, 6]);
  });

  it('hosts that are lost are paid for until then, and the new ones from running on', () => {
    const usd = (more: string) =>
      runEcs(HOSTS, { duration: '10m', more }).cost.lines.find(({ id }) => id === 'ec2.instance.m7g.large')!
        .usd;
    // Of three hosts one does not run for the 15 s in which the next is pending.
    expect(usd(loss('b', '5m')) / usd('')).toBeCloseTo((3 * 600 - 15) / (3 * 600), 9);
  });
});

describe('placement', () => {
  // Three hosts in three zones; of nine tasks of two vCPUs' hosts each strategy fills other ones.
  const nine = (strategy: string) =>
    HOSTS.replace('cpu: 1024', 'cpu: 256')
      .replace('memory: 1024', 'memory: 256')
      .replace('desiredCount: 6', `desiredCount: 6, placementStrategy: [${strategy}]`);
  const lostTasks = (strategy: string) => {
    const platform = runEcs(nine(strategy), { duration: '6m', more: loss('b', '2m') });
    return platform.capacity.started - 6;
  };

  test('spread over attribute:ecs.availability-zone puts a third of the tasks into each zone', () => {
    expect(lostTasks('{ type: spread, field: "attribute:ecs.availability-zone" }')).toBe(2);
  });

  test('binpack fills the first host, which is in the first zone', () => {
    expect(lostTasks('{ type: binpack, field: memory }')).toBe(0);
  });
});

describe('zones that there are not', () => {
  it('are refused with those of the region', () => {
    expect(refusals(`${FARGATE}, availabilityZones: [a, g]`)).toMatchObject([
      { code: 'unknown-zone', key: 'availabilityZones.1', help: expect.stringContaining('a, b, c, d, e, f') },
    ]);
    expect(refusals(`${FARGATE}, availabilityZones: [a, us-east-1a]`)).toMatchObject([
      { code: 'invalid-value', key: 'availabilityZones' },
    ]);
    const [refusal] = refusals(HOSTS.replace('minSize: 3', 'availabilityZones: [eu-west-1a], minSize: 3'));
    expect(refusal).toMatchObject({ code: 'unknown-zone', key: 'capacityProvider.availabilityZones.0' });
    expect(
      refusals(FARGATE, { more: 'region: eu-west-1\nfaults: [{ kind: az-loss, zone: d, at: 1m }]' }),
    ).toMatchObject([{ code: 'unknown-zone', help: expect.stringContaining('a, b, c,') }]);
  });
});
