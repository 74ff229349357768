import { describe, expect, it } from 'vitest';
import { openRouter } from '../../sim/fleet/replicas/router.ts';
import { openRandom } from '../../sim/kernel/random.ts';

const noRandom = () => {
  throw new Error('a router that is not random draws nothing');
};

function picks(router: { pick(): number }, count: number): number[] {
  return Array.from({ length: count }, () => router.pick());
}

describe('round robin', () => {
  it('goes through the instances in the order in which they came into service', () => {
    const router = openRouter('round_robin', noRandom);
    expect(router.pick()).toBe(-1);
    for (const instance of [5, 2, 9]) router.add(instance);
    expect(picks(router, 4)).toEqual([5, 2, 9, 5]);
    router.add(1);
    expect(picks(router, 4)).toEqual([2, 9, 1, 5]);
  });

  it('skips none and repeats none when one leaves', () => {
    const router = openRouter('round_robin', noRandom);
    for (const instance of [0, 1, 2, 3]) router.add(instance);
    expect(picks(router, 2)).toEqual([0, 1]);
    router.remove(0);
    expect(picks(router, 1)).toEqual([2]);
    router.remove(2);
    expect(picks(router, 3)).toEqual([3, 1, 3]);
    router.remove(7);
    router.remove(1);
    router.remove(3);
    expect(router.pick()).toBe(-1);
  });
});

describe('least outstanding requests', () => {
  it('chooses the smallest number, of several the one that has stood longest', () => {
    const router = openRouter('least_outstanding_requests', noRandom);
    expect(router.pick()).toBe(-1);
    for (const instance of [0, 1, 2]) router.add(instance);
    expect(router.pick()).toBe(0);
    router.load(0, 1);
    expect(router.pick()).toBe(1);
    router.load(1, 1);
    router.load(2, 1);
    expect(router.pick()).toBe(0);
    router.load(0, 2);
    router.load(0, 1);
    expect(router.pick()).toBe(1);
    router.load(1, 2);
    expect(router.pick()).toBe(2);
  });

  it('knows no instance that has left, and takes one that is new as empty', () => {
    const router = openRouter('least_outstanding_requests', noRandom);
    router.add(0);
    router.add(40);
    router.load(40, 3);
    router.load(0, 4);
    router.remove(40);
    router.load(40, 0);
    expect(router.pick()).toBe(0);
    router.add(40);
    expect(router.pick()).toBe(40);
    router.remove(0);
    router.remove(40);
    expect(router.pick()).toBe(-1);
  });
});

describe('weighted random, with equal weights', () => {
  it('chooses each of those in service as often, and only those', () => {
    const router = openRouter('weighted_random', openRandom(1, 0, 'routing'));
    for (const instance of [0, 1, 2, 3, 4]) router.add(instance);
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
