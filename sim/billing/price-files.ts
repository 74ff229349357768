import type { FreePool, Price, PriceTier } from './price-book.ts';
import apiGateway from './prices/api-gateway.json' with { type: 'json' };
import containers from './prices/containers.json' with { type: 'json' };
import ec2 from './prices/ec2.json' with { type: 'json' };
import lambda from './prices/lambda.json' with { type: 'json' };
import loadBalancing from './prices/load-balancing.json' with { type: 'json' };
import messaging from './prices/messaging.json' with { type: 'json' };
import monitoring from './prices/monitoring.json' with { type: 'json' };
import network from './prices/network.json' with { type: 'json' };
import storage from './prices/storage.json' with { type: 'json' };

/** One service's file; `prices/README.md` describes the form. */
export interface PriceFile {
  readonly service: string;
  readonly sources: Readonly<Record<string, { readonly title: string; readonly date: string }>>;
  readonly prices: readonly PriceDefinition[];
}

export interface PriceDefinition {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly line?: string;
  readonly free?: FreePool;
  readonly regions: Readonly<Record<string, RegionPrice>>;
}

interface RegionPrice {
  readonly tiers: readonly PriceTier[];
  readonly source: string;
  readonly note?: string;
}

// A JSON module's inferred type lists every region and tier, which no interface can take; the tests hold
// the form.
export const priceFiles = [
  apiGateway,
  containers,
  ec2,
  lambda,
  loadBalancing,
  messaging,
  monitoring,
  network,
  storage,
] as unknown as readonly PriceFile[];

interface Entry {
  readonly definition: PriceDefinition;
  readonly file: PriceFile;
}

const entries: ReadonlyMap<string, Entry> = new Map(
  priceFiles
    .flatMap((file) =>
      file.prices.map((definition): [string, Entry] => [definition.id, { definition, file }]),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** Every price that is known in some region, sorted by id; EC2 instances apart. */
export function servicePriceIds(): readonly string[] {
  return [...entries.keys()];
}

/** The pools of the free tier, sorted. */
export const freePools: readonly string[] = [
  ...new Set([...entries.values()].flatMap(({ definition }) => definition.free?.pool ?? [])),
].sort();

/** What a price is, in whatever region; undefined for an unknown id. */
export function priceDefinition(id: string): PriceDefinition | undefined {
  return entries.get(id)?.definition;
}

/** @returns undefined where the region has no such price */
export function servicePrice(id: string, region: string): Price | undefined {
  const entry = entries.get(id);
  const found = entry !== undefined && Object.hasOwn(entry.definition.regions, region);
  if (!found) return undefined;
  const { regions: byRegion, ...definition } = entry.definition;
  const { tiers, source, note } = byRegion[region]!;
  const { title, date } = entry.file.sources[source]!;
  return {
    ...definition,
    line: definition.line ?? id,
    tiers,
    source: title,
    date,
    ...(note === undefined ? {} : { note }),
  };
}
