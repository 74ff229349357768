import type { MeterReading, Price } from '../../billing/index.ts';
import type { Distribution } from '../../distributions/distribution.ts';
import { unitExponential } from '../../distributions/exponential.ts';
import { scaleToMean } from '../../distributions/unit-law.ts';
import type { PurchasePlan } from '../../fleet/replicas/purchase-mix.ts';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import type { WorkerSpans } from '../../observe/observation.ts';
import { type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import type { PlatformContext } from '../platform.ts';
import { type BilledTime, timeReading } from './meters.ts';
import type { PurchaseOptions } from './purchase-options.ts';
import advisor from './spot-interruptions.json' with { type: 'json' };

/** What `interruptionsPerMonth` counts by: a month of 730 hours, whatever the bill's. */
const MONTH_MICROS = 730 * MICROS_PER_HOUR;

const typesByBand: Readonly<Record<string, readonly string[]>> = advisor.typesByBand;

/** What decides the price and the interruptions of a group's instances. */
export interface BoughtOptions {
  readonly instanceType: string;
  readonly operatingSystem?: 'linux' | 'windows';
  readonly purchase: PurchaseOptions;
  readonly interruptionsPerMonth?: number | undefined;
  readonly capacityRebalance: boolean;
}

/** Whether any instance of the group may be Spot. */
export function mayBeSpot({ purchase }: Pick<BoughtOptions, 'purchase'>): boolean {
  if (typeof purchase === 'string') return purchase === 'spot';
  return purchase.onDemandPercentageAboveBaseCapacity < 100;
}

/**
 * Interruptions of an instance a month, from the band of AWS's Spot Instance advisor that its type is in: the
 * upper end of a band, and 0.6, the middle, where it is over 20 %.
 * @returns undefined for a type that the advisor does not list in the region
 */
export function advisedInterruptions(instanceType: string, region: string): number | undefined {
  const band = typesByBand[region]?.findIndex((types) => types.split(' ').includes(instanceType)) ?? -1;
  return advisor.bands[band]?.interruptionsPerMonth;
}

/** How long a Spot instance runs until it is told, without memory. */
export function timeToNotice(interruptionsPerMonth: number): Distribution {
  return scaleToMean(unitExponential, MONTH_MICROS / interruptionsPerMonth);
}

/** @returns null when all instances are on demand */
export function planPurchase(options: BoughtOptions): PurchasePlan | null {
  if (!mayBeSpot(options)) return null;
  const { purchase, interruptionsPerMonth, capacityRebalance } = options;
  const mix = typeof purchase === 'string' ? null : purchase;
  return {
    onDemandBaseCapacity: mix?.onDemandBaseCapacity ?? 0,
    onDemandPercentageAboveBaseCapacity: mix?.onDemandPercentageAboveBaseCapacity ?? 0,
    timeToNotice: timeToNotice(interruptionsPerMonth!),
    replacesAtNotice: capacityRebalance,
  };
}

/** What cannot be bought, or what nobody knows the price or the interruptions of. */
export function purchaseProblems(
  options: BoughtOptions,
  { path, prices }: Pick<PlatformContext, 'path' | 'prices'>,
): Problem[] {
  if (!mayBeSpot(options)) return idleKeys(options, path);
  const { instanceType, operatingSystem, interruptionsPerMonth } = options;
  if (operatingSystem === 'windows') {
    const help = 'use Linux, or on-demand';
    return [problem('unpriced', [...path, 'purchase'], 'there are no Spot prices of Windows', { help })];
  }
  const problems: Problem[] = [];
  try {
    prices.instancePrice(instanceType, 'spotLinux', [...path, 'purchase']);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    problems.push(...error.problems.filter(({ code }) => code === 'unpriced'));
  }
  if (interruptionsPerMonth === undefined) {
    const message = `how often Spot ${ticked(instanceType)} is interrupted in ${prices.region} is not known`;
    problems.push(
      problem('unknown-interruptions', [...path, 'instanceType'], message, {
        help: 'give `interruptionsPerMonth`',
      }),
    );
  }
  return problems;
}

/**
 * AWS accepts Capacity Rebalancing for any group, and it is about Spot Instances only (Amazon EC2 Auto
 * Scaling User Guide, "Capacity Rebalancing", 2023-05).
 */
export function purchaseNotices(options: BoughtOptions, path: PlatformContext['path']): Problem[] {
  if (!options.capacityRebalance || mayBeSpot(options)) return [];
  const message = '`capacityRebalance` does nothing: no instance of the group is Spot';
  const help = 'add `purchase: spot`, or leave it out';
  return [
    problem('no-effect', [...path, 'capacityRebalance'], message, { severity: 'warning', help, at: 'key' }),
  ];
}

function idleKeys({ interruptionsPerMonth }: BoughtOptions, path: PlatformContext['path']): Problem[] {
  if (interruptionsPerMonth === undefined) return [];
  const message = 'only Spot instances are interrupted, and all are on demand';
  return [
    problem('needs-spot', [...path, 'interruptionsPerMonth'], message, {
      help: 'add `purchase: spot`, or leave it out',
    }),
  ];
}

/** Hours of instances by how they were bought. */
export function instanceReadings(
  prices: { onDemand: Price; spot: Price | null },
  spans: WorkerSpans,
  time: (spans: WorkerSpans) => BilledTime,
): MeterReading[] {
  const readings = [timeReading(prices.onDemand.id, time(spansBought(spans, 'onDemand')))];
  if (prices.spot !== null) readings.push(timeReading(prices.spot.id, time(spansBought(spans, 'spot'))));
  return readings;
}

/** The lives of the instances that were bought in one way. */
export function spansBought(
  { startMicros, endMicros, isSpot }: WorkerSpans,
  how: 'onDemand' | 'spot',
): WorkerSpans {
  const of = (column: readonly number[]) =>
    column.filter((_, index) => (isSpot?.[index] ?? false) === (how === 'spot'));
  return { startMicros: of(startMicros), endMicros: of(endMicros) };
}
