import { z } from 'zod';
import { planOpenStream } from './open-stream.ts';
import { ratePiece } from './rate-curve.ts';
import { readRateFraction } from './rate-fraction.ts';
import { executorKey, openStreamKeys, optionalDurationKey, rateKey, streamSpan } from './stream-options.ts';
import { trafficModel } from './traffic-model.ts';

/** Requests at one rate. Evenly spaced, request k comes round(k / rate) after the start. */
export const constantArrivalRate = trafficModel(
  'constant-arrival-rate',
  z.strictObject({
    executor: executorKey('constant-arrival-rate', 'Requests at a constant rate.'),
    rate: rateKey('Requests over time, such as 50/s or 3000000/30d.'),
    duration: optionalDurationKey,
    ...openStreamKeys,
  }),
  (options, context) => {
    const span = streamSpan(options, context);
    const rate = readRateFraction(options.rate);
    const pieces = span.durationMicros > 0 ? [ratePiece(rate, rate, span.durationMicros)] : [];
    return planOpenStream(context, { ...span, arrivals: options.arrivals, pieces: () => pieces });
  },
);
