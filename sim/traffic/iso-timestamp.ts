import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../kernel/time.ts';

const FORM =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;
const DAYS_BEFORE_1970 = 719_468;

/**
 * Days since 1970-01-01 of a date of the Gregorian calendar. Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", 2013.
 */
function daysFromCivil(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - DAYS_BEFORE_1970;
}

function daysOfMonth(year: number, month: number): number {
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return daysFromCivil(nextYear, nextMonth, 1) - daysFromCivil(year, month, 1);
}

function offsetMicros(zone: string): number {
  if (zone === 'Z' || zone === '') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * MICROS_PER_MINUTE;
}

/**
 * Microseconds since 1970 of an ISO 8601 timestamp, in UTC where it names no zone. @returns null for any
 * other text
 */
export function isoMicros(text: string): number | null {
  const match = FORM.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (month! < 1 || month! > 12 || day! < 1 || day! > daysOfMonth(year!, month!)) return null;
  if (hour! > 23 || minute! > 59 || second! > 59) return null;
  const fraction = Math.round(Number(`0.${match[7] ?? '0'}`) * MICROS_PER_SECOND);
  return (
    daysFromCivil(year!, month!, day!) * MICROS_PER_DAY +
    hour! * MICROS_PER_HOUR +
    minute! * MICROS_PER_MINUTE +
    second! * MICROS_PER_SECOND +
    fraction -
    offsetMicros(match[8] ?? '')
  );
}
