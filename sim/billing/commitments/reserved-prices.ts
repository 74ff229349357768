import type Fraction from 'fraction.js';
import { decimalFraction } from '../exact.ts';
import { instanceColumns } from '../instances.ts';
import columns from '../prices/ec2-reserved.json' with { type: 'json' };

export type Term = '1y' | '3y';
export type Payment = 'noUpfront' | 'partialUpfront' | 'allUpfront';

/** Hourly prices of Standard Reserved Instances paid all upfront; columns over the types of the EC2 list. */
interface ReservedColumns {
  readonly source: { readonly title: string; readonly date: string };
  readonly usdPerHour: Readonly<Record<string, Readonly<Record<Term, readonly (string | null)[]>>>>;
}

export const reservedColumns = columns as unknown as ReservedColumns;

/**
 * What other payments cost in proportion to all upfront. Read off x2iedn.32xlarge (Vantage, 2026-07-20), and
 * t3.medium agrees (Infracost, 2025-07): taken to hold for every type.
 */
const PAYMENT_RATIO: Readonly<Record<Term, Readonly<Record<Payment, string>>>> = {
  '1y': { noUpfront: '1.0714', partialUpfront: '1.0204', allUpfront: '1' },
  '3y': { noUpfront: '1.1489', partialUpfront: '1.0638', allUpfront: '1' },
};

/**
 * The effective hourly price of a Standard Linux Reserved Instance, upfront payments spread over the term.
 * @returns undefined where the list has none
 */
export function reservedUsdPerHour(
  instanceType: string,
  region: string,
  { term, payment }: { readonly term: Term; readonly payment: Payment },
): Fraction | undefined {
  const usd = reservedColumns.usdPerHour[region]?.[term][instanceColumns.types.indexOf(instanceType)];
  return usd == null ? undefined : decimalFraction(usd).mul(decimalFraction(PAYMENT_RATIO[term][payment]));
}
