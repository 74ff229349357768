import type Fraction from 'fraction.js';
import type { ExactLine } from '../bill.ts';
import { sum, ZERO } from '../exact.ts';
import type { CommitmentUse } from './apply-commitments.ts';
import type { Commitments } from './commitments.ts';

/** A part of a commitment: what it comes to in a month, and its price. */
interface Part {
  readonly id: string;
  readonly what: string;
  readonly hours: Fraction;
  readonly usdPerHour: Fraction;
}

/**
 * The bill lines of commitments: what was used of each, and what was not, in hours of the commitment.
 * Together they come to every hour of the month: commitments are paid whether used or not.
 *
 * @param scale month / window
 * @param windowHours the window in hours
 */
export function commitmentLines(
  { reservedInstances, savingsPlans }: Commitments,
  use: CommitmentUse,
  { scale, windowHours }: { readonly scale: Fraction; readonly windowHours: Fraction },
): ExactLine[] {
  const reserved = reservedInstances.map(({ instanceType, count, usdPerHour }, place) => ({
    id: `reserved-instance.${instanceType}`,
    what: `Reserved Instances ${instanceType}`,
    used: use.reservedHours[place]!,
    all: windowHours.mul(count),
    usdPerHour,
  }));
  const plans = savingsPlans.map(({ line, what, usdPerHour }, place) => ({
    id: line,
    what,
    used: use.planUsd[place]!.div(usdPerHour),
    all: windowHours,
    usdPerHour,
  }));
  const parts = [...reserved, ...plans].flatMap(({ id, what, used, all, usdPerHour }): Part[] => [
    { id, what, hours: used.mul(scale), usdPerHour },
    { id: `${id}.unused`, what: `${what}, unused`, hours: all.sub(used).mul(scale), usdPerHour },
  ]);
  return [...new Set(parts.map((part) => part.id))].flatMap((id) =>
    partsLine(parts.filter((part) => part.id === id && part.hours.compare(0) > 0)),
  );
}

/** Commitments of one line together; its price is their mean. */
function partsLine(parts: readonly Part[]): ExactLine[] {
  if (parts.length === 0) return [];
  const quantity = sum(parts.map(({ hours }) => hours));
  const usd = sum(parts.map(({ hours, usdPerHour }) => hours.mul(usdPerHour)));
  const { id, what } = parts[0]!;
  return [{ id, what, quantity, freeQuantity: ZERO, unit: 'h', usdPerUnit: usd.div(quantity), usd }];
}

/** Usage of the month that commitments have paid for: a line without dollars, so that it can be seen. */
export function coveredLine(
  { line, what, unit }: { readonly line: string; readonly what: string; readonly unit: string },
  quantity: Fraction,
): ExactLine {
  return {
    id: `${line}.covered`,
    what: `${what}, covered by commitments`,
    quantity,
    freeQuantity: ZERO,
    unit,
    usdPerUnit: ZERO,
    usd: ZERO,
  };
}
