import type Fraction from 'fraction.js';
import { decimalFraction } from '../exact.ts';
import { instanceFamily, instanceNames } from '../instances.ts';

/**
 * Normalisation factors of sizes; Nxlarge has eight times N. (Amazon EC2 User Guide, "How Reserved Instances
 * are applied", 2023-05.)
 */
const FACTOR_OF_SIZE: Readonly<Record<string, string>> = {
  nano: '0.25',
  micro: '0.5',
  small: '1',
  medium: '2',
  large: '4',
  xlarge: '8',
};
/** Families whose reservations hold for their own size only (the same page). */
const WITHOUT_FLEXIBILITY: ReadonlySet<string> = new Set(['g4ad', 'g4dn', 'g5', 'g5g']);

function factorOfSize(size: string): Fraction | undefined {
  const fixed = FACTOR_OF_SIZE[size];
  if (fixed !== undefined) return decimalFraction(fixed);
  const times = /^(?:metal-)?(\d+)xl(?:arge)?$/.exec(size)?.[1];
  return times === undefined ? undefined : decimalFraction(String(8 * Number(times)));
}

/** `metal` counts as the largest virtualised size of its family (`i3.metal` as `i3.16xlarge`). */
function factorOfMetal(family: string): Fraction | undefined {
  return instanceNames
    .filter((name) => instanceFamily(name) === family && !name.includes('.metal'))
    .map((name) => factorOfSize(sizeOf(name)))
    .reduce((largest, each) => {
      if (each === undefined || largest === undefined) return each ?? largest;
      return each.compare(largest) > 0 ? each : largest;
    }, undefined);
}

function sizeOf(instanceType: string): string {
  return instanceType.slice(instanceType.indexOf('.') + 1);
}

/**
 * The normalised units of an hour of an instance type, by which a regional Reserved Instance of one size
 * holds for others of its family.
 * @returns undefined where it holds for its own size only
 */
export function normalisationFactor(instanceType: string): Fraction | undefined {
  const family = instanceFamily(instanceType);
  if (WITHOUT_FLEXIBILITY.has(family)) return undefined;
  const size = sizeOf(instanceType);
  return size === 'metal' ? factorOfMetal(family) : factorOfSize(size);
}
