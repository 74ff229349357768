import { MICROS_PER_HOUR, MICROS_PER_MS } from './time.ts';

/** How far into its clock-hour the simulation begins, in microseconds. @param startAtEpochMs of t = 0 */
export function clockHourOffset(startAtEpochMs: number): number {
  const micros = (startAtEpochMs * MICROS_PER_MS) % MICROS_PER_HOUR;
  return micros < 0 ? micros + MICROS_PER_HOUR : micros;
}

/** How many clock-hours a window lies in, the first and the last perhaps in part. */
export function clockHourCount(windowMicros: number, offsetMicros: number): number {
  return Math.ceil((windowMicros + offsetMicros) / MICROS_PER_HOUR);
}

/** How much of each clock-hour lies in the window, in microseconds. */
export function clockHourLengths(windowMicros: number, offsetMicros: number): Float64Array {
  const lengths = new Float64Array(clockHourCount(windowMicros, offsetMicros)).fill(MICROS_PER_HOUR);
  lengths[0]! -= offsetMicros;
  const last = lengths.length - 1;
  lengths[last]! -= lengths.length * MICROS_PER_HOUR - offsetMicros - windowMicros;
  return lengths;
}
