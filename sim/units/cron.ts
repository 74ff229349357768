import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../kernel/time.ts';
import { type CalendarDay, dayOf, daysOf, daysOfMicros, daysOfMonth, weekdayOf } from './calendar.ts';

/** Times that come again and again, to the minute, UTC. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number> | null;
  /** Whether it is a day for it. @param days since 1970-01-01 */
  isDay(day: CalendarDay, days: number): boolean;
}

/** A leap day on a given weekday comes at least every 40 years. */
const SEARCH_DAYS = 41 * 366;
const YEAR_MIN = 1970;
const YEAR_MAX = 2199;
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** The values of a field: `*`, `5`, `1-5`, `MON-FRI`, `1,3`, `0/15`; null for what is none. */
function readField(
  text: string,
  from: number,
  to: number,
  names: readonly string[] = [],
): Set<number> | null {
  const values = new Set<number>();
  const read = (word: string) => {
    const name = names.indexOf(word.toUpperCase());
    if (name >= 0) return from + name;
    return /^\d{1,4}$/.test(word) && Number(word) >= from && Number(word) <= to ? Number(word) : Number.NaN;
  };
  for (const part of text.split(',')) {
    const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d{1,4}))?$/.exec(part);
    if (match === null || (match[1] === '*' && match[2] !== undefined)) return null;
    const step = match[3] === undefined ? 1 : Number(match[3]);
    const first = match[1] === '*' ? from : read(match[1]!);
    const isOpen = match[1] === '*' || (match[2] === undefined && match[3] !== undefined);
    const last = isOpen ? to : read(match[2] ?? match[1]!);
    if (!(first <= last) || step < 1) return null;
    for (let value = first; value <= last; value += step) values.add(value);
  }
  return values;
}

/**
 * Reads the five fields of Unix: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday),
 * as the recurrence of a scheduled action of an Auto Scaling group. Where both days are restricted, either
 * will do.
 * @returns null for what is none
 */
export function readUnixCron(text: string): Cron | null {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const [minute, hour, monthDay, month, weekday] = fields as [string, string, string, string, string];
  const minutes = readField(minute, 0, 59);
  const hours = readField(hour, 0, 23);
  const monthDays = readField(monthDay, 1, 31);
  const months = readField(month, 1, 12, MONTHS);
  const weekdays = readField(weekday, 0, 7, WEEKDAYS);
  if (minutes === null || hours === null || monthDays === null || months === null || weekdays === null) {
    return null;
  }
  if (weekdays.has(7)) weekdays.add(0);
  const isEither = !monthDay.startsWith('*') && !weekday.startsWith('*');
  const isDay = ({ day }: CalendarDay, days: number) => {
    const [isMonthDay, isWeekday] = [monthDays.has(day), weekdays.has(weekdayOf(days))];
    return isEither ? isMonthDay || isWeekday : isMonthDay && isWeekday;
  };
  return { minutes, hours, months, years: null, isDay };
}

/**
 * Reads the six fields of AWS, without the word `cron` and its brackets: minutes, hours, day of the month,
 * month, day of the week (1 is Sunday), year; one of the days is `?`. `L` is the last day of the month or, in
 * the week, Saturday; `5L` the last Thursday, `3W` the working day nearest the third, `3#2` the second
 * Tuesday (Amazon EventBridge User Guide, "Cron expressions", 2023).
 * @returns null for what is none
 */
export function readAwsCron(text: string): Cron | null {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) return null;
  const [minute, hour, monthDay, month, weekday, year] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const minutes = readField(minute, 0, 59);
  const hours = readField(hour, 0, 23);
  const months = readField(month, 1, 12, MONTHS);
  const years = readField(year, YEAR_MIN, YEAR_MAX);
  if ((monthDay === '?') === (weekday === '?')) return null;
  const isDay = weekday === '?' ? readMonthDay(monthDay) : readWeekday(weekday);
  if (minutes === null || hours === null || months === null || years === null || isDay === null) return null;
  return { minutes, hours, months, years, isDay };
}

function readMonthDay(text: string): Cron['isDay'] | null {
  if (text === 'L') return ({ year, month, day }) => day === daysOfMonth(year, month);
  const near = /^(\d{1,2})W$/.exec(text);
  if (near !== null && Number(near[1]) >= 1 && Number(near[1]) <= 31) {
    return (date) => date.day === nearestWorkingDay(date, Number(near[1]));
  }
  const days = readField(text, 1, 31);
  return days === null ? null : ({ day }) => days.has(day);
}

/** The working day of the month that is nearest to a day of it; none when the month has no such day. */
function nearestWorkingDay({ year, month }: CalendarDay, day: number): number {
  const length = daysOfMonth(year, month);
  if (day > length) return 0;
  const weekday = weekdayOf(daysOf({ year, month, day }));
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === length ? day - 2 : day + 1;
  return day;
}

function readWeekday(text: string): Cron['isDay'] | null {
  if (text === 'L') return (_, days) => weekdayOf(days) === 6;
  const last = /^([1-7])L$/.exec(text);
  if (last !== null) {
    return ({ year, month, day }, days) =>
      weekdayOf(days) === Number(last[1]) - 1 && day + 7 > daysOfMonth(year, month);
  }
  const nth = /^([1-7])#([1-5])$/.exec(text);
  if (nth !== null) {
    return ({ day }, days) => weekdayOf(days) === Number(nth[1]) - 1 && Math.ceil(day / 7) === Number(nth[2]);
  }
  const weekdays = readField(text, 1, 7, WEEKDAYS);
  return weekdays === null ? null : (_, days) => weekdays.has(weekdayOf(days) + 1);
}

/**
 * The first time at or after an instant.
 * @param fromMicros since 1970, UTC
 * @returns the same; Infinity when there is none in the next forty years
 */
export function nextTime(cron: Cron, fromMicros: number): number {
  const from = Math.ceil(fromMicros / MICROS_PER_MINUTE) * MICROS_PER_MINUTE;
  const firstDay = daysOfMicros(from);
  for (let days = firstDay; days < firstDay + SEARCH_DAYS; days++) {
    const day = dayOf(days);
    const isYear = cron.years === null || cron.years.has(day.year);
    if (!isYear || !cron.months.has(day.month) || !cron.isDay(day, days)) continue;
    const midnight = days * MICROS_PER_DAY;
    const at = firstOfDay(cron, Math.max(0, from - midnight));
    if (at >= 0) return midnight + at;
  }
  return Number.POSITIVE_INFINITY;
}

/** The first time of a day at or after so many microseconds of it; −1 when there is none. */
function firstOfDay({ hours, minutes }: Cron, fromMicros: number): number {
  const fromMinute = fromMicros / MICROS_PER_MINUTE;
  for (let hour = Math.floor(fromMinute / 60); hour < 24; hour++) {
    if (!hours.has(hour)) continue;
    for (let minute = Math.max(0, fromMinute - hour * 60); minute < 60; minute++) {
      if (minutes.has(minute)) return hour * MICROS_PER_HOUR + minute * MICROS_PER_MINUTE;
    }
  }
  return -1;
}
