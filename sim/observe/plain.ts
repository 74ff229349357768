import { LatencyHistogram } from './latency-histogram.ts';
import type { Observation } from './observation.ts';
import { TimeSeries } from './time-series.ts';

/** An observation as it comes out of a structured clone: the same data, its classes forgotten. */
export type PlainObservation = Omit<Observation, 'latency' | 'series'> & { latency: object; series: object };

export function plainObservation(observation: Observation): PlainObservation {
  return observation;
}

/** Gives an observation that came from another thread its classes back. */
export function reviveObservation(plain: PlainObservation): Observation {
  Object.setPrototypeOf(plain.latency, LatencyHistogram.prototype);
  Object.setPrototypeOf(plain.series, TimeSeries.prototype);
  return plain as Observation;
}
