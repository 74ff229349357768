import type Fraction from 'fraction.js';
import { type Path, type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import { decimalFraction, integerFraction, ZERO } from '../exact.ts';
import { readOverride } from '../override.ts';
import type { PriceBook } from '../price-book.ts';
import type { ReservedInstances } from './commitments.ts';
import { reservedUsdPerHour } from './reserved-prices.ts';
import type { ReservedInstanceSpec } from './specs.ts';

/** One year is 365 days, three are 1,095 (EC2 User Guide, Reserved Instances, 2023-05). */
const HOURS_OF_TERM = { '1y': 8_760, '3y': 26_280 } as const;

/** Turns the words of Reserved Instances into numbers; what is wrong with them goes to `problems`. */
export function readReservedInstances(
  spec: ReservedInstanceSpec,
  book: PriceBook,
  path: Path,
  problems: Problem[],
): ReservedInstances {
  const { instanceType, operatingSystem, scope, count } = spec;
  try {
    book.instancePrice(instanceType, operatingSystem, [...path, 'instanceType']);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    problems.push(...error.problems);
    return { instanceType, operatingSystem, scope, count, usdPerHour: ZERO };
  }
  return { instanceType, operatingSystem, scope, count, ...rateOf(spec, book, path, problems) };
}

function rateOf(
  spec: ReservedInstanceSpec,
  book: PriceBook,
  path: Path,
  problems: Problem[],
): Pick<ReservedInstances, 'usdPerHour' | 'doubt'> {
  const read = (key: 'rate' | 'upfront', unit: string): Fraction => {
    const written = spec[key];
    const reading = written === undefined ? { usd: '0' } : readOverride(written, unit);
    if (reading.usd === undefined) {
      const { message = '', help = '' } = reading;
      problems.push(problem('invalid-price', [...path, key], `\`${key}\` ${message}`, { help }));
    }
    return decimalFraction(reading.usd ?? '0');
  };
  const isGiven = spec.rate !== undefined || (spec.upfront !== undefined && spec.payment === 'allUpfront');
  if (isGiven) {
    const perHour = read('upfront', 'instance').div(integerFraction(HOURS_OF_TERM[spec.term]));
    return { usdPerHour: read('rate', 'h').add(perHour) };
  }
  if (spec.upfront !== undefined) {
    const help = 'give the hourly part too: `rate: $0.01/h`';
    problems.push(problem('missing-key', [...path, 'upfront'], '`upfront` goes with a `rate`', { help }));
    return { usdPerHour: ZERO };
  }
  return listRate(spec, book, path, problems);
}

/** Standard Linux prices are listed for all upfront; other payments are in known proportion to it. */
function listRate(
  spec: ReservedInstanceSpec,
  book: PriceBook,
  path: Path,
  problems: Problem[],
): Pick<ReservedInstances, 'usdPerHour' | 'doubt'> {
  const { instanceType, operatingSystem, offeringClass, payment } = spec;
  const isListed = operatingSystem === 'linux' && offeringClass === 'standard';
  const usdPerHour = isListed ? reservedUsdPerHour(instanceType, book.region, spec) : undefined;
  if (usdPerHour === undefined) {
    const what = `a ${offeringClass} Reserved Instance ${ticked(instanceType)} (${operatingSystem})`;
    const message = `there is no price for ${what} in ${book.region}`;
    const help = 'give its `rate`, as `rate: $0.05/h`, and `upfront` where there is one';
    problems.push(problem('unpriced', path, message, { help }));
    return { usdPerHour: ZERO };
  }
  if (payment === 'allUpfront') return { usdPerHour };
  const doubt =
    `The price of the Reserved Instance \`${instanceType}\` (${payment}) is uncertain: ` +
    'the list has all upfront, and the proportion of payments is that of another type; give your own `rate`.';
  return { usdPerHour, doubt };
}
