import { MICROS_PER_SECOND } from '../kernel/time.ts';
import { problem, ScenarioError } from '../problems/problem.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';
import { rateSchema } from '../units/rate.ts';
import { planOpenStream } from './open-stream.ts';
import { type RatePiece, ratePiece } from './rate-curve.ts';
import { type RateFraction, rateFraction, readRateFraction } from './rate-fraction.ts';
import { REPLAY_DEFAULTS, type ReplayOptions } from './replay-options.ts';
import {
  cellText,
  filePath,
  forEachLine,
  isHeader,
  RowProblems,
  readTraceFile,
  refuseEmpty,
  shown,
} from './trace-text.ts';
import type { TrafficContext, TrafficPlan } from './traffic.ts';

const SECONDS_MAX = 3.2e9;
const RATE_MAX_PER_SECOND = 1e9;

/** A rate from a time on. */
interface RateRow {
  readonly atMicros: number;
  readonly rate: RateFraction;
}

/** A plain number of seconds or a duration text, in microseconds. */
function readTime(cell: string): number | null {
  const seconds = cell === '' ? Number.NaN : Number(cell);
  if (!Number.isNaN(seconds))
    return seconds >= 0 && seconds <= SECONDS_MAX ? Math.round(seconds * MICROS_PER_SECOND) : null;
  return durationSchema.safeParse(cell).success ? durationMicros(cell) : null;
}

/** A plain number of requests per second or a rate text. */
function readRate(cell: string): RateFraction | null {
  const perSecond = cell === '' ? Number.NaN : Number(cell);
  if (!Number.isNaN(perSecond)) {
    return perSecond >= 0 && perSecond <= RATE_MAX_PER_SECOND
      ? rateFraction(perSecond, MICROS_PER_SECOND)
      : null;
  }
  return rateSchema.safeParse(cell).success ? readRateFraction(cell) : null;
}

/** Rows of time and rate, in rising order of time. @throws ScenarioError `bad-trace-row` */
export function readRateRows(text: string, file: string, context: TrafficContext): RateRow[] {
  const rows: RateRow[] = [];
  const problems = new RowProblems(filePath(context));
  let isFirst = true;
  forEachLine(text, (start, end, line) => {
    const cells = text.slice(start, end).split(',').map(cellText);
    const skips = isFirst && isHeader(cells[0] ?? '');
    isFirst = false;
    if (skips) return;
    const atMicros = readTime(cells[0] ?? '');
    const rate = readRate(cells[1] ?? '');
    const last = rows.at(-1)?.atMicros ?? -1;
    if (cells.length !== 2)
      problems.add(file, line, `${cells.length} cells in place of two`, 'a time and a rate: `60,12.5`');
    else if (atMicros === null) {
      problems.add(
        file,
        line,
        `\`${shown(cells[0]!)}\` is no time`,
        'seconds since the start, or a duration such as `5m`',
      );
    } else if (rate === null) {
      problems.add(
        file,
        line,
        `\`${shown(cells[1]!)}\` is no rate`,
        'requests per second from 0 on, or a rate such as `90/min`',
      );
    } else if (atMicros <= last) {
      problems.add(
        file,
        line,
        'the time is not after that of the row before',
        'sort the rows by time, each time once',
      );
    } else rows.push({ atMicros, rate });
  });
  problems.throwIfAny();
  return rows;
}

/** How long the rows last: to the `duration`, or the last row as long as the one before. */
function spanOf(rows: readonly RateRow[], options: ReplayOptions, context: TrafficContext): number {
  if (options.duration !== undefined) return durationMicros(options.duration);
  const last = rows[rows.length - 1]!;
  const previous = rows[rows.length - 2];
  if (previous !== undefined) return last.atMicros + (last.atMicros - previous.atMicros);
  throw new ScenarioError([
    problem(
      'missing-duration',
      context.path,
      `${options.file} has one row, and nothing says how long its rate holds`,
      {
        at: 'key',
        help: 'add `duration: 1h` to the stream',
      },
    ),
  ]);
}

/** Requests at recorded rates: each holds until the next row; before the first row there is silence. */
export function planRates(options: ReplayOptions, context: TrafficContext): TrafficPlan {
  const rows = readRateRows(readTraceFile(context, options.file), options.file, context);
  if (rows.length === 0) refuseEmpty(context, options.file);
  const span = spanOf(rows, options, context);
  const silence = rateFraction(0, MICROS_PER_SECOND);
  const pieces: RatePiece[] = [];
  const hold = (rate: RateFraction, from: number, to: number): void => {
    const scaled = options.scale === 1 ? rate : { ...rate, count: rate.count * options.scale };
    if (to > from) pieces.push(ratePiece(scaled, scaled, to - from));
  };
  hold(silence, 0, Math.min(span, rows[0]!.atMicros));
  rows.forEach(({ atMicros, rate }, i) => {
    hold(rate, atMicros, Math.min(span, rows[i + 1]?.atMicros ?? span));
  });
  return planOpenStream(context, {
    startMicros: durationMicros(options.startTime),
    durationMicros: span,
    arrivals: options.arrivals ?? REPLAY_DEFAULTS.arrivals,
    pieces: () => pieces,
  });
}
