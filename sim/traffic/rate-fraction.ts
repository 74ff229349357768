import { MICROS_PER_SECOND } from '../kernel/time.ts';
import { durationMicros } from '../units/duration.ts';

/** A rate as its text has it, `count` requests every `perMicros`: no digit is lost to a division. */
export interface RateFraction {
  readonly count: number;
  readonly perMicros: number;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The fraction in lowest terms; a count that is not whole is left as it is. */
export function rateFraction(count: number, perMicros: number): RateFraction {
  if (count === 0) return { count, perMicros: MICROS_PER_SECOND };
  if (!Number.isSafeInteger(count)) return { count, perMicros };
  const divisor = greatestCommonDivisor(count, perMicros);
  return { count: count / divisor, perMicros: perMicros / divisor };
}

/** The fraction of a rate text that `rateSchema` has accepted: `3000000/30d` is 1 every 864,000 µs. */
export function readRateFraction(text: string): RateFraction {
  const [count = '', per = ''] = text.split('/').map((part) => part.trim());
  return rateFraction(Number(count), durationMicros(/^[\d.]/.test(per) ? per : `1${per}`));
}

/** `count × duration / per`, without an error where the duration is a multiple of `per`. */
export function requestsWithin(rate: RateFraction, durationMicros: number): number {
  const periods = durationMicros / rate.perMicros;
  return Number.isInteger(periods) ? rate.count * periods : (rate.count * durationMicros) / rate.perMicros;
}
