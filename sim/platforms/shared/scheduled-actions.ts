import { z } from 'zod';
import type { ScheduledAction } from '../../fleet/scaling/auto-scaler.ts';
import { MICROS_PER_MINUTE, MICROS_PER_MS } from '../../kernel/time.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import { type Cron, nextTime, readUnixCron } from '../../units/cron.ts';
import { epochMsOf, instantSchema } from '../../units/instant.ts';
import type { ProgramBase } from '../../workload/program.ts';

/** More times than this in a window are a slip, and would fill the memory. */
const TIMES_MAX = 200_000;

const ZONE = /^([+-])(\d{2}):(\d{2})$/;
const NO_CRON = 'must be five cron fields\nminute, hour, day, month, weekday, as in `0 8 * * 1-5`';
const NO_ZONE = 'must be a time zone\n`UTC`, or an offset as `+01:00`; daylight saving is not modelled';

/** When a scheduled action acts: keys that are the same for every scheduler. */
export const scheduleKeys = {
  recurrence: z
    .string({ error: NO_CRON })
    .refine((text) => readUnixCron(text) !== null, { error: NO_CRON })
    .optional()
    .meta({ description: 'five cron fields: minute, hour, day of the month, month, day of the week' }),
  at: instantSchema.optional().meta({ description: 'once, at an instant as 2026-01-05T08:00:00Z' }),
  timeZone: z
    .string({ error: NO_ZONE })
    .refine((text) => zoneMicros(text) !== null, { error: NO_ZONE })
    .default('UTC')
    .meta({ description: 'of the recurrence: UTC, or a fixed offset as +01:00' }),
};

/** A scheduled action of any scheduler, as written. */
export interface WrittenAction {
  readonly recurrence?: string | undefined;
  readonly at?: string | undefined;
  readonly timeZone: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly desired: number | undefined;
}

/** Microseconds east of UTC; null for what is no zone that is known. */
function zoneMicros(zone: string): number | null {
  if (zone === 'UTC') return 0;
  const match = ZONE.exec(zone);
  if (match === null || Number(match[2]) > 14 || Number(match[3]) > 59) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * MICROS_PER_MINUTE;
}

/**
 * The times of all actions within the window, in order. What AWS would refuse is told: an action without a
 * time, in the past, or without anything to set; two at one time; limits that would cross (Amazon EC2 Auto
 * Scaling User Guide, "Scheduled scaling", 2023-05; of the past its API Reference,
 * PutScheduledUpdateGroupAction, 2026). What comes after the window is told by the scenario.
 */
export function planSchedule(
  actions: readonly WrittenAction[],
  limits: { readonly min: number; readonly max: number },
  { startAtEpochMs, windowMicros }: ProgramBase,
  path: Path,
): { schedule: ScheduledAction[]; problems: Problem[] } {
  const startAt = startAtEpochMs;
  const problems = actions.flatMap((action, index) => [...formProblems(action, startAt, [...path, index])]);
  if (problems.length > 0) return { schedule: [], problems };
  const startMicros = startAtEpochMs * MICROS_PER_MS;
  const found = actions.flatMap((action, index) => {
    const times = timesOf(action, startMicros, windowMicros);
    if (times.length > TIMES_MAX) problems.push(tooMany([...path, index]));
    return times.slice(0, TIMES_MAX).map((atMicros) => ({ ...action, atMicros, index }));
  });
  found.sort((a, b) => a.atMicros - b.atMicros || a.index - b.index);
  problems.push(...conflicts(found, limits, path));
  const schedule = found.map(({ atMicros, min = null, max = null, desired = null }) => ({
    atMicros,
    min,
    max,
    desired,
  }));
  return { schedule, problems };
}

function refuse(path: Path, message: string, help: string): Problem {
  return problem('refused-scheduled-action', path, message, { help });
}

function tooMany(path: Path): Problem {
  return refuse(path, `the action comes more than ${TIMES_MAX} times`, 'let it come less often');
}

function* formProblems(
  { recurrence, at, min, max, desired }: WrittenAction,
  startAtEpochMs: number,
  path: Path,
): Iterable<Problem> {
  if (at !== undefined && epochMsOf(at)! < startAtEpochMs) {
    const message = `${ticked(at)} is in the past when the simulation begins`;
    yield refuse([...path, 'at'], message, 'AWS takes no start time in the past: move it, or `startAt`');
  }
  if ((recurrence === undefined) === (at === undefined)) {
    const message = recurrence === undefined ? 'the action has no time' : 'the action has two kinds of time';
    yield refuse(path, message, 'give it `recurrence` or `at`');
  }
  if (min === undefined && max === undefined && desired === undefined) {
    yield refuse(path, 'the action sets nothing', 'give it a smallest, largest or desired capacity');
  }
}

/** Microseconds after the start of the window, earliest first; one more than may be, at most. */
function timesOf({ recurrence, at, timeZone }: WrittenAction, start: number, window: number): number[] {
  if (at !== undefined) {
    const micros = epochMsOf(at)! * MICROS_PER_MS - start;
    return micros >= 0 && micros < window ? [micros] : [];
  }
  const cron = readUnixCron(recurrence!) as Cron;
  const origin = start + zoneMicros(timeZone)!;
  const times: number[] = [];
  for (let time = nextTime(cron, origin); time < origin + window; time = nextTime(cron, time + 1)) {
    times.push(time - origin);
    if (times.length > TIMES_MAX) break;
  }
  return times;
}

/** Goes through the window: each action is told once, for the first time that AWS would refuse. */
function conflicts(
  found: readonly (WrittenAction & { atMicros: number; index: number })[],
  limits: { readonly min: number; readonly max: number },
  path: Path,
): Problem[] {
  const told = new Map<number, Problem>();
  let { min, max } = limits;
  let lastAt = -1;
  for (const action of found) {
    const tell = (message: string, help: string) => {
      if (!told.has(action.index)) told.set(action.index, refuse([...path, action.index], message, help));
    };
    min = action.min ?? min;
    max = action.max ?? max;
    const { desired = min } = action;
    if (action.atMicros === lastAt) tell('two actions come at one time', 'let each have a time of its own');
    if (min > max) tell(`it leaves a smallest of ${min} above a largest of ${max}`, 'set both of them');
    else if (desired < min || desired > max) {
      tell(`${ticked(desired)} is not in ${min} … ${max}, the limits of then`, 'move the limits with it');
    }
    lastAt = action.atMicros;
  }
  return [...told.values()];
}
