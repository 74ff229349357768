import type Fraction from 'fraction.js';
import { assert } from '../kernel/assert.ts';
import { clockHourCount } from '../kernel/clock-hours.ts';
import { MICROS_PER_HOUR } from '../kernel/time.ts';
import { wholeSum } from './exact.ts';
import { type BilledLife, billedInstanceMicros } from './rules/instance-seconds.ts';

/**
 * What a meter counted in each clock-hour of the window: whole numbers, and what one of them is in the unit
 * of the price. Commitments are held against it.
 */
export interface HourlyUsage {
  readonly counts: ArrayLike<number>;
  readonly unitsPerCount: Fraction;
}

/** The clock-hours of a window. */
export interface ClockHours {
  readonly windowMicros: number;
  /** How far into its clock-hour the window begins. */
  readonly offsetMicros: number;
}

/** The usage of the whole window. */
export function hourlyTotal({ counts, unitsPerCount }: HourlyUsage): Fraction {
  return wholeSum(counts).mul(unitsPerCount);
}

/**
 * Billed microseconds of instances or tasks by clock-hour. A life is laid from its start on for as long as it
 * is billed; what a minimum or a rounding adds beyond the window falls into the window's last hour.
 */
export function billedMicrosByHour(lives: Iterable<BilledLife>, hours: ClockHours): Float64Array {
  const { windowMicros, offsetMicros } = hours;
  const counts = new Float64Array(clockHourCount(windowMicros, offsetMicros));
  for (const life of lives) {
    assert(life.windowMicros === windowMicros, 'a life of another window');
    addLife(counts, Math.max(0, life.startMicros) + offsetMicros, billedInstanceMicros(life));
  }
  return counts;
}

/** The same of what is billed for periods that are known, each of so many at once. */
export function periodMicrosByHour(
  periods: Iterable<{ readonly startMicros: number; readonly billedMicros: number; readonly count: number }>,
  { windowMicros, offsetMicros }: ClockHours,
): Float64Array {
  const counts = new Float64Array(clockHourCount(windowMicros, offsetMicros));
  for (const { startMicros, billedMicros, count } of periods) {
    addLife(counts, startMicros + offsetMicros, billedMicros, count);
  }
  return counts;
}

function addLife(counts: Float64Array, from: number, billedMicros: number, level = 1): void {
  const last = counts.length - 1;
  let left = billedMicros;
  let at = from;
  while (left > 0) {
    const hour = Math.min(last, Math.floor(at / MICROS_PER_HOUR));
    const part = hour === last ? left : Math.min(left, (hour + 1) * MICROS_PER_HOUR - at);
    counts[hour]! += part * level;
    left -= part;
    at += part;
  }
}
