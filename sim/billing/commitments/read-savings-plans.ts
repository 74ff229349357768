import type Fraction from 'fraction.js';
import { nearestNames } from '../../problems/nearest.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { either, ticked } from '../../problems/words.ts';
import { decimalFraction } from '../exact.ts';
import { instanceFamily, instancePriceId, readInstancePriceId } from '../instances.ts';
import { priceTargets, readOverride, unknownPrice } from '../override.ts';
import type { Price, PriceBook } from '../price-book.ts';
import type { PlanRate, SavingsPlan } from './commitments.ts';
import { defaultRate, mayCover } from './plan-rates.ts';
import type { SavingsPlanSpec } from './specs.ts';

/** Turns a plan's words into numbers; what is wrong with them goes to `problems`. */
export function readSavingsPlan(
  spec: SavingsPlanSpec,
  book: PriceBook,
  path: Path,
  problems: Problem[],
): SavingsPlan {
  problems.push(...familyProblems(spec, book, path));
  const rates = readRates(spec, [...path, 'rates'], problems);
  const isCompute = spec.type === 'compute';
  return {
    type: spec.type,
    line: isCompute ? 'savings-plan.compute' : `savings-plan.ec2-instance.${spec.family}`,
    what: isCompute ? 'Compute Savings Plan' : `EC2 Instance Savings Plan ${spec.family}`,
    usdPerHour: readCommitment(spec.commitment, [...path, 'commitment'], problems),
    rateOf: (price: Price): PlanRate | undefined => {
      const usd = rates.get(price.id);
      return usd === undefined ? defaultRate(price, spec, book) : { usd: decimalFraction(usd) };
    },
  };
}

function readCommitment(written: string, path: Path, problems: Problem[]): Fraction {
  const { usd, message, help } = readOverride(written, 'h');
  const value = decimalFraction(usd ?? '1');
  if (usd === undefined) {
    problems.push(problem('invalid-price', path, `the commitment ${message}`, { help: help! }));
  } else if (value.compare(0) === 0) {
    const nothing = 'a commitment of nothing is no Savings Plan';
    problems.push(problem('invalid-price', path, nothing, { help: 'give dollars an hour: `$1.20/h`' }));
  }
  return value;
}

function familyProblems({ type, family }: SavingsPlanSpec, book: PriceBook, path: Path): Problem[] {
  if (type === 'compute') {
    if (family === undefined) return [];
    const message = 'a Compute Savings Plan is for every family';
    const help = 'leave `family` out, or take `type: ec2Instance`';
    return [problem('not-in-plan', [...path, 'family'], message, { help, at: 'key' })];
  }
  if (family === undefined) {
    const help = 'add `family: m7g`';
    return [problem('missing-key', path, 'an EC2 Instance Savings Plan is for one family', { help })];
  }
  const families = [...new Set(book.listInstanceTypes().map(({ name }) => instanceFamily(name)))];
  if (families.includes(family)) return [];
  const near = nearestNames(family, families, { count: 3, farthest: 2 });
  const help = near.length > 0 ? `did you mean ${either(near.map(ticked))}?` : 'as `m7g`';
  const message = `there is no instance family ${ticked(family)} in ${book.region}`;
  return [problem('unknown-instance-type', [...path, 'family'], message, { help })];
}

/** Rates by price id, as decimal digits. A key is a price id, a bill line, or an instance type (Linux). */
function readRates(spec: SavingsPlanSpec, base: Path, problems: Problem[]): Map<string, string> {
  const rates = new Map<string, string>();
  for (const [key, written] of Object.entries(spec.rates)) {
    const path = [...base, key];
    const asType = instancePriceId(key, 'linux');
    const isInstance = readInstancePriceId(asType) !== undefined || readInstancePriceId(key) !== undefined;
    const id = readInstancePriceId(asType) === undefined ? key : asType;
    const targets = isInstance ? [{ id, unit: 'h' }] : priceTargets(id);
    const covered = targets.filter((target) => mayCover(target.id, spec));
    const reading = readOverride(written, targets[0]?.unit ?? 'h');
    if (targets.length === 0) problems.push(unknownPrice(key, path));
    else if (covered.length === 0) problems.push(notInPlan(key, spec, path));
    else if (reading.usd === undefined) {
      problems.push(problem('invalid-price', path, `the rate ${reading.message}`, { help: reading.help! }));
    }
    for (const target of covered) rates.set(target.id, reading.usd ?? '0');
  }
  return rates;
}

function notInPlan(key: string, { type, family }: SavingsPlanSpec, path: Path): Problem {
  const what =
    type === 'compute' ? 'a Compute Savings Plan' : `an EC2 Instance Savings Plan of \`${family}\``;
  const help =
    type === 'compute'
      ? 'it is for EC2 instances, vCPUs and memory of Fargate, duration and provisioned concurrency of Lambda'
      : 'it is for the instances of its family; `type: compute` is for EC2, Fargate and Lambda';
  return problem('not-in-plan', path, `${what} does not cover ${ticked(key)}`, { help, at: 'key' });
}
