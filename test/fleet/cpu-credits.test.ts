import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CpuCreditPlan, CpuCredits, UNITS_PER_CREDIT } from '../../sim/fleet/replicas/cpu-credits.ts';
import { MICROS_PER_HOUR } from '../../sim/kernel/time.ts';

const BUSY_MICROS_PER_CREDIT = 60_000_000;

/** EC2 User Guide: a t3.nano earns 6 credits an hour, 144 at most; a t2.nano 3, 72, and 30 at its launch. */
const T3_NANO: CpuCreditPlan = {
  vcpus: 2,
  earnedPerMicro: 10,
  isUnlimited: true,
  launchCredits: 0,
  initialBalance: 0,
};
const T2_NANO: CpuCreditPlan = {
  vcpus: 1,
  earnedPerMicro: 5,
  isUnlimited: false,
  launchCredits: 30 * UNITS_PER_CREDIT,
  initialBalance: 0,
};

/** One instance from its launch on, spending so many credits an hour for so many hours, phase by phase. */
function follow(plan: CpuCreditPlan, phases: readonly (readonly [hours: number, spentPerHour: number])[]) {
  const account = new CpuCredits(plan);
  account.grow(1);
  account.open(0, 0, 0);
  let [hour, spent] = [0, 0];
  return phases.map(([hours, perHour]) => {
    hour += hours;
    spent += hours * perHour;
    account.settle(0, hour * MICROS_PER_HOUR, spent * BUSY_MICROS_PER_CREDIT);
    const inCredits = (units: number) => units / UNITS_PER_CREDIT;
    return {
      balance: inCredits(account.launch[0]! + account.balance[0]!),
      surplus: inCredits(account.surplus[0]!),
      charged: inCredits(Number(account.charged)),
    };
  });
}

describe('CPU credits, by the examples of the EC2 User Guide', () => {
  // 100 % of two vCPUs are 120 credits an hour, 2.5 % are 3, 7 % are 8.4, 5 % are 6.
  it('unlimited: a t3.nano over 114 hours is charged 303.6 credits', () => {
    const phases = follow(T3_NANO, [
      [24, 0],
      [12, 3],
      [24, 8.4],
      [12, 3],
      [5, 120],
      [13, 6],
      [24, 0],
    ]);
    expect(phases.map((each) => each.balance)).toEqual([144, 144, 86.4, 122.4, 0, 0, 0]);
    expect(phases.map((each) => each.surplus)).toEqual([0, 0, 0, 0, 144, 144, 0]);
    expect(phases.map((each) => each.charged)).toEqual([0, 0, 0, 0, 303.6, 303.6, 303.6]);
  });

  // 2 % of one vCPU are 1.2 credits an hour, 20 % are 12.
  it('standard: a t2.nano spends its launch credits first, and loses what it earns meanwhile', () => {
    const phases = follow(T2_NANO, [
      [24, 0],
      [12, 0],
      [25, 1.2],
      [11, 1.2],
      [3, 12],
      [15, 1.2],
      [6, 0],
    ]);
    expect(phases.map((each) => each.balance)).toEqual([102, 102, 72, 72, 45, 72, 72]);
    expect(phases.at(-1)!.charged).toBe(0);
  });
});

describe('rules of CPU credits', () => {
  const opened = (plan: CpuCreditPlan) => {
    const account = new CpuCredits(plan);
    account.grow(1);
    account.open(0, 0, 0);
    return account;
  };

  it('T3 starts with zero credits: what it spends at once is surplus', () => {
    const account = opened(T3_NANO);
    account.settle(0, MICROS_PER_HOUR / 2, 30 * BUSY_MICROS_PER_CREDIT);
    expect(account.surplus[0]).toBe(27 * UNITS_PER_CREDIT);
    expect(account.charged).toBe(0n);
    account.close(0);
    expect(account.charged).toBe(BigInt(27 * UNITS_PER_CREDIT));
    expect(account.owed).toBe(0);
  });

  it('surplus above the earnings of 24 hours is charged at the end of the hour, not before', () => {
    const account = opened(T3_NANO);
    const twoAndHalf = 2.5 * MICROS_PER_HOUR;
    account.settle(0, twoAndHalf, 2.5 * 120 * BUSY_MICROS_PER_CREDIT);
    // 114 net each hour: 84 above 144 at the end of the second, then half an hour more.
    expect(account.charged).toBe(BigInt(84 * UNITS_PER_CREDIT));
    expect(account.surplus[0]).toBe((144 + 57) * UNITS_PER_CREDIT);
  });

  it('without credits, a standard instance has its baseline', () => {
    const account = opened({ ...T3_NANO, isUnlimited: false });
    expect(account.limitAt(0)).toBe(0.1);
    expect(account.spend(0, 0, 0.1)).toBe(Number.POSITIVE_INFINITY);
    account.settle(0, 60_000_000, 6_000_000);
    expect(account.limitAt(0)).toBe(0.1);
    expect(account.limitedMicros).toBe(60_000_000);
  });

  it('credits run out when the spending above what is earned has used them up', () => {
    const account = opened({ ...T2_NANO, launchCredits: 0, initialBalance: 19 * UNITS_PER_CREDIT });
    expect(account.limitAt(0)).toBe(1);
    // One vCPU spends a credit a minute and earns 0.05.
    expect(account.spend(0, 0, 1)).toBe(20 * 60_000_000);
    account.settle(0, 20 * 60_000_000, 20 * BUSY_MICROS_PER_CREDIT);
    expect(account.balance[0]).toBe(0);
    expect(account.limitAt(0)).toBe(0.05);
  });

  it('it does not matter when an account is looked at', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(looks, fc.constantFrom(0, 1.2, 6, 8.4, 120), (minutes, perHour) => {
        const whole = minutes.reduce((sum, each) => sum + each, 0) * 60_000_000;
        const spentAt = (at: number) => (perHour * BUSY_MICROS_PER_CREDIT * at) / MICROS_PER_HOUR;
        const [once, often] = [opened(T3_NANO), opened(T3_NANO)];
        once.settle(0, whole, spentAt(whole));
        let at = 0;
        for (const each of minutes) {
          at += each * 60_000_000;
          often.settle(0, at, spentAt(at));
        }
        expect([often.balance[0], often.surplus[0], often.charged]).toEqual([
          once.balance[0],
          once.surplus[0],
          once.charged,
        ]);
      }),
      { seed: 20_260_105 },
    );
  });
});
