import type { ProvisionedChange } from '../../fleet/on-demand/provisioned-plan.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_MS } from '../../kernel/time.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { ScheduledAction } from './provisioned-options.ts';
import { readScheduleExpression, timesOf } from './schedule-expression.ts';

/** How many are provisioned at t = 0, and what changes after it. */
export interface ProvisionedSchedule {
  readonly initial: number;
  readonly changes: readonly ProvisionedChange[];
}

/** So many for some hours of every day. */
interface Hours {
  readonly from: number;
  readonly to: number;
  readonly capacity: number;
}

/**
 * The changes of a schedule within the window. An action holds until the next one; before the first, none
 * are provisioned. Of two at one instant the later in the list wins. Of hours that overlap the larger number
 * holds, and outside of all there are none.
 */
export function scheduleOf(actions: readonly ScheduledAction[], program: ProgramBase): ProvisionedSchedule {
  const origin = program.startAtEpochMs * MICROS_PER_MS;
  const end = origin + program.windowMicros;
  const hours = actions.flatMap((each) => hoursOf(each) ?? []);
  const found = hours.length > 0 ? changesOfHours(hours, origin, end) : changesOf(actions, origin, end);
  const past = found.filter(({ atMicros }) => atMicros <= 0);
  const changes: ProvisionedChange[] = [];
  for (const change of found.filter(({ atMicros }) => atMicros > 0)) {
    if (changes.at(-1)?.atMicros === change.atMicros) changes.pop();
    changes.push(change);
  }
  return { initial: past.at(-1)?.capacity ?? 0, changes };
}

function changesOf(actions: readonly ScheduledAction[], origin: number, end: number): ProvisionedChange[] {
  const changes = actions.flatMap(({ schedule = '', capacity }) => {
    const expression = readScheduleExpression(schedule);
    const times = expression === null ? [] : timesOf(expression, origin, end);
    return times.map((at) => ({ atMicros: at - origin, capacity }));
  });
  return changes.sort((a, b) => a.atMicros - b.atMicros);
}

function changesOfHours(hours: readonly Hours[], origin: number, end: number): ProvisionedChange[] {
  const times = new Set([origin]);
  const firstDay = Math.floor(origin / MICROS_PER_DAY) * MICROS_PER_DAY;
  for (let midnight = firstDay; midnight < end; midnight += MICROS_PER_DAY) {
    for (const { from, to } of hours) times.add(midnight + from).add(midnight + to);
  }
  return [...times]
    .filter((at) => at >= origin && at < end)
    .sort((a, b) => a - b)
    .map((at) => ({ atMicros: at - origin, capacity: capacityAt(hours, at % MICROS_PER_DAY) }));
}

function capacityAt(hours: readonly Hours[], time: number): number {
  const isIn = ({ from, to }: Hours) => (from < to ? time >= from && time < to : time >= from || time < to);
  return Math.max(0, ...hours.filter(isIn).map(({ capacity }) => capacity));
}

function hoursOf({ from, to, capacity }: ScheduledAction): Hours | null {
  if (from === undefined || to === undefined) return null;
  return { from: timeOfDayMicros(from), to: timeOfDayMicros(to), capacity };
}

function timeOfDayMicros(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * MICROS_PER_HOUR + minutes * MICROS_PER_MINUTE;
}

/** Entries that say no time, two kinds of time or no length, and lists that mix both kinds. */
export function scheduleProblems(actions: readonly ScheduledAction[], path: Path): Problem[] {
  const problems: Problem[] = [];
  const refuse = (index: number, message: string, help: string) =>
    problems.push(problem('invalid-schedule', [...path, index], message, { help }));
  const kinds = new Set<string>();
  actions.forEach(({ schedule, from, to }, index) => {
    const isHours = from !== undefined || to !== undefined;
    kinds.add(isHours ? 'hours' : 'schedule');
    if (isHours === (schedule !== undefined)) {
      const message = isHours ? 'it has two kinds of time' : 'it has no time';
      refuse(index, message, 'give it `schedule: cron(0 12 * * ? *)`, or `from` and `to`');
    } else if (isHours && (from === undefined || to === undefined)) {
      refuse(index, 'hours have a beginning and an end', 'give it `from: 12:00` and `to: 20:00`');
    } else if (isHours && from === to) {
      refuse(index, `from ${from} to ${to} is no time at all`, 'let the hours have a length');
    }
  });
  if (problems.length === 0 && kinds.size > 1)
    refuse(0, 'hours and scheduled actions would undo each other', 'use one of them in a list');
  return problems;
}
