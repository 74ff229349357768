import type { Path } from '../problems/problem.ts';

/**
 * One step of a price: `usd` for each unit up to `upTo` units a month (null: without end). Decimal texts,
 * exact.
 */
export interface PriceTier {
  readonly upTo: string | null;
  readonly usd: string;
  /** The figure is doubted, derived or taken from another region; the price's note says which. */
  readonly uncertain?: boolean;
}

/** A price with everything needed to defend it. */
export interface Price {
  /** `service.meter[.variant]`, as `lambda.duration.arm64`; what overrides and readings name. */
  readonly id: string;
  /**
   * The bill line it goes to, where variants share one (`fargate.vcpu.arm64` → `fargate.vcpu`); else its
   * id.
   */
  readonly line: string;
  /** For people: `Lambda duration (Arm)`. */
  readonly what: string;
  /** What one unit is: `GB-s`, `request`, `h`, `LCU-h`, `GB-month`. */
  readonly unit: string;
  readonly tiers: readonly PriceTier[];
  /** Units a month that are free when `billing.freeTier` is on; several ids may share a pool. */
  readonly free?: FreePool;
  /** Where it was read, and when (ISO date or year-month; `undated` for an override). */
  readonly source: string;
  readonly date: string;
  /** What a reader should know of it; always there when a tier is uncertain. */
  readonly note?: string;
}

export interface FreePool {
  readonly pool: string;
  readonly quantity: string;
}

/** Size and price of one EC2 instance type in one region. */
export interface InstanceType {
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly burstable: boolean;
  /** Elastic network interfaces of the first network card: pods get their addresses. Null: not known. */
  readonly enis: number | null;
  readonly ipv4PerEni: number | null;
}

/** What an instance runs and how it was bought: `spotLinux` is the mean Spot price of its region. */
export type InstancePriceKind = 'linux' | 'windows' | 'spotLinux';

/** Overrides as written in `billing.prices`: price id → `$0.05/h`. A bare number is refused with a remedy. */
export type PriceOverrides = Readonly<Record<string, string | number>>;

/** The prices of one region, a scenario's overrides applied. A `path` says where a problem is to be shown. */
export interface PriceBook {
  readonly region: string;
  /** Year and month of the EC2 price list, the largest of the book; every price has its own date. */
  readonly snapshot: string;
  /** As written. */
  readonly overrides: Readonly<Record<string, string>>;
  /** @throws ScenarioError (code `unpriced`) when the region has no such price; never a silent zero. */
  price(id: string, path?: Path): Price;
  /** @throws ScenarioError (code `unknown-instance-type`) with the nearest names. */
  instanceType(name: string, path?: Path): InstanceType;
  /**
   * The hourly price; its line is `ec2.instance.NAME`, or `ec2.spot.NAME`. Its `id` is what a reading names.
   * @throws ScenarioError (codes `unknown-instance-type`, `unpriced`)
   */
  instancePrice(name: string, kind: InstancePriceKind, path?: Path): Price;
  /** Every price of the region but the Windows and Spot ones of instances, sorted by id. */
  list(): readonly Price[];
  /** The instance types of the region, by family and size. */
  listInstanceTypes(): readonly InstanceType[];
}
