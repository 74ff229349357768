import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../../kernel/time.ts';
import { daysOf, daysOfMonth } from '../../units/calendar.ts';
import { type Cron, nextTime, readAwsCron } from '../../units/cron.ts';

/** When a scheduled action acts, UTC: again and again, or once, in microseconds since 1970. */
export type ScheduleExpression = { readonly cron: Cron } | { readonly atMicros: number };

const AT = /^at\((\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\)$/;
const CRON = /^cron\((.+)\)$/;
/** How far back the last action before an instant is looked for, in days, little by little. */
const LOOK_BACK_DAYS = [1, 8, 32, 367] as const;

/**
 * Reads a schedule expression of Application Auto Scaling: `cron(0 12 * * ? *)` or
 * `at(2026-01-05T12:00:00)` (Application Auto Scaling User Guide, "Scheduled scaling", 2026). Its `rate(…)`
 * has no time of day, and is not read.
 * @returns null for what is none
 */
export function readScheduleExpression(text: string): ScheduleExpression | null {
  const fields = CRON.exec(text.trim())?.[1];
  if (fields !== undefined) {
    const cron = readAwsCron(fields);
    return cron === null ? null : { cron };
  }
  const match = AT.exec(text.trim());
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const time = hour * MICROS_PER_HOUR + minute * MICROS_PER_MINUTE + second * MICROS_PER_SECOND;
  return { atMicros: daysOf({ year, month, day }) * MICROS_PER_DAY + time };
}

/** The times of an expression in (from, to), in order, and before them its last time at `from` or earlier. */
export function timesOf(expression: ScheduleExpression, from: number, to: number): number[] {
  if ('atMicros' in expression) return expression.atMicros < to ? [expression.atMicros] : [];
  const times = lastBefore(expression.cron, from);
  for (let at = nextTime(expression.cron, from + 1); at < to; at = nextTime(expression.cron, at + 1))
    times.push(at);
  return times;
}

function lastBefore(cron: Cron, instant: number): number[] {
  for (const days of LOOK_BACK_DAYS) {
    let last = Number.NaN;
    const start = Math.max(0, instant - days * MICROS_PER_DAY);
    for (let at = nextTime(cron, start); at <= instant; at = nextTime(cron, at + 1)) last = at;
    if (!Number.isNaN(last)) return [last];
  }
  return [];
}
