import { z } from 'zod';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_MS } from '../kernel/time.ts';
import { cosineOfTurns } from './cosine.ts';
import { planOpenStream } from './open-stream.ts';
import type { RatePiece } from './rate-curve.ts';
import { type RateFraction, readRateFraction } from './rate-fraction.ts';
import { executorKey, openStreamKeys, optionalDurationKey, rateKey, streamSpan } from './stream-options.ts';
import { trafficModel } from './traffic-model.ts';

const KNOT_MICROS = 5 * MICROS_PER_MINUTE;
const KNOTS_PER_DAY = MICROS_PER_DAY / KNOT_MICROS;
/** 1970-01-01 was a Thursday; days of the week are counted from Sunday. */
const EPOCH_WEEKDAY = 4;

interface DayShape {
  readonly mean: RateFraction;
  /** Factor on the mean at each knot of the day, midnight at both ends. */
  readonly knots: Float64Array;
  readonly weekendFactor: number;
}

function dayShape(
  mean: RateFraction,
  peakToMean: number,
  peakAtMicros: number,
  weekendFactor: number,
): DayShape {
  const knots = Float64Array.from({ length: KNOTS_PER_DAY + 1 }, (_, knot) => {
    const turns = (knot * KNOT_MICROS - peakAtMicros) / MICROS_PER_DAY;
    return 1 + (peakToMean - 1) * cosineOfTurns(turns);
  });
  return { mean, knots, weekendFactor };
}

function isWeekend(day: number): boolean {
  const weekday = (((day + EPOCH_WEEKDAY) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

/** The rate from `fromMicros` of wall-clock time (since 1970, UTC) on, one piece between two knots. */
function* dailyPieces(shape: DayShape, fromMicros: number, durationMicros: number): Generator<RatePiece> {
  const end = fromMicros + durationMicros;
  let at = fromMicros;
  while (at < end) {
    const day = Math.floor(at / MICROS_PER_DAY);
    const knot = Math.floor((at - day * MICROS_PER_DAY) / KNOT_MICROS);
    const knotAt = day * MICROS_PER_DAY + knot * KNOT_MICROS;
    const until = Math.min(end, knotAt + KNOT_MICROS);
    const scale = shape.mean.count * (isWeekend(day) ? shape.weekendFactor : 1);
    const low = shape.knots[knot]!;
    const rise = (shape.knots[knot + 1]! - low) / KNOT_MICROS;
    yield {
      durationMicros: until - at,
      startRate: scale * (low + rise * (at - knotAt)),
      endRate: scale * (low + rise * (until - knotAt)),
      perMicros: shape.mean.perMicros,
    };
    at = until;
  }
}

function timeOfDayMicros(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * MICROS_PER_HOUR + minutes * MICROS_PER_MINUTE;
}

const plainNumber = (min: number, max: number, help: string) => {
  const error = `must be a number from ${min} to ${max}\n${help}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
};

/**
 * Requests at a rate that follows a cosine over the day, in straight lines between knots each five minutes.
 * `mean` is the mean of a weekday; Saturdays and Sundays (UTC) are multiplied by `weekendFactor`.
 */
export const diurnalArrivalRate = trafficModel(
  'diurnal-arrival-rate',
  z.strictObject({
    executor: executorKey(
      'diurnal-arrival-rate',
      'Requests at a rate that rises and falls with the time of day.',
    ),
    mean: rateKey('Mean rate of a weekday.'),
    peakToMean: plainNumber(
      1,
      2,
      'at 1 the day is flat, at 2 the rate falls to zero twelve hours from the peak',
    ).meta({
      description: 'Rate at the peak divided by the mean, from 1 to 2.',
    }),
    peakAt: z
      .string()
      .regex(
        /^([01]\d|2[0-3]):[0-5]\d$/,
        'must be a time of day\nhours and minutes in UTC, such as `"14:00"`',
      )
      .meta({ description: 'Time of day of the peak, UTC.', examples: ['14:00'] })
      .default('14:00'),
    weekendFactor: plainNumber(0, 100, 'at 1 weekends are as busy as weekdays')
      .meta({ description: 'What the rate is multiplied by on Saturdays and Sundays (UTC).' })
      .default(1),
    duration: optionalDurationKey,
    ...openStreamKeys,
  }),
  (options, context) => {
    const span = streamSpan(options, context);
    const { peakToMean, peakAt, weekendFactor } = options;
    const shape = dayShape(
      readRateFraction(options.mean),
      peakToMean,
      timeOfDayMicros(peakAt),
      weekendFactor,
    );
    const fromMicros = context.startAtEpochMs * MICROS_PER_MS + span.startMicros;
    return planOpenStream(context, {
      ...span,
      arrivals: options.arrivals,
      pieces: () => dailyPieces(shape, fromMicros, span.durationMicros),
    });
  },
);
