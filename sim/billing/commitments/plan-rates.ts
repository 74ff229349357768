import type Fraction from 'fraction.js';
import { decimalFraction, ONE } from '../exact.ts';
import { instanceFamily, instancePriceId, readInstancePriceId } from '../instances.ts';
import type { Price, PriceBook } from '../price-book.ts';
import type { PlanRate } from './commitments.ts';
import { type Payment, reservedUsdPerHour, type Term } from './reserved-prices.ts';

/** What a plan's rates depend on. */
export interface PlanTerms {
  readonly type: 'compute' | 'ec2Instance';
  readonly term: Term;
  readonly payment: Payment;
  readonly family?: string | undefined;
}

interface Discount {
  readonly share: string;
  readonly source: string;
}

/**
 * Discounts of Compute Savings Plans where no rate is given, all uncertain: AWS publishes rates by type and
 * region only.
 */
const COMPUTE_DISCOUNT: Readonly<Record<'ec2' | 'fargate' | 'lambda', Readonly<Record<Term, Discount>>>> = {
  ec2: {
    '1y': { share: '0.18', source: 'no upfront, t3 and t4g in me-central-1, EC2 pricing page, 2025-26' },
    '3y': { share: '0.5', source: 'the convertible Reserved Instance of t3.medium, Infracost, 2025-07' },
  },
  fargate: {
    '1y': { share: '0.15', source: 'no upfront, me-central-1, Fargate pricing page, 2026' },
    '3y': { share: '0.45', source: 'no upfront, us-east-2, vantage.sh, undated; AWS says up to 50 %' },
  },
  lambda: {
    '1y': { share: '0.12', source: 'finops.com.py and AWS Bites 144, 2025-05; others say 15 %' },
    '3y': { share: '0.17', source: 'finops.com.py, 2025; AWS says up to 17 %' },
  },
};
/** Medians of Standard Reserved Instances over all types and three regions, no upfront (2026-07-05). */
const FAMILY_DISCOUNT: Readonly<Record<Term, Discount>> = {
  '1y': { share: '0.37', source: 'the median of all types: the list has no Reserved Instance of this one' },
  '3y': { share: '0.568', source: 'the median of all types: the list has no Reserved Instance of this one' },
};

/** Prices that Compute Savings Plans cover, besides EC2: not Spot, ephemeral storage or requests. */
const FARGATE = /^fargate\.(?:vcpu|memory)\.(?:x86|arm64|windows)$/;
const LAMBDA = /^lambda\.(?:duration|provisioned\.concurrency|provisioned\.duration)\./;
/** Covered where the plan names a rate: AWS's own example has it, its usage types have not. */
const LAMBDA_REQUESTS = 'lambda.requests';

/** Whether a plan's `rates` may name a price. */
export function mayCover(priceId: string, { type, family }: PlanTerms): boolean {
  const instance = readInstancePriceId(priceId);
  if (instance !== undefined) {
    return instance.kind !== 'spotLinux' && (type === 'compute' || instanceFamily(instance.name) === family);
  }
  return type === 'compute' && (FARGATE.test(priceId) || LAMBDA.test(priceId) || priceId === LAMBDA_REQUESTS);
}

/**
 * A plan's rate for a price where the scenario gives none; undefined where the plan does not cover it. An EC2
 * Instance plan asks what a Standard Reserved Instance of its term and payment costs (EC2 pricing page,
 * 2025-26). Discounts are taken off Linux; Windows adds its licence undiscounted.
 */
export function defaultRate(price: Price, plan: PlanTerms, book: PriceBook): PlanRate | undefined {
  if (!mayCover(price.id, plan) || price.id === LAMBDA_REQUESTS) return undefined;
  const instance = readInstancePriceId(price.id);
  const usd = firstUsd(price);
  if (instance === undefined) {
    const discount = COMPUTE_DISCOUNT[FARGATE.test(price.id) ? 'fargate' : 'lambda'][plan.term];
    return discounted(price.id, usd, usd, discount);
  }
  const linux = firstUsd(book.price(instancePriceId(instance.name, 'linux')));
  if (plan.type === 'compute') return discounted(price.id, usd, linux, COMPUTE_DISCOUNT.ec2[plan.term]);
  const reserved = reservedUsdPerHour(instance.name, book.region, plan);
  if (reserved === undefined) return discounted(price.id, usd, linux, FAMILY_DISCOUNT[plan.term]);
  const doubt = doubtOf(price.id, 'that of a Standard Reserved Instance of the same term and payment');
  return { usd: usd.sub(linux).add(reserved), doubt };
}

function firstUsd(price: Price): Fraction {
  return decimalFraction(price.tiers[0]!.usd);
}

function discounted(id: string, usd: Fraction, base: Fraction, { share, source }: Discount): PlanRate {
  const percent = decimalFraction(share).mul(100).toString();
  return {
    usd: usd.sub(base).add(base.mul(ONE.sub(decimalFraction(share)))),
    doubt: doubtOf(id, `${percent} % off (${source})`),
  };
}

function doubtOf(id: string, basis: string): string {
  return `The Savings Plan rate of \`${id}\` is uncertain: ${basis}; give your own under \`rates\`.`;
}
