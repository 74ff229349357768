import { describe, expect, it } from 'vitest';
import { prepare, simulate } from '../../sim/index.ts';
import { AT_ONCE, capacityByMinute, groupScenario, refusals, runGroup } from './ec2-group.ts';

const THREE = { availabilityZones: ['a', 'b', 'c'], ...AT_ONCE };
const QUIET = (minutes: number) => [{ minutes, vcpus: 0.1 }];
const loss = (zone: string, at: string, duration?: string) => ({
  kind: 'az-loss',
  zone,
  at,
  ...(duration === undefined ? {} : { duration }),
});
const run = (minutes: number, group: object, ...faults: object[]) =>
  runGroup(QUIET(minutes), { ...THREE, ...group }, { faults });

describe('the loss of a zone', () => {
  const slow = { minSize: 6, pending: '17s', boot: '3s', applicationStart: '10s' };

  it('takes the third of the instances that is there, and they are replaced elsewhere', () => {
    const line = capacityByMinute(run(6, slow, loss('b', '2m')));
    // For 30 s there are four of six.
    expect(line).toEqual([6, 6, 5, 6, 6, 6]);
  });

  it('is survived by what is elsewhere, and not by a group in one zone', () => {
    const one = { ...slow, availabilityZones: ['b'] };
    const line = capacityByMinute(run(9, one, loss('b', '2m', '4m')));
    expect(line).toEqual([6, 6, 0, 0, 0, 0, 3, 6, 6]);
    const elsewhere = { ...slow, availabilityZones: ['a'] };
    const unharmed = run(6, elsewhere, loss('b', '2m'));
    expect(capacityByMinute(unharmed)).toEqual(Array(6).fill(6));
    expect(unharmed.assumptions.join()).toContain('does not reach the group');
  });

  it('loses the requests that are there, and no other', () => {
    const { platforms } = simulate({
      version: 1,
      duration: '10m',
      workload: { cpu: '0s', wait: '10s' },
      traffic: { load: { executor: 'constant-arrival-rate', arrivals: 'uniform', rate: '6/s' } },
      faults: [loss('b', '300500ms')],
      platforms: { group: { type: 'ec2', instanceType: 'c7g.medium', minSize: 6, ...THREE } },
    });
    const { requests } = platforms.group!;
    // 60 are in service, a third of them in the zone.
    expect(requests.failures).toEqual({ interrupted: 20 });
    expect(requests.completed + requests.failed + requests.inFlight).toBe(requests.arrived);
  });

  it('rejects requests while no instance is left', () => {
    const { requests } = run(10, { minSize: 2, availabilityZones: ['a'] }, loss('a', '4m', '2m'));
    // One request a second for two minutes.
    expect(requests.failures).toEqual({ rejected: 120 });
  });

  it('is paid until it happens, and what replaces it from then on', () => {
    const plain = run(10, { minSize: 6 });
    const struck = run(10, { minSize: 6 }, loss('b', '5m'));
    const usd = ({ cost }: typeof plain) => cost.lines.find(({ id }) => id.startsWith('ec2.instance'))!.usd;
    expect(usd(struck)).toBeCloseTo(usd(plain), 9);
  });
});

describe('after the return of a zone', () => {
  it('the group is spread again: the zone holds its third when it is lost once more', () => {
    const slow = { minSize: 6, maxSize: 12, pending: '17s', boot: '3s', applicationStart: '10s' };
    const line = capacityByMinute(run(14, slow, loss('b', '2m', '3m'), loss('b', '9m')));
    expect(line.slice(0, 5)).toEqual([6, 6, 5, 6, 6]);
    // Launches first: two more than six for no time at all, and never fewer.
    expect(line.slice(5, 9)).toEqual([6, 6, 6, 6]);
    expect(line.slice(9, 11)).toEqual([5, 6]);
  });

  it('launches before it terminates, also while what replaces the lost still starts', () => {
    // Zone b is back after 20 s; what replaces its third serves after 30 s, and nothing leaves before.
    const slow = { pending: '17s', boot: '3s', applicationStart: '10s' };
    for (const [minSize, lost] of [
      [2, 1],
      [3, 1],
      [6, 2],
      [20, 7],
    ] as const) {
      const line = capacityByMinute(run(6, { ...slow, minSize }, loss('b', '2m', '20s')));
      expect(line).toEqual([minSize, minSize, minSize - lost / 2, minSize, minSize, minSize]);
    }
  });

  it('of all zones at once starts what is missing, and moves it without a gap', () => {
    const slow = { minSize: 3, pending: '17s', boot: '3s', applicationStart: '10s' };
    const all = ['a', 'b', 'c'].map((zone) => loss(zone, '2m', '1m'));
    expect(capacityByMinute(run(6, slow, ...all))).toEqual([3, 3, 0, 1.5, 3, 3]);
  });

  it.each([
    // The group may exceed its largest size by a tenth, or by one: so many move at once.
    [6, 1],
    [7, 2],
    [20, 2],
  ])('of at most %d instances %d move at a time', (maxSize, moved) => {
    // The zone returns at 5:00, the first come into service at 5:17; at 5:25 it is lost again, for 17 s.
    const group = { minSize: 6, maxSize, pending: '17s' };
    const line = capacityByMinute(run(7, group, loss('b', '2m', '3m'), loss('b', '325s')));
    expect(line[5]).toBeCloseTo(6 - (moved * 17) / 60, 9);
  });
});

describe('faults on other platforms', () => {
  const scenario = (platform: object, faults: object[]) => ({
    version: 1,
    duration: '10m',
    workload: { cpu: '50ms' },
    traffic: { load: { executor: 'constant-arrival-rate', rate: '5/s' } },
    faults,
    platforms: { it: platform },
  });

  it('Lambda runs in several zones: nothing happens', () => {
    const plain = simulate(scenario({ type: 'lambda' }, []));
    const struck = simulate(scenario({ type: 'lambda' }, [loss('a', '1m')]));
    expect(struck.platforms.it).toEqual(plain.platforms.it);
  });

  it('a word that is no zone, and zones named twice, are refused', () => {
    const told = refusals(groupScenario(QUIET(1), {}, { faults: [loss('eu-west', '1m')] }));
    expect(told).toEqual([['invalid-value', 'faults.0.zone']]);
    const twice = refusals(groupScenario(QUIET(1), { availabilityZones: ['a', 'a'] }));
    expect(twice).toEqual([['invalid-value', 'platforms.group.availabilityZones']]);
  });

  it('a zone that the region does not have is refused with those that it has', () => {
    const places = refusals(groupScenario(QUIET(1), { availabilityZones: ['a', 'z', 'us-east-1g'] }));
    expect(places).toEqual([
      ['unknown-zone', 'platforms.group.availabilityZones.1'],
      ['unknown-zone', 'platforms.group.availabilityZones.2'],
    ]);
    expect(refusals(groupScenario(QUIET(1), {}, { faults: [loss('g', '1m')] }))).toEqual([
      ['unknown-zone', 'faults.0.zone'],
    ]);
    // Ireland has three, and its codes are its own.
    const ireland = { region: 'eu-west-1' };
    expect(refusals(groupScenario(QUIET(1), { availabilityZones: ['c', 'd'] }, ireland))).toEqual([
      ['unknown-zone', 'platforms.group.availabilityZones.1'],
    ]);
  });

  it('a zone may be written as its code', () => {
    const codes = { ...AT_ONCE, minSize: 6, availabilityZones: ['us-east-1a', 'us-east-1f'] };
    const written = runGroup(QUIET(6), codes, { faults: [loss('us-east-1f', '2m')] });
    const letters = { ...codes, availabilityZones: ['a', 'f'] };
    const plain = runGroup(QUIET(6), letters, { faults: [loss('f', '2m')] });
    expect(written.capacity).toEqual(plain.capacity);
    expect(written.capacity.started).toBe(9);
  });

  it('losses of one zone that overlap are one', () => {
    const group = { minSize: 2, availabilityZones: ['a'], ...AT_ONCE };
    const line = capacityByMinute(run(9, group, loss('a', '2m', '2m'), loss('a', '3m', '3m')));
    expect(line).toEqual([2, 2, 0, 0, 0, 0, 2, 2, 2]);
  });
});

/** Which of the instances, by order of their starts, stop before the window closes. */
function stopped(group: object, minutes: number): number[] {
  const { program } = prepare(groupScenario(QUIET(minutes), { ...AT_ONCE, ...group }));
  const engine = program.platforms[0]!.plan.open(0);
  while (!engine.advance(1_000_000));
  const { endMicros } = engine.observation().spans;
  return endMicros.flatMap((end, index) => (Number.isFinite(end) ? [index] : []));
}

describe('which instance is terminated', () => {
  const at = (minute: number, desiredCapacity: number) => ({
    at: `2026-01-05T0${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}:00Z`,
    desiredCapacity,
  });
  // Instance 0 from the start, 1 from minute 10, 2 from minute 20; one has to go at minute 75.
  const line = { minSize: 1, maxSize: 4, scheduled: [at(10, 2), at(20, 3), at(75, 2)] };

  it.each([
    // Minutes into their hour: 15, 5, 55.
    ['Default', 2],
    ['ClosestToNextInstanceHour', 2],
    ['OldestInstance', 0],
    ['NewestInstance', 2],
  ])('%s', (policy, instance) => {
    expect(stopped({ ...line, terminationPolicies: [policy] }, 80)).toEqual([instance]);
  });

  it('OldestInstance and NewestInstance differ from the default', () => {
    const early = { ...line, scheduled: [at(10, 2), at(20, 3), at(50, 2)] };
    expect(stopped({ ...early, terminationPolicies: ['NewestInstance'] }, 60)).toEqual([2]);
    expect(stopped({ ...early, terminationPolicies: ['Default'] }, 60)).toEqual([0]);
  });

  it('is first of all one of the zone that holds most', () => {
    // Zones a, b, a: of the two in a the older is closer to its hour; of all it is the one in b.
    const zones = { availabilityZones: ['a', 'b'] };
    const order = { ...line, scheduled: [at(10, 2), at(20, 3), at(65, 2)] };
    expect(stopped({ ...order, availabilityZones: ['a'] }, 80)).toEqual([1]);
    expect(stopped({ ...order, ...zones }, 80)).toEqual([2]);
  });

  it('is one that is still starting, where there is any', () => {
    const slow = { ...line, pending: '5m', scheduled: [at(10, 3), at(12, 1)] };
    expect(capacityByMinute(runGroup(QUIET(20), { ...AT_ONCE, ...slow }))).toEqual(Array(20).fill(1));
  });
});

describe('instances that fail to start', () => {
  const start = { pending: '10s', boot: '5s', applicationStart: '5s', start: 'empty' };

  it('are replaced until all answer: with a half of them, twice as many are started', () => {
    const { capacity } = runGroup(QUIET(30), { ...start, minSize: 200, startFailureRate: 0.5 });
    expect(capacity.max).toBe(200);
    // Negative binomial: 200 ± 2.576 √(200 · 0.5) / 0.5 failures.
    expect(Math.abs(capacity.started - 400)).toBeLessThan(52);
  });

  it.each([
    // Found out 60 s after 20 s; or when the grace period from 10 s on is over.
    ['0s', 80],
    ['300s', 310],
  ])('are found out after two health checks, and after a grace period of %s', (grace, seconds) => {
    const group = { ...start, minSize: 400, startFailureRate: 0.5, healthCheckGracePeriod: grace };
    const line = capacityByMinute(runGroup(QUIET(8), group));
    // The next come 20 s after that: until then about a half is there, then three quarters.
    const nextBin = Math.floor((seconds + 20) / 60);
    const half = line[nextBin - 1]!;
    expect(Math.abs((nextBin > 1 ? half : (half * 60) / 40) - 200)).toBeLessThan(26);
    expect(line[nextBin + 1]).toBeGreaterThan(half + 60);
  });
});
