import { type MeterReading, type PriceBook, ratio } from '../../billing/index.ts';
import type { DistributionSpec } from '../../distributions/index.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import type { ProgramBase } from '../../workload/program.ts';
import { countReading } from '../shared/meters.ts';
import { unpricedProblems } from '../shared/unpriced.ts';
import type { ResolvedFunction } from './functions.ts';

/**
 * Restore Duration of a Java function of 512 MB: 570 ms at the median, 627 ms at p90, of which 109 ms were
 * Billed Restore Duration (published 2025 beside an Init Duration of 1,588 ms). Python and .NET: not
 * measured, taken to be the same. Uncertain.
 */
export const DEFAULT_RESTORE: DistributionSpec = { distribution: 'lognormal', median: '570ms', p90: '627ms' };
export const RESTORE_BILLED = '109ms';

const MB_PER_GB = 1_024;
/** /tmp that SnapStart allows (Lambda Developer Guide, snapstart, 2026). */
const EPHEMERAL_MAX_MB = 512;
/** Java 11, Python 3.12 and .NET 8, and what is later (same guide). */
const OLDEST: Readonly<Record<string, readonly [number, number]>> = {
  java: [11, 0],
  python: [3, 12],
  dotnet: [8, 0],
};

const CACHE_PRICE = 'lambda.snapstart.cache';
const RESTORE_PRICE = 'lambda.snapstart.restore';

/** Java managed runtimes pay neither for cache nor for restores (AWS Lambda pricing page, 2026). */
function isCharged({ snapStart, runtime }: ResolvedFunction): boolean {
  return snapStart && !runtime.startsWith('java');
}

function isSupported(runtime: string): boolean {
  const match = /^(java|python|dotnet)(\d+)(?:\.(\d+))?/.exec(runtime);
  if (match === null) return false;
  const [major, minor] = [Number(match[2]), Number(match[3] ?? 0)];
  const [oldestMajor, oldestMinor] = OLDEST[match[1]!]!;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/**
 * What AWS refuses of SnapStart (Lambda Developer Guide, snapstart, "Supported features", 2026), and prices
 * of it that the region does not have.
 */
export function snapStartProblems(each: ResolvedFunction, prices: PriceBook): Problem[] {
  if (!each.snapStart) return [];
  const place = each.pathOf('snapStart');
  const problems = isCharged(each) ? unpricedProblems([CACHE_PRICE, RESTORE_PRICE], prices, place) : [];
  const refuse = (message: string, help: string) =>
    problems.push(problem('refused-snap-start', place, message, { help }));
  if (!isSupported(each.runtime)) {
    refuse(
      `SnapStart does not support runtime ${ticked(each.runtime)}`,
      'AWS: Java 11, Python 3.12, .NET 8 and later, as `runtime: java21`',
    );
  }
  if (each.packageType === 'Image')
    refuse('SnapStart does not support container images', 'leave `packageType` out: it is Zip by default');
  if (each.provisioned > 0)
    refuse('SnapStart does not support provisioned concurrency', 'use one of the two');
  if (each.ephemeralStorage > EPHEMERAL_MAX_MB) {
    refuse(
      `SnapStart does not support ephemeral storage of ${each.ephemeralStorage} MB`,
      `AWS: ${EPHEMERAL_MAX_MB} MB at most`,
    );
  }
  return problems;
}

/**
 * The snapshot that is cached for as long as the version is active, here one version all through the window
 * (the minimum of three hours is then no matter), and each restore from it; by the function's memory (AWS
 * Lambda pricing page, 2026).
 */
export function snapStartReadings(
  each: ResolvedFunction,
  index: number,
  observation: Observation,
  program: ProgramBase,
): MeterReading[] {
  if (!isCharged(each)) return [];
  const gb = ratio(each.memorySize, MB_PER_GB);
  const seconds = ratio(program.windowMicros, MICROS_PER_SECOND);
  const restores = countReading(RESTORE_PRICE, observation.usage[`started.${index}`]!);
  return [
    { priceId: CACHE_PRICE, quantity: seconds.mul(gb) },
    { ...restores, quantity: restores.quantity.mul(gb) },
  ];
}
