import { toNumber } from '../exact.ts';
import { instancePriceId } from '../instances.ts';
import type { PriceBook } from '../price-book.ts';
import { defaultRate } from './plan-rates.ts';
import { type Payment, reservedUsdPerHour, type Term } from './reserved-prices.ts';

/** What an hour of a Linux instance costs under a commitment, upfront payments spread over the term. */
export interface InstanceRate {
  readonly commitment: 'Standard Reserved Instance' | 'EC2 Instance Savings Plan' | 'Compute Savings Plan';
  readonly term: Term;
  /** Absent where the known discount does not tell payments apart. */
  readonly payment?: Payment;
  readonly usdPerHour: number;
  readonly uncertain: boolean;
}

const TERMS = ['1y', '3y'] as const;
const PAYMENTS = ['noUpfront', 'partialUpfront', 'allUpfront'] as const;

/**
 * The rates that a scenario has for an instance type when it gives none of its own.
 * @throws ScenarioError (codes `unknown-instance-type`, `unpriced`)
 */
export function instanceRates(name: string, book: PriceBook): readonly InstanceRate[] {
  const price = book.price(instancePriceId(book.instanceType(name).name, 'linux'));
  return TERMS.flatMap((term) => [
    ...PAYMENTS.flatMap((payment): InstanceRate[] => {
      const usd = reservedUsdPerHour(name, book.region, { term, payment });
      if (usd === undefined) return [];
      const usdPerHour = toNumber(usd);
      const uncertain = payment !== 'allUpfront';
      return [
        { commitment: 'Standard Reserved Instance', term, payment, usdPerHour, uncertain },
        { commitment: 'EC2 Instance Savings Plan', term, payment, usdPerHour, uncertain: true },
      ];
    }),
    {
      commitment: 'Compute Savings Plan',
      term,
      usdPerHour: toNumber(defaultRate(price, { type: 'compute', term, payment: 'noUpfront' }, book)!.usd),
      uncertain: true,
    },
  ]);
}
