import { nearestNames } from '../problems/nearest.ts';
import { type Path, type Problem, problem, ScenarioError } from '../problems/problem.ts';
import { either, ticked } from '../problems/words.ts';
import {
  instanceFamily,
  instanceNames,
  instancePrice,
  instancePriceFrame,
  instancePriceId,
  instanceSize,
  isOffered,
  readInstancePriceId,
  regions,
} from './instances.ts';
import { type FlatPrices, readOverrides, unknownPrice } from './override.ts';
import type { InstancePriceKind, InstanceType, Price, PriceBook, PriceOverrides } from './price-book.ts';
import { priceDefinition, servicePrice, servicePriceIds } from './price-files.ts';

/** Year and month of the EC2 price list. */
const SNAPSHOT = '2026-07';
const OVERRIDES_PATH: Path = ['billing', 'prices'];

/**
 * Opens the price list of a region and applies a scenario's overrides.
 *
 * An override is one price for every unit, whatever the tiers of the list; the free pool stays. It may also
 * price what the region's list lacks. One of a bill line (`fargate.vcpu`) holds for all its variants.
 *
 * @throws ScenarioError with all of: `unknown-region`, `unknown-price`, `invalid-price`
 */
export function openPriceBook(region: string, overrides: PriceOverrides = {}): PriceBook {
  const { flat, problems } = readOverrides(overrides, OVERRIDES_PATH);
  const found = regions.includes(region) ? problems : [unknownRegion(region), ...problems];
  if (found.length > 0) throw new ScenarioError(found);
  return new RegionPriceBook(region, flat, overrides as Readonly<Record<string, string>>);
}

function unknownRegion(region: string): Problem {
  const near = nearestNames(region, regions, { count: 1, farthest: 3 });
  const hint = near.length > 0 ? `did you mean ${either(near.map(ticked))}? ` : '';
  return problem('unknown-region', ['region'], `there are no prices for region ${ticked(region)}`, {
    help: `${hint}regions with prices: ${regions.join(', ')}`,
  });
}

class RegionPriceBook implements PriceBook {
  readonly region: string;
  readonly snapshot = SNAPSHOT;
  readonly overrides: Readonly<Record<string, string>>;
  readonly #flat: FlatPrices;

  constructor(region: string, flat: FlatPrices, overrides: Readonly<Record<string, string>>) {
    this.region = region;
    this.#flat = flat;
    this.overrides = overrides;
  }

  price(id: string, path: Path = []): Price {
    const price = this.#find(id);
    if (price === undefined) throw new ScenarioError([unpriced(id, this.region, path)]);
    return price;
  }

  instanceType(name: string, path: Path = []): InstanceType {
    const size = instanceSize(name);
    if (size === undefined || !this.#offers(name)) {
      throw new ScenarioError([unknownInstanceType(name, this.region, path)]);
    }
    return size;
  }

  instancePrice(name: string, kind: InstancePriceKind, path: Path = []): Price {
    this.instanceType(name, path);
    return this.price(instancePriceId(name, kind), path);
  }

  list(): readonly Price[] {
    const instances = this.listInstanceTypes().map((each) => instancePriceId(each.name, 'linux'));
    return [...servicePriceIds(), ...instances]
      .sort()
      .map((id) => this.#find(id))
      .filter((price) => price !== undefined);
  }

  listInstanceTypes(): readonly InstanceType[] {
    return instanceNames.filter((name) => this.#offers(name)).map((name) => instanceSize(name)!);
  }

  #offers(name: string): boolean {
    return isOffered(name, this.region) || this.#flat.has(instancePriceId(name, 'linux'));
  }

  #find(id: string): Price | undefined {
    const instance = readInstancePriceId(id);
    const listed =
      instance === undefined
        ? servicePrice(id, this.region)
        : instancePrice(instance.name, instance.kind, this.region);
    const usd = this.#flat.get(id);
    return usd === undefined ? listed : overridden(id, usd, listed);
  }
}

function overridden(id: string, usd: string, listed: Price | undefined): Price {
  const instance = readInstancePriceId(id);
  const definition = priceDefinition(id);
  const frame = instance === undefined ? definition! : instancePriceFrame(instance.name, instance.kind);
  const first = listed?.tiers[0]?.usd;
  return {
    id,
    line: frame.line ?? id,
    what: frame.what,
    unit: frame.unit,
    ...(definition?.free === undefined ? {} : { free: definition.free }),
    tiers: [{ upTo: null, usd }],
    source: 'the scenario (billing.prices)',
    date: 'undated',
    note: first === undefined ? 'the region has no list price' : `in place of the list price, $${first}`,
  };
}

function unpriced(id: string, region: string, path: Path): Problem {
  const message = `there is no price for ${ticked(id)} in ${region}`;
  const instance = readInstancePriceId(id);
  const definition = priceDefinition(id);
  const variants = servicePriceIds().filter((each) => priceDefinition(each)!.line === id);
  if (variants.length > 0 && definition === undefined) {
    return problem('unpriced', path, message, { help: `it has variants: ${either(variants.map(ticked))}` });
  }
  const unit = instance === undefined ? definition?.unit : 'h';
  if (unit === undefined) return problem('unpriced', path, message, { help: unknownPrice(id, path).help });
  const elsewhere = regions.flatMap((other) => {
    const price = instance ? instancePrice(instance.name, instance.kind, other) : servicePrice(id, other);
    return price === undefined ? [] : [`${other} $${price.tiers[0]!.usd}`];
  });
  const known = elsewhere.length > 0 ? ` (${elsewhere.join(', ')})` : '';
  const help = `give one under billing.prices, as \`${id}: $…/${unit}\`${known}`;
  return problem('unpriced', path, message, { help });
}

function unknownInstanceType(name: string, region: string, path: Path): Problem {
  const offered = instanceNames.filter((each) => isOffered(each, region));
  const family = instanceFamily(name.toLowerCase());
  const near = nearestNames(name, offered, {
    count: 3,
    farthest: 4,
    isKin: (each) => instanceFamily(each) === family,
  });
  const hint =
    near.length > 0
      ? `did you mean ${either(near.map(ticked))}?`
      : '`breakeven prices list` shows every type';
  const elsewhere = regions.filter((other) => isOffered(name, other));
  if (elsewhere.length === 0) {
    const message = `there is no EC2 instance type ${ticked(name)}`;
    return problem('unknown-instance-type', path, message, { help: hint });
  }
  return problem('unknown-instance-type', path, `EC2 instance type \`${name}\` is not offered in ${region}`, {
    help: `it is in ${elsewhere.join(' and ')}; in ${region}, ${hint}`,
  });
}
