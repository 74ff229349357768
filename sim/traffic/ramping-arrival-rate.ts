import { z } from 'zod';
import { durationMicros } from '../units/duration.ts';
import { planOpenStream } from './open-stream.ts';
import { type RatePiece, ratePiece } from './rate-curve.ts';
import { readRateFraction } from './rate-fraction.ts';
import { durationKey, executorKey, openStreamKeys, rateKey } from './stream-options.ts';
import { trafficModel } from './traffic-model.ts';

const STAGES_MAX = 10_000;

/**
 * Requests at a rate that goes from target to target in straight lines; a stage of 0s is a step. As k6's
 * executor.
 */
export const rampingArrivalRate = trafficModel(
  'ramping-arrival-rate',
  z.strictObject({
    executor: executorKey('ramping-arrival-rate', 'Requests at a rate that changes in stages.'),
    startRate: rateKey('Rate at the start of the first stage.').default('0/s'),
    stages: z
      .array(
        z.strictObject({
          duration: durationKey('How long the rate takes to its target; 0s is a step.'),
          target: rateKey('Rate at the end of the stage.'),
        }),
      )
      .min(1)
      .max(STAGES_MAX)
      .meta({ description: 'Stages that follow each other, each a straight line to its target.' }),
    ...openStreamKeys,
  }),
  (options, context) => {
    const pieces: RatePiece[] = [];
    let rate = readRateFraction(options.startRate);
    let total = 0;
    for (const stage of options.stages) {
      const target = readRateFraction(stage.target);
      const micros = durationMicros(stage.duration);
      if (micros > 0) pieces.push(ratePiece(rate, target, micros));
      rate = target;
      total += micros;
    }
    return planOpenStream(context, {
      startMicros: durationMicros(options.startTime),
      durationMicros: total,
      arrivals: options.arrivals,
      pieces: () => pieces,
    });
  },
);
