import type Fraction from 'fraction.js';
import { clockHourLengths } from '../../kernel/clock-hours.ts';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import { decimalFraction, ratio, ZERO } from '../exact.ts';
import type { ClockHours } from '../hourly-usage.ts';
import { readInstancePriceId } from '../instances.ts';
import type { Price } from '../price-book.ts';
import { applyReservations, type InstanceUsage } from '../rules/reserved-hour.ts';
import { applySavingsPlan, type PlanUsage } from '../rules/savings-plan-hour.ts';
import type { Commitments, PlanRate, SavingsPlan } from './commitments.ts';

/** Usage of one price, by clock-hour of the window. */
export interface HourlyPriceUsage {
  readonly price: Price;
  /** Reserved capacity that nothing runs in. */
  readonly isUnusedCapacity: boolean;
  inHour(hour: number): Fraction;
}

/** What commitments did over the window, in the order of their lists. */
export interface CommitmentUse {
  /** By usage: the quantity that need not be paid on demand. */
  readonly covered: readonly Fraction[];
  /** Instance-hours of each purchase of Reserved Instances that were used. */
  readonly reservedHours: readonly Fraction[];
  /** Dollars of each Savings Plan's commitment that were used. */
  readonly planUsd: readonly Fraction[];
  /** What a reader should know of rates that were applied. */
  readonly doubts: readonly string[];
}

/** One commitment's candidates: places in the list of usages, and the rates there. */
interface PlanScope {
  readonly place: number;
  readonly plan: SavingsPlan;
  readonly rates: readonly { readonly index: number; readonly rate: PlanRate }[];
}

/**
 * Applies commitments to each clock-hour of the window: Reserved Instances, then EC2 Instance Savings Plans,
 * then Compute Savings Plans, of one kind in the order of the scenario. A clock-hour that lies in the window
 * in part has that part of the commitments. (Savings Plans User Guide, 2026; EC2 User Guide, 2023-05.)
 */
export function applyCommitments(
  usages: readonly HourlyPriceUsage[],
  commitments: Commitments,
  hours: ClockHours,
): CommitmentUse {
  const covered = usages.map(() => ZERO);
  const reservedHours = commitments.reservedInstances.map(() => ZERO);
  const planUsd = commitments.savingsPlans.map(() => ZERO);
  const doubts = new Set<string>();
  const scopes = planScopes(usages, commitments);
  for (const { length, used, times } of hoursAlike(usages, hours)) {
    const left = [...used];
    const take = (index: number, quantity: Fraction) => {
      left[index] = left[index]!.sub(quantity);
      covered[index] = covered[index]!.add(quantity.mul(times));
    };
    const reserved = reserveHour(usages, left, commitments, length);
    reserved.used.forEach((used, place) => {
      reservedHours[place] = reservedHours[place]!.add(used.mul(times));
    });
    for (const { index, quantity } of reserved.covered) take(index, quantity);
    for (const { plan, place, rates } of scopes) {
      const inHour = applySavingsPlan(plan.usdPerHour.mul(length), planUsages(usages, left, rates));
      planUsd[place] = planUsd[place]!.add(inHour.usedUsd.mul(times));
      inHour.covered.forEach((quantity, each) => {
        const { index, rate } = rates[each]!;
        take(index, quantity);
        if (rate.doubt !== undefined && quantity.compare(0) > 0) doubts.add(rate.doubt);
      });
    }
  }
  return {
    covered,
    reservedHours,
    planUsd,
    doubts: [...doubts, ...commitments.reservedInstances.flatMap(({ doubt }) => doubt ?? [])],
  };
}

/** Clock-hours with the same usage and length. */
interface AlikeHours {
  /** How much of an hour lies in the window. */
  readonly length: Fraction;
  /** By usage. */
  readonly used: readonly Fraction[];
  readonly times: number;
}

/** A fleet that does not change has one kind of hour: commitments are worked out once for each kind. */
function hoursAlike(usages: readonly HourlyPriceUsage[], hours: ClockHours): Iterable<AlikeHours> {
  const kinds = new Map<string, AlikeHours>();
  clockHourLengths(hours.windowMicros, hours.offsetMicros).forEach((micros, hour) => {
    const used = usages.map((usage) => usage.inHour(hour));
    const key = [micros, ...used.map((quantity) => quantity.toFraction())].join(' ');
    const { times = 0 } = kinds.get(key) ?? {};
    kinds.set(key, { length: ratio(micros, MICROS_PER_HOUR), used, times: times + 1 });
  });
  return kinds.values();
}

/** Plans in the order in which they apply: those of one family first. */
function planScopes(usages: readonly HourlyPriceUsage[], { savingsPlans }: Commitments): PlanScope[] {
  return (['ec2Instance', 'compute'] as const).flatMap((type) =>
    savingsPlans.flatMap((plan, place) => {
      if (plan.type !== type) return [];
      const rates = usages.flatMap(({ price }, index) => {
        const rate = plan.rateOf(price);
        return rate === undefined ? [] : [{ index, rate }];
      });
      return [{ place, plan, rates }];
    }),
  );
}

function planUsages(
  usages: readonly HourlyPriceUsage[],
  left: readonly Fraction[],
  rates: PlanScope['rates'],
): PlanUsage[] {
  return rates.map(({ index, rate }) => {
    const { price, isUnusedCapacity } = usages[index]!;
    return {
      priceId: price.id,
      isUnusedCapacity,
      quantity: left[index]!,
      onDemandUsd: decimalFraction(price.tiers[0]!.usd),
      rateUsd: rate.usd,
    };
  });
}

type Instances = InstanceUsage & { readonly index: number };

function reserveHour(
  usages: readonly HourlyPriceUsage[],
  left: readonly Fraction[],
  { reservedInstances }: Commitments,
  length: Fraction,
) {
  const instances = usages.flatMap(({ price, isUnusedCapacity }, index): Instances[] => {
    const instance = readInstancePriceId(price.id);
    if (instance === undefined || instance.kind === 'spotLinux') return [];
    const { name: instanceType, kind: operatingSystem } = instance;
    return [{ index, instanceType, operatingSystem, isUnusedCapacity, hours: left[index]! }];
  });
  const reservations = reservedInstances.map((each) => ({ ...each, hours: length.mul(each.count) }));
  const { covered, used } = applyReservations(instances, reservations);
  return { used, covered: covered.map((quantity, each) => ({ index: instances[each]!.index, quantity })) };
}
