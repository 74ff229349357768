import { type DistributionSpec, isSameSpec } from '../../distributions/index.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import { sizeBytes } from '../../units/size.ts';
import { type MeasuredBy, measuredInit } from './cold-start.ts';
import type { ResolvedFunction } from './functions.ts';

const BYTES_PER_MB = 1_000_000;
/** Unzipped, layers included (Lambda quotas, 2026); no image was measured beyond. */
const MEASURED_MAX_MB = 250;
const STEP_MB = 50;

/**
 * Cold requests in milliseconds with 0, 50 … 250 MB of dependencies that the code loads: Stuyvenberg,
 * containers on Lambda, 2024-01. Python: medians; Node: the 99th percentiles, which lie close to them where
 * both are known. It is loading that takes the time: files of an image that are not loaded cost nothing.
 */
const COLD_MS: Readonly<Record<string, readonly number[]>> = {
  'nodejs|Zip': [325, 1770, 3080, 4300, 4560, 5210],
  'nodejs|Image': [595, 1330, 2680, 3580, 3840, 4520],
  'python|Zip': [283, 1170, 912, 1100, 2530, 4360],
  'python|Image': [479, 753, 1140, 1150, 1250, 1400],
};

type WithCode = MeasuredBy & Pick<ResolvedFunction, 'codeSize'>;

function tableOf({ runtime, packageType }: WithCode): readonly number[] | undefined {
  const family = /^(nodejs|python)\d/.exec(runtime)?.[1] ?? '';
  return COLD_MS[`${family}|${packageType}`];
}

/** By how much loading the code prolongs INIT: the measured table, in straight lines between its points. */
function codeLoadMs(each: WithCode): number {
  const table = tableOf(each);
  if (each.codeSize === undefined || table === undefined) return 0;
  const place = Math.min(MEASURED_MAX_MB, sizeBytes(each.codeSize) / BYTES_PER_MB) / STEP_MB;
  const before = Math.min(table.length - 2, Math.floor(place));
  const value = table[before]! + (place - before) * (table[before + 1]! - table[before]!);
  return value - table[0]!;
}

/** The init of a function unless told: as measured, and its code loaded. Undefined where not measured. */
export function defaultInit(each: WithCode): DistributionSpec | undefined {
  return measuredInit(each, codeLoadMs(each));
}

/** Whether a function has that init, told or not. */
export function hasDefaultInit(each: ResolvedFunction): boolean {
  return isSameSpec(each.coldStart.init, defaultInit(each));
}

/** A size that AWS refuses, that nobody measured, or that an init of one's own makes void. */
export function codeSizeProblems(each: ResolvedFunction): Problem[] {
  if (each.codeSize === undefined) return [];
  const place = each.pathOf('codeSize');
  if (each.coldStart.init !== undefined && !hasDefaultInit(each)) {
    const message = '`codeSize` changes the measured init, and `coldStart.init` replaces it';
    return [problem('conflicting-keys', place, message, { help: 'keep one of them', at: 'key' })];
  }
  if (tableOf(each) === undefined) {
    const message = `how long ${ticked(each.runtime)} takes to load its code was not measured`;
    return [
      problem('not-measured', place, message, { help: 'give `coldStart: { init: … }` instead', at: 'key' }),
    ];
  }
  if (sizeBytes(each.codeSize) <= MEASURED_MAX_MB * BYTES_PER_MB) return [];
  const isZip = each.packageType === 'Zip';
  const message = `codeSize ${each.codeSize} is above ${MEASURED_MAX_MB}MB`;
  const help = isZip
    ? 'AWS: a deployment package and its layers are at most 250 MB unzipped; use `packageType: Image`'
    : 'what an image loads was measured up to 250 MB; give `coldStart: { init: … }` instead';
  return [problem('out-of-range', place, message, { help })];
}
