import { z } from 'zod';
import type { Random } from '../kernel/random.ts';
import { problem, ScenarioError } from '../problems/problem.ts';
import { durationMicros } from '../units/duration.ts';
import { planOpenStream } from './open-stream.ts';
import { type RatePiece, ratePiece } from './rate-curve.ts';
import { type RateFraction, readRateFraction } from './rate-fraction.ts';
import {
  durationKey,
  executorKey,
  openStreamKeys,
  optionalDurationKey,
  rateKey,
  streamSpan,
} from './stream-options.ts';
import { trafficModel } from './traffic-model.ts';

/** Changes of state in a stream: more would take longer to draw than the requests. */
const CHANGES_MAX = 10_000_000;

interface State {
  readonly rate: RateFraction;
  readonly meanMicros: number;
}

/** Stretches of exponential length in turn, the first state drawn from the share of time that each has. */
function* statePieces(
  calm: State,
  burst: State,
  random: Random,
  durationMicros: number,
): Generator<RatePiece> {
  let isBurst = random() * (calm.meanMicros + burst.meanMicros) < burst.meanMicros;
  let left = durationMicros;
  while (left > 0) {
    const { rate, meanMicros } = isBurst ? burst : calm;
    const micros = Math.min(left, Math.round(-meanMicros * Math.log(1 - random())));
    if (micros > 0) yield ratePiece(rate, rate, micros);
    left -= micros;
    isBurst = !isBurst;
  }
}

/**
 * Mean rate over a long time, requests per microsecond. Fischer and Meier-Hellstern, "The MMPP Cookbook",
 * 1993.
 */
function meanRate(calm: State, burst: State): number {
  const calmRequests = (calm.rate.count / calm.rate.perMicros) * calm.meanMicros;
  const burstRequests = (burst.rate.count / burst.rate.perMicros) * burst.meanMicros;
  return (calmRequests + burstRequests) / (calm.meanMicros + burst.meanMicros);
}

/** A Poisson process that changes between a calm and a busy rate at random: a two-state MMPP. */
export const burstyArrivalRate = trafficModel(
  'bursty-arrival-rate',
  z.strictObject({
    executor: executorKey(
      'bursty-arrival-rate',
      'Requests at a rate that changes between calm and burst at random.',
    ),
    calmRate: rateKey('Rate while calm.'),
    burstRate: rateKey('Rate during a burst.'),
    meanCalm: durationKey('Mean length of a calm stretch; lengths are exponential.'),
    meanBurst: durationKey('Mean length of a burst; lengths are exponential.'),
    duration: optionalDurationKey,
    ...openStreamKeys,
  }),
  (options, context) => {
    const span = streamSpan(options, context);
    const calm = { rate: readRateFraction(options.calmRate), meanMicros: durationMicros(options.meanCalm) };
    const burst = {
      rate: readRateFraction(options.burstRate),
      meanMicros: durationMicros(options.meanBurst),
    };
    if ((2 * span.durationMicros) / (calm.meanMicros + burst.meanMicros || 1) > CHANGES_MAX) {
      throw new ScenarioError([
        problem(
          'too-much-detail',
          [...context.path, 'meanCalm'],
          'the rate changes more than ten million times',
          {
            help: 'lengthen `meanCalm` and `meanBurst`, or shorten the stream',
          },
        ),
      ]);
    }
    return planOpenStream(context, {
      ...span,
      arrivals: options.arrivals,
      pieces: (openRandom) => statePieces(calm, burst, openRandom('modulation'), span.durationMicros),
      expectedRequests: (withinMicros) => (withinMicros > 0 ? meanRate(calm, burst) * withinMicros : 0),
    });
  },
);
