import { openPriceBook, type Price } from '../../sim/billing/index.ts';
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

/** Shows one price, or the size and prices of an instance type. */
export function showPrice({ name, region, json }: PriceOptions & { name: string }): number {
  const book = openPriceBook(region, {});
  const isInstance = /^[a-z0-9-]+\.[a-z0-9-]+$/.test(name) && !book.list().some((price) => price.id === name);
  const found = isInstance
    ? { instanceType: book.instanceType(name), price: book.instancePrice(name, 'linux') }
    : { price: book.price(name) };
  process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : `${describe(found, region)}\n`);
  return exitCodes.passed;
}

function line({ id, tiers, unit, date }: Price): string {
  const first = tiers[0]!;
  const more = tiers.length > 1 ? ` (${tiers.length} tiers)` : '';
  const doubt = tiers.some((tier) => tier.uncertain) ? ' (uncertain)' : '';
  return `${id.padEnd(40)} $${first.usd}/${unit}${more}${doubt}  ${date}`;
}

function describe(
  found: { instanceType?: ReturnType<ReturnType<typeof openPriceBook>['instanceType']>; price: Price },
  region: string,
): string {
  const { price, instanceType } = found;
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
  return rows.join('\n');
}
