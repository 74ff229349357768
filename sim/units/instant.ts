import { z } from 'zod';
import { daysOf, daysOfMonth } from './calendar.ts';

const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2}))?$/;
const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;
const YEAR_MIN = 1970;
const YEAR_MAX = 2199;

/** Minutes east of UTC; null for what is no offset. */
function offsetMinutes(zone: string): number | null {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * Milliseconds since 1970-01-01T00:00:00Z of an ISO 8601 instant (RFC 3339 profile; a date alone is its
 * midnight, UTC). Written out, for engines differ in what their own reader takes.
 * @returns null for any other text, and for days or times that do not exist.
 */
export function epochMsOf(text: string): number | null {
  const match = FORM.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = offsetMinutes(match[8] ?? 'Z');
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12) return null;
  if (day < 1 || day > daysOfMonth(year, month) || hour > 23 || minute > 59 || second > 59 || offset === null)
    return null;
  const ms = Number((match[7] ?? '').padEnd(3, '0'));
  const minutes = hour * 60 + minute - offset;
  return daysOf({ year, month, day }) * MS_PER_DAY + minutes * MS_PER_MINUTE + second * 1_000 + ms;
}

const REFUSAL = 'must be an instant\nwrite it as `2026-01-05T00:00:00Z`';

/** An instant as scenario files write it. */
export const instantSchema = z
  .string({ error: REFUSAL })
  .refine((text) => epochMsOf(text) !== null, { error: REFUSAL })
  .meta({ description: 'an instant in ISO 8601, years 1970 to 2199', examples: ['2026-01-05T00:00:00Z'] });
