import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../kernel/time.ts';
import { daysOf, daysOfMonth } from '../units/calendar.ts';

const FORM =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;
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
    daysOf({ year: year!, month: month!, day: day! }) * MICROS_PER_DAY +
    hour! * MICROS_PER_HOUR +
    minute! * MICROS_PER_MINUTE +
    second! * MICROS_PER_SECOND +
    fraction -
    offsetMicros(match[8] ?? '')
  );
}
