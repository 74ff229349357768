import { z } from 'zod';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_MS } from '../kernel/time.ts';
import { type Cron, nextTime, readAwsCron } from '../units/cron.ts';
import { epochMsOf } from '../units/instant.ts';

const MICROS_PER_UNIT: Readonly<Record<string, number>> = {
  minute: MICROS_PER_MINUTE,
  hour: MICROS_PER_HOUR,
  day: MICROS_PER_DAY,
};
const VALUE_MAX = 100_000;

/** When a schedule fires. */
export type Schedule =
  | { readonly kind: 'rate'; readonly everyMicros: number }
  | { readonly kind: 'cron'; readonly cron: Cron }
  | { readonly kind: 'at'; readonly epochMicros: number };

/**
 * Reads `rate(5 minutes)`, `cron(0 2 * * ? *)` and `at(2026-01-05T02:00:00)` (Amazon EventBridge Scheduler
 * User Guide, schedule-types, 2026). A rate of one has its unit in the singular, as AWS wants it.
 * @returns null for anything else
 */
export function readSchedule(text: string): Schedule | null {
  const [, word, inside] = /^(rate|cron|at)\((.*)\)$/.exec(text.trim()) ?? [];
  if (word === undefined || inside === undefined) return null;
  if (word === 'rate') return readRate(inside);
  if (word === 'cron') {
    const cron = readAwsCron(inside);
    return cron === null ? null : { kind: 'cron', cron };
  }
  const epochMs = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(inside) ? epochMsOf(`${inside}Z`) : null;
  return epochMs === null ? null : { kind: 'at', epochMicros: epochMs * MICROS_PER_MS };
}

function readRate(inside: string): Schedule | null {
  const [, digits, unit, plural] = /^(\d{1,6}) (minute|hour|day)(s?)$/.exec(inside.trim()) ?? [];
  const value = Number(digits);
  if (unit === undefined || !(value >= 1 && value <= VALUE_MAX) || (value === 1) !== (plural === ''))
    return null;
  return { kind: 'rate', everyMicros: value * MICROS_PER_UNIT[unit]! };
}

/**
 * The times at which a schedule fires, in microseconds since t = 0: of a rate from the start on, else by the
 * wall clock, UTC.
 * @param epochMicros of t = 0
 * @param countMax more are not told
 */
export function firingTimes(
  schedule: Schedule,
  span: { readonly fromMicros: number; readonly toMicros: number },
  epochMicros: number,
  countMax: number,
): number[] {
  const { fromMicros, toMicros } = span;
  const times: number[] = [];
  let at = firstTime(schedule, fromMicros, epochMicros);
  while (at < toMicros && times.length < countMax) {
    times.push(at);
    if (schedule.kind === 'rate') at += schedule.everyMicros;
    else if (schedule.kind === 'at') break;
    else at = nextTime(schedule.cron, epochMicros + at + 1) - epochMicros;
  }
  return times;
}

function firstTime(schedule: Schedule, fromMicros: number, epochMicros: number): number {
  if (schedule.kind === 'rate') return fromMicros;
  if (schedule.kind === 'cron') return nextTime(schedule.cron, epochMicros + fromMicros) - epochMicros;
  const at = schedule.epochMicros - epochMicros;
  return at >= fromMicros ? at : Number.POSITIVE_INFINITY;
}

const REFUSAL =
  'must be a schedule of EventBridge\n' +
  'write it as `rate(5 minutes)`, `cron(0 2 * * ? *)` or `at(2026-01-05T02:00:00)`';

/** A schedule as scenario files write it. */
export const scheduleSchema = z
  .string({ error: REFUSAL })
  .refine((text) => readSchedule(text) !== null, { error: REFUSAL })
  .meta({
    description: 'When it fires, as EventBridge writes it: rate(…), cron(…) with six fields, or at(…); UTC.',
    examples: ['rate(5 minutes)', 'cron(0 2 * * ? *)'],
  });
