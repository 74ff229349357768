import type { InstancePriceKind, InstanceType, Price } from './price-book.ts';
import columns from './prices/ec2-instances.json' with { type: 'json' };

/** Sizes and hourly prices of EC2 instance types; each array of the file is a column over `types`. */
interface InstanceColumns {
  readonly unit: string;
  readonly sources: Readonly<
    Record<'on-demand' | 'later-families' | 'types', { title: string; date: string }>
  >;
  readonly laterFamilies: readonly string[];
  readonly arm64Families: readonly string[];
  readonly burstableFamilies: readonly string[];
  readonly types: readonly string[];
  readonly vcpus: readonly number[];
  readonly memoryMib: readonly number[];
  readonly enis: readonly (number | null)[];
  readonly ipv4PerEni: readonly (number | null)[];
  readonly usdPerHour: Readonly<
    Record<string, Readonly<Record<InstancePriceKind, readonly (string | null)[]>>>
  >;
}

export const instanceColumns = columns as unknown as InstanceColumns;

export const INSTANCE_PREFIX = 'ec2.instance.';
const SUFFIX: Readonly<Record<InstancePriceKind, string>> = {
  linux: '',
  windows: '.windows',
  spotLinux: '.spot',
};
const WHAT: Readonly<Record<InstancePriceKind, string>> = {
  linux: 'Linux',
  windows: 'Windows',
  spotLinux: 'Linux, Spot',
};
const SPOT_NOTE = 'the mean Spot price of the region when the list was read; Spot prices change';

const indexByName: ReadonlyMap<string, number> = new Map(
  instanceColumns.types.map((name, index): [string, number] => [name, index]),
);

/** `m7g` of `m7g.large`. */
export function instanceFamily(name: string): string {
  return name.split('.', 1)[0]!;
}

/** Regions that have a price list, in the order of the file. */
export const regions: readonly string[] = Object.keys(instanceColumns.usdPerHour);

/** Every type of any region, by family and size. */
export const instanceNames: readonly string[] = instanceColumns.types;

/** Size of a type, whichever region offers it; undefined for an unknown name. */
export function instanceSize(name: string): InstanceType | undefined {
  const index = indexByName.get(name);
  if (index === undefined) return undefined;
  const family = instanceFamily(name);
  return {
    name,
    vcpus: instanceColumns.vcpus[index]!,
    memoryMib: instanceColumns.memoryMib[index]!,
    architecture: instanceColumns.arm64Families.includes(family) ? 'arm64' : 'x86_64',
    burstable: instanceColumns.burstableFamilies.includes(family),
    enis: instanceColumns.enis[index]!,
    ipv4PerEni: instanceColumns.ipv4PerEni[index]!,
  };
}

export function isOffered(name: string, region: string): boolean {
  const index = indexByName.get(name);
  return index !== undefined && instanceColumns.usdPerHour[region]?.linux[index] != null;
}

export function instancePriceId(name: string, kind: InstancePriceKind): string {
  return `${INSTANCE_PREFIX}${name}${SUFFIX[kind]}`;
}

/**
 * The type and kind that a price id names: the inverse of `instancePriceId`.
 * @returns undefined for other ids
 */
export function readInstancePriceId(id: string): { name: string; kind: InstancePriceKind } | undefined {
  if (!id.startsWith(INSTANCE_PREFIX)) return undefined;
  const rest = id.slice(INSTANCE_PREFIX.length);
  for (const kind of ['windows', 'spotLinux', 'linux'] as const) {
    if (!rest.endsWith(SUFFIX[kind])) continue;
    const name = rest.slice(0, rest.length - SUFFIX[kind].length);
    if (indexByName.has(name)) return { name, kind };
  }
  return undefined;
}

/** A price without its figure: what an override needs to stand on. */
export function instancePriceFrame(
  name: string,
  kind: InstancePriceKind,
): Omit<Price, 'tiers' | 'source' | 'date'> {
  return {
    id: instancePriceId(name, kind),
    line: kind === 'spotLinux' ? `ec2.spot.${name}` : instancePriceId(name, 'linux'),
    what: `EC2 ${name} (${WHAT[kind]})`,
    unit: instanceColumns.unit,
  };
}

/** @returns undefined where the region has no such price */
export function instancePrice(name: string, kind: InstancePriceKind, region: string): Price | undefined {
  const index = indexByName.get(name);
  const usd = index === undefined ? null : instanceColumns.usdPerHour[region]?.[kind][index];
  if (usd == null) return undefined;
  const later = instanceColumns.laterFamilies.includes(instanceFamily(name));
  const { title, date } = instanceColumns.sources[later ? 'later-families' : 'on-demand'];
  const frame = { ...instancePriceFrame(name, kind), source: title, date };
  if (kind !== 'spotLinux') return { ...frame, tiers: [{ upTo: null, usd }] };
  return { ...frame, tiers: [{ upTo: null, usd, uncertain: true }], note: SPOT_NOTE };
}
