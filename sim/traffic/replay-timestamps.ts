import { MICROS_PER_SECOND } from '../kernel/time.ts';
import { problem, ScenarioError } from '../problems/problem.ts';
import { durationMicros } from '../units/duration.ts';
import { isoMicros } from './iso-timestamp.ts';
import type { ReplayOptions } from './replay-options.ts';
import { workloadOf } from './stream-options.ts';
import {
  cellText,
  filePath,
  findColumns,
  forEachLine,
  isHeader,
  RowProblems,
  readTraceFile,
  refuseEmpty,
  shown,
} from './trace-text.ts';
import type { ArrivalProcess, TrafficContext, TrafficPlan } from './traffic.ts';

const SECONDS_MAX = 3.2e9;
const REQUESTS_MAX = 100_000_000;
const HELP = 'seconds since the start (`12.5`) or timestamps (`2026-01-05T00:00:12.5Z`), one kind in a file';

/** Arrival times that are all known. */
class RecordedTimes implements ArrivalProcess {
  private next = 0;
  private readonly times: Float64Array;
  private readonly startMicros: number;

  constructor(times: Float64Array, startMicros: number) {
    this.times = times;
    this.startMicros = startMicros;
  }

  fill(out: Float64Array, count: number): number {
    const { times, startMicros, next } = this;
    const writable = Math.min(count, times.length - next);
    for (let i = 0; i < writable; i += 1) out[i] = startMicros + times[next + i]!;
    this.next += writable;
    return writable;
  }
}

/** Microseconds of a number of seconds from 0 on, or null. */
function secondsMicros(cell: string): number | null {
  const seconds = cell === '' ? Number.NaN : Number(cell);
  return seconds >= 0 && seconds <= SECONDS_MAX ? Math.round(seconds * MICROS_PER_SECOND) : null;
}

/**
 * Times of a text, one a line or in one column of a CSV, in whole microseconds and sorted: seconds since the
 * start, or ISO 8601 timestamps, which count from the earliest.
 *
 * @throws ScenarioError `bad-trace-row`, `missing-column`
 */
export function readTimestamps(
  text: string,
  file: string,
  column: string | undefined,
  context: TrafficContext,
): Float64Array {
  const times: number[] = [];
  const problems = new RowProblems(filePath(context));
  let index = 0;
  let isFirst = true;
  let isIso: boolean | undefined;
  forEachLine(text, (start, end, line) => {
    const row = text.slice(start, end);
    if (isFirst) {
      isFirst = false;
      const header = row.split(',').map(cellText);
      if (column !== undefined)
        index = findColumns(header, [column], file, [...context.path, 'column'])[column]!;
      if (column !== undefined || isHeader(header[0] ?? '')) return;
    }
    const comma = row.indexOf(',');
    const cell = cellText(
      index === 0 ? (comma < 0 ? row : row.slice(0, comma)) : (row.split(',')[index] ?? ''),
    );
    const seconds = isIso === true ? null : secondsMicros(cell);
    const micros = seconds ?? (isIso === false ? null : isoMicros(cell));
    if (micros === null) {
      problems.add(file, line, `\`${shown(cell)}\` is no time of a request`, HELP);
    } else {
      isIso ??= seconds === null;
      times.push(micros);
    }
  });
  problems.throwIfAny();
  const sorted = Float64Array.from(times).sort();
  const first = sorted[0] ?? 0;
  return isIso === true ? sorted.map((time) => time - first) : sorted;
}

/**
 * Multiplies the number of requests. Copies of a request are spread evenly over the gap that follows it, so
 * that twice the requests are not pairs at one instant; below 1 requests are left out evenly.
 *
 * @returns round(count × scale) times, sorted
 */
export function scaleTimes(times: Float64Array, scale: number): Float64Array {
  if (scale === 1) return times;
  const scaled = new Float64Array(Math.floor(times.length * scale + 0.5));
  let written = 0;
  for (let i = 0; i < times.length; i += 1) {
    const at = times[i]!;
    const gap = (times[i + 1] ?? at) - at;
    const copies = Math.floor((i + 1) * scale + 0.5) - written;
    for (let copy = 0; copy < copies; copy += 1)
      scaled[written + copy] = at + Math.round((gap * copy) / copies);
    written += copies;
  }
  return scaled;
}

/** One request at each recorded time; without a `duration` the stream ends with the second of the last. */
export function planTimestamps(options: ReplayOptions, context: TrafficContext): TrafficPlan {
  const recorded = readTimestamps(
    readTraceFile(context, options.file),
    options.file,
    options.column,
    context,
  );
  if (recorded.length === 0) refuseEmpty(context, options.file);
  if (recorded.length * options.scale > REQUESTS_MAX) {
    const help = 'give its requests by the minute: the format `rates`';
    throw new ScenarioError([
      problem('too-much-detail', [...context.path, 'scale'], 'more than a hundred million recorded times', {
        help,
      }),
    ]);
  }
  const startMicros = durationMicros(options.startTime);
  const scaled = scaleTimes(recorded, options.scale);
  const span =
    options.duration === undefined
      ? (Math.floor(recorded[recorded.length - 1]! / MICROS_PER_SECOND) + 1) * MICROS_PER_SECOND
      : durationMicros(options.duration);
  const end = scaled.findIndex((time) => time >= span);
  const times = end < 0 ? scaled : scaled.subarray(0, end);
  return {
    workloads: [],
    streams: [
      {
        kind: 'open',
        name: context.name,
        workload: workloadOf(context),
        expectedRequests: times.length,
        endMicros: startMicros + span,
        open: () => new RecordedTimes(times, startMicros),
      },
    ],
  };
}
