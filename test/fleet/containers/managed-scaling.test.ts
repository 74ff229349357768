import { describe, expect, it } from 'vitest';
import {
  type ClusterView,
  capacityProviderReservation,
  hostsNeeded,
  ManagedScaling,
  type ManagedScalingPlan,
} from '../../../sim/fleet/containers/managed-scaling.ts';

const MINUTE = 60e6;
const PLAN: ManagedScalingPlan = {
  minSize: 0,
  maxSize: 100,
  targetCapacity: 100,
  minimumScalingStepSize: 1,
  maximumScalingStepSize: 10_000,
  instanceWarmupMicros: 5 * MINUTE,
};

function cluster(view: Partial<ClusterView>): ClusterView {
  const registered = view.registered ?? 0;
  return { now: 0, registered, inUse: registered, waiting: 0, tasksPerHost: 4, desired: registered, ...view };
}

/** The group's size after each of so many minutes in which the cluster does not change but for its size. */
function minutes(count: number, view: Partial<ClusterView>, plan: Partial<ManagedScalingPlan> = {}) {
  const scaling = new ManagedScaling({ ...PLAN, ...plan });
  let { registered = 0, desired = registered } = view;
  return Array.from({ length: count }, (_, minute) => {
    const inUse = view.inUse ?? registered;
    desired = scaling.decide(cluster({ ...view, now: minute * MINUTE, registered, inUse, desired }));
    registered = Math.min(registered, desired);
    return desired;
  });
}

describe('CapacityProviderReservation (ECS Developer Guide, 2023-05)', () => {
  it.each([
    [0, 0, 100],
    [3, 0, 200],
    [1, 0, 200],
    [5, 10, 50],
    [15, 10, 150],
  ])('M = %d, N = %d: %d', (needed, registered, reservation) => {
    expect(capacityProviderReservation(needed, registered)).toBe(reservation);
  });

  it('N = 0 with waiting tasks reports 200', () => {
    const waiting = cluster({ waiting: 9 });
    expect(hostsNeeded(waiting)).toBe(3);
    expect(capacityProviderReservation(hostsNeeded(waiting), 0)).toBe(200);
  });

  it('M is what the tasks fill, packed on empty hosts of the group, a lower bound', () => {
    expect(hostsNeeded(cluster({ registered: 10, waiting: 17 }))).toBe(15);
    expect(hostsNeeded(cluster({ registered: 10, inUse: 7 }))).toBe(7);
  });
});

describe('managed scaling', () => {
  it('grows at the first minute, by what is needed, and not again before the hosts have warmed up', () => {
    expect(minutes(6, { registered: 10, waiting: 17 })).toEqual([15, 15, 15, 15, 15, 15]);
    // More tasks come while the hosts start: they wait for the five minutes.
    const scaling = new ManagedScaling(PLAN);
    const sizes = [17, 40, 40, 40, 40, 40].map((waiting, minute) =>
      scaling.decide(
        cluster({ now: minute * MINUTE, registered: 10, waiting, desired: minute === 0 ? 10 : 15 }),
      ),
    );
    expect(sizes).toEqual([15, 15, 15, 15, 15, 20]);
  });

  it('clamps a step to the smallest and the largest size', () => {
    expect(minutes(1, { registered: 10, waiting: 4 }, { minimumScalingStepSize: 3 })).toEqual([13]);
    expect(minutes(1, { registered: 10, waiting: 400 }, { maximumScalingStepSize: 20 })).toEqual([30]);
    expect(minutes(1, { registered: 10, waiting: 4_000 })).toEqual([100]);
  });

  it('from nothing to two hosts, whatever waits: the metric says no more than 200', () => {
    expect(minutes(1, { waiting: 400 })).toEqual([2]);
    expect(minutes(1, { waiting: 1 }, { targetCapacity: 50 })).toEqual([4]);
    expect(minutes(3, {})).toEqual([0, 0, 0]);
  });

  it('a target below 100 keeps headroom', () => {
    // 9 of 10 in use: 90 % is the target of 90, and too much for 75 (12 hosts).
    expect(minutes(1, { registered: 10, inUse: 9 }, { targetCapacity: 90 })).toEqual([10]);
    expect(minutes(1, { registered: 10, inUse: 9 }, { targetCapacity: 75 })).toEqual([12]);
  });

  it('scale-in takes 15 min, then at most 50 % a minute', () => {
    const sizes = minutes(18, { registered: 16, inUse: 0 });
    expect(sizes).toEqual([...Array(14).fill(16), 8, 4, 2, 1]);
    expect(minutes(19, { registered: 16, inUse: 0 }).at(-1)).toBe(0);
  });

  it('takes empty hosts only, and keeps the smallest size', () => {
    expect(minutes(20, { registered: 10, inUse: 7 }).at(-1)).toBe(7);
    expect(minutes(20, { registered: 10, inUse: 1 }, { minSize: 4 }).at(-1)).toBe(4);
  });
});
