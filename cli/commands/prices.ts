import {
  type InstanceRate,
  type InstanceType,
  instanceRates,
  openPriceBook,
  type Price,
  type PriceBook,
} from '../../sim/billing/index.ts';
import { ScenarioError } from '../../sim/problems/problem.ts';
import { exitCodes } from '../exit-codes.ts';

interface PriceOptions {
  readonly region: string;
  readonly json: boolean;
}

/** Lists every price of a region, one a line: id, price, unit, date. */
export function listPrices({ region, json }: PriceOptions): number {
  const prices = openPriceBook(region, {}).list();
  if (json) process.stdout.write(`${JSON.stringify(prices, null, 2)}\n`);
  else for (const price of prices) process.stdout.write(`${line(price)}\n`);
  return exitCodes.passed;
}

/** What there is to show of a name. */
interface Found {
  readonly price: Price;
  readonly instanceType?: InstanceType;
  /** Of an instance type: its other prices on the list, and its rates under commitments. */
  readonly others?: readonly Price[];
  readonly rates?: readonly InstanceRate[];
}

/** Shows one price, or the size and prices of an instance type. */
export function showPrice({ name, region, json }: PriceOptions & { name: string }): number {
  const book = openPriceBook(region, {});
  const isInstance = /^[a-z0-9-]+\.[a-z0-9-]+$/.test(name) && !book.list().some((price) => price.id === name);
  const found: Found = isInstance ? findInstance(name, book) : { price: book.price(name) };
  process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : `${describe(found, region)}\n`);
  return exitCodes.passed;
}

function findInstance(name: string, book: PriceBook): Found {
  const listed = (kind: 'windows' | 'spotLinux'): Price[] => {
    try {
      return [book.instancePrice(name, kind)];
    } catch (error) {
      if (error instanceof ScenarioError) return [];
      throw error;
    }
  };
  return {
    instanceType: book.instanceType(name),
    price: book.instancePrice(name, 'linux'),
    others: [...listed('windows'), ...listed('spotLinux')],
    rates: instanceRates(name, book),
  };
}

function line({ id, tiers, unit, date }: Price): string {
  const first = tiers[0]!;
  const more = tiers.length > 1 ? ` (${tiers.length} tiers)` : '';
  const doubt = tiers.some((tier) => tier.uncertain) ? ' (uncertain)' : '';
  return `${id.padEnd(40)} $${first.usd}/${unit}${more}${doubt}  ${date}`;
}

function describe(found: Found, region: string): string {
  const { price, instanceType, others = [], rates = [] } = found;
  const rows = [`${price.what}, ${region}`];
  if (instanceType !== undefined) {
    const { vcpus, memoryMib, architecture, burstable } = instanceType;
    rows.push(
      `  size      ${vcpus} vCPUs, ${memoryMib / 1024} GiB, ${architecture}${burstable ? ', burstable' : ''}`,
    );
  }
  let from = '0';
  for (const tier of price.tiers) {
    const range =
      price.tiers.length === 1 ? '' : tier.upTo === null ? `  from ${from}` : `  ${from} to ${tier.upTo}`;
    rows.push(`  price     $${tier.usd} per ${price.unit}${range}${tier.uncertain ? '  (uncertain)' : ''}`);
    from = tier.upTo ?? from;
  }
  if (price.free !== undefined) rows.push(`  free tier ${price.free.quantity} a month (${price.free.pool})`);
  rows.push(`  id        ${price.id}`, `  source    ${price.source}`, `  date      ${price.date}`);
  if (price.note !== undefined) rows.push(`  note      ${price.note}`);
  return [...rows, ...others.map(otherPrice), ...rateTable(rates)].join('\n');
}

function otherPrice({ what, tiers, unit, id }: Price): string {
  const { usd, uncertain = false } = tiers[0]!;
  return `  also      $${usd} per ${unit}${uncertain ? '  (uncertain)' : ''}  ${what}, ${id}`;
}

const PAYMENT_IN_WORDS = {
  noUpfront: 'no upfront',
  partialUpfront: 'partial upfront',
  allUpfront: 'all upfront',
} as const;

/** Rates under commitments, one a line. */
function rateTable(rates: readonly InstanceRate[]): string[] {
  if (rates.length === 0) return [];
  const rows = rates.map(({ commitment, term, payment, usdPerHour, uncertain }) => {
    const words = `${commitment}, ${term}${payment === undefined ? '' : `, ${PAYMENT_IN_WORDS[payment]}`}`;
    const usd = `$${usdPerHour.toFixed(6).replace(/0+$/, '')}`;
    return `    ${words.padEnd(47)} ${usd} per h${uncertain ? '  (uncertain)' : ''}`;
  });
  return ['  committed, upfront payments spread over the term:', ...rows];
}
