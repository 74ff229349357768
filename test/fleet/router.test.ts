import { describe, expect, it } from 'vitest';
import { openRouter, type Router, type RoutingPlan } from '../../sim/fleet/replicas/routing/index.ts';
import { openRandom } from '../../sim/kernel/random.ts';

const noRandom = () => {
  throw new Error('a router that is not random draws nothing');
};

function open(
  algorithm: RoutingPlan['algorithm'],
  {
    random = noRandom,
    choices = 2,
    slowStartMicros = 0,
    connectionsMax = Number.POSITIVE_INFINITY,
  }: Partial<RoutingPlan> & { random?: () => number } = {},
): Router {
  return openRouter({ algorithm, choices, slowStartMicros, connectionsMax }, random);
}

function picks(router: Pick<Router, 'pick'>, count: number, now = 0): number[] {
  return Array.from({ length: count }, () => router.pick(now));
}

describe('round robin', () => {
  it('goes through the instances in the order in which they came into service', () => {
    const router = open('round_robin');
    expect(router.pick(0)).toBe(-1);
    for (const instance of [5, 2, 9]) router.add(instance, 0);
    expect(picks(router, 4)).toEqual([5, 2, 9, 5]);
    router.add(1, 0);
    expect(picks(router, 4)).toEqual([2, 9, 1, 5]);
  });

  it('skips none and repeats none when one leaves', () => {
    const router = open('round_robin');
    for (const instance of [0, 1, 2, 3]) router.add(instance, 0);
    expect(picks(router, 2)).toEqual([0, 1]);
    router.remove(0);
    expect(picks(router, 1)).toEqual([2]);
    router.remove(2);
    expect(picks(router, 3)).toEqual([3, 1, 3]);
    router.remove(7);
    router.remove(1);
    router.remove(3);
    expect(router.pick(0)).toBe(-1);
  });
});

describe('least outstanding requests', () => {
  it('chooses the smallest number, of several the one that has stood longest', () => {
    const router = open('least_outstanding_requests');
    expect(router.pick(0)).toBe(-1);
    for (const instance of [0, 1, 2]) router.add(instance, 0);
    expect(router.pick(0)).toBe(0);
    router.load(0, 1);
    expect(router.pick(0)).toBe(1);
    router.load(1, 1);
    router.load(2, 1);
    expect(router.pick(0)).toBe(0);
    router.load(0, 2);
    router.load(0, 1);
    expect(router.pick(0)).toBe(1);
    router.load(1, 2);
    expect(router.pick(0)).toBe(2);
  });

  it('knows no instance that has left, and takes one that is new as empty', () => {
    const router = open('least_outstanding_requests');
    router.add(0, 0);
    router.add(40, 0);
    router.load(40, 3);
    router.load(0, 4);
    router.remove(40);
    router.load(40, 0);
    expect(router.pick(0)).toBe(0);
    router.add(40, 0);
    expect(router.pick(0)).toBe(40);
    router.remove(0);
    router.remove(40);
    expect(router.pick(0)).toBe(-1);
  });
});

describe('weighted random, with equal weights', () => {
  it('chooses each of those in service as often, and only those', () => {
    const router = open('random', { random: openRandom(1, 0, 'routing') });
    for (const instance of [0, 1, 2, 3, 4]) router.add(instance, 0);
    router.remove(2);
    const count = 40_000;
    const chosen = picks(router, count);
    expect(new Set(chosen)).toEqual(new Set([0, 1, 3, 4]));
    // χ² of three degrees of freedom exceeds 11.345 in 1 % of all seeds.
    const expected = count / 4;
    const square = [0, 1, 3, 4].reduce((sum, instance) => {
      const excess = chosen.filter((each) => each === instance).length - expected;
      return sum + (excess * excess) / expected;
    }, 0);
    expect(square).toBeLessThan(11.345);
  });
});

describe('power of two choices', () => {
  it('takes the better of two drawn with replacement, the first where they are even', () => {
    const draws = [0.1, 0.9, 0.9, 0.1, 0.5, 0.5];
    const router = open('power_of_two', { random: () => draws.shift()! });
    for (const instance of [7, 8, 9]) router.add(instance, 0);
    expect(router.pick(0)).toBe(7);
    router.load(7, 3);
    router.load(9, 1);
    expect(router.pick(0)).toBe(9);
    expect(router.pick(0)).toBe(8);
  });
});

describe('slow start', () => {
  const share = (router: Router, instance: number, now: number) =>
    picks(router, 1_000, now).filter((each) => each === instance).length / 1_000;

  it('is not for targets that are registered together, with none beside them', () => {
    const router = open('round_robin', { slowStartMicros: 100 });
    for (const instance of [0, 1]) router.add(instance, 0);
    expect(share(router, 0, 0)).toBe(0.5);
    router.add(2, 10);
    expect(share(router, 2, 10)).toBe(0);
  });

  it('lets the share of a new target grow linearly, from nothing to that of the others', () => {
    const router = open('round_robin', { slowStartMicros: 1_000 });
    router.add(0, 0);
    router.add(1, 5_000);
    for (const age of [0, 250, 500, 1_000, 9_000]) {
      const weight = Math.min(1, age / 1_000);
      expect(share(router, 1, 5_000 + age)).toBeCloseTo(weight / (1 + weight), 2);
    }
  });

  it('goes on when only new targets are left: the oldest has its full share', () => {
    const router = open('round_robin', { slowStartMicros: 1_000 });
    for (const [instance, now] of [
      [0, 0],
      [1, 10],
      [2, 20],
    ] as const)
      router.add(instance, now);
    router.remove(0);
    expect(share(router, 1, 20)).toBeGreaterThan(0.98);
    router.remove(1);
    router.remove(2);
    expect(router.pick(30)).toBe(-1);
  });
});

describe('a limit of connections', () => {
  it('passes over instances that have no connection left, and refuses when none has', () => {
    const router = open('round_robin', { connectionsMax: 2 });
    for (const instance of [0, 1, 2]) router.add(instance, 0);
    router.load(1, 2);
    expect(picks(router, 4)).toEqual([0, 2, 0, 2]);
    for (const instance of [0, 2]) router.load(instance, 2);
    expect(router.pick(0)).toBe(-1);
    router.load(1, 1);
    expect(picks(router, 2)).toEqual([1, 1]);
    router.remove(1);
    expect(router.pick(0)).toBe(-1);
    router.load(1, 0);
    expect(router.pick(0)).toBe(-1);
  });

  it('finds the one that is left, whatever is drawn', () => {
    const router = open('random', { random: () => 0, connectionsMax: 1 });
    for (const instance of [0, 1, 2]) router.add(instance, 0);
    router.load(0, 1);
    router.load(1, 1);
    expect(router.pick(0)).toBe(2);
  });
});
