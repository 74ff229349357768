import { MICROS_PER_DAY } from '../kernel/time.ts';

/** A day of the Gregorian calendar; months and days count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAYS_BEFORE_1970 = 719_468;
const DAYS_PER_ERA = 146_097;
/** 1970-01-01 was a Thursday; days of the week are counted from Sunday. */
const EPOCH_WEEKDAY = 4;

/** Days since 1970-01-01. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013. */
export function daysOf({ year, month, day }: CalendarDay): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_BEFORE_1970;
}

/** The day that is so many days after 1970-01-01. The same source. */
export function dayOf(days: number): CalendarDay {
  const shifted = days + DAYS_BEFORE_1970;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** How many days a month has. */
export function daysOfMonth(year: number, month: number): number {
  const next = month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 };
  return daysOf(next) - daysOf({ year, month, day: 1 });
}

/** Day of the week, 0 for Sunday, of so many days after 1970-01-01. */
export function weekdayOf(days: number): number {
  return (((days + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

/** The day, counted from 1970-01-01, that holds an instant given in microseconds since then. */
export function daysOfMicros(epochMicros: number): number {
  return Math.floor(epochMicros / MICROS_PER_DAY);
}
