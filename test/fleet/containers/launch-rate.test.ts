import { describe, expect, it } from 'vitest';
import { LaunchRate, type LaunchRatePlan } from '../../../sim/fleet/containers/launch-rate.ts';

const SECOND = 1e6;
const PER_SECOND = (count: number) => ({ count, perMicros: SECOND });

/** When so many tasks ordered at once are launched, in seconds. */
function launches(plan: LaunchRatePlan, count: number): number[] {
  const rate = new LaunchRate(plan);
  let now = 0;
  return Array.from({ length: count }, () => {
    now = rate.readyAt(now);
    rate.take(now);
    return now / SECOND;
  });
}

describe('launch rate', () => {
  const FREE = { count: 1_000_000, perMicros: SECOND };
  const MINUTE = 60 * SECOND;

  it('the account: 100 at once, then 20 a second (Fargate quotas, 2026)', () => {
    const at = launches({ burst: 100, refill: PER_SECOND(20), perService: FREE }, 300);
    expect(at[99]).toBeCloseTo(0, 3);
    expect(at[100]).toBeCloseTo(0.05, 6);
    expect(at[299]).toBeCloseTo(10, 6);
  });

  it('a pause fills the bucket again, and no further', () => {
    const rate = new LaunchRate({ burst: 2, refill: PER_SECOND(1), perService: FREE });
    for (const at of [0, 0]) rate.take(at);
    expect(rate.readyAt(0)).toBe(SECOND);
    for (const at of [100, 100]) rate.take(at * SECOND);
    expect(rate.readyAt(100 * SECOND)).toBe(101 * SECOND);
  });

  it('the service: no more than 500 in any minute', () => {
    const perService = { count: 500, perMicros: MINUTE };
    const at = launches({ burst: 100, refill: PER_SECOND(20), perService }, 1_600);
    for (let index = 500; index < at.length; index++)
      expect(at[index]! - at[index - 500]!).toBeGreaterThan(60 - 1e-5);
    expect(at[0]).toBe(0);
    expect(at[500]).toBeCloseTo(60, 3);
    expect(at[1_500]).toBeCloseTo(180, 3);
  });

  it('2020: ten at once, then one a second, and 23 a minute for a service', () => {
    const perService = { count: 23, perMicros: MINUTE };
    const at = launches({ burst: 10, refill: PER_SECOND(1), perService }, 47);
    expect(at[46]).toBeCloseTo(120, 3);
  });
});
