import { failedCount, type Observation } from '../observe/observation.ts';
import type { ProgramBase } from '../workload/program.ts';

const MICROS_PER_MS = 1_000;

/**
 * Figures of one replication that get an interval, by their path in a platform's result; null where
 * undefined.
 */
export type Figures = Readonly<Record<string, number | null>>;

export const latencyPercentiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;

/**
 * `value` to nine significant decimals after the point: hides the noise of binary fractions, keeps every
 * digit that means something.
 */
export function tidy(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

/** Latencies in milliseconds; null when nothing was completed in the measured part. */
export function latencyFigures(
  observation: Observation,
): Record<'mean' | keyof typeof latencyPercentiles | 'max', number | null> {
  const { latency } = observation;
  const ms = (micros: number | null) => (micros === null ? null : tidy(micros / MICROS_PER_MS));
  return {
    mean: ms(latency.meanMicros),
    p50: ms(latency.percentileMicros(latencyPercentiles.p50)),
    p90: ms(latency.percentileMicros(latencyPercentiles.p90)),
    p95: ms(latency.percentileMicros(latencyPercentiles.p95)),
    p99: ms(latency.percentileMicros(latencyPercentiles.p99)),
    p999: ms(latency.percentileMicros(latencyPercentiles.p999)),
    max: latency.count === 0 ? null : ms(latency.maxMicros),
  };
}

/**
 * Means over the measured part: workers, how many of them were busy, and how long one lived (Little's law).
 */
export function capacityFigures(observation: Observation, program: ProgramBase) {
  const measuredMicros = program.windowMicros - program.warmupMicros;
  const { area, busyArea } = observation.capacity;
  const { started } = observation.measured;
  return {
    mean: tidy(area / measuredMicros),
    busyMean: tidy(busyArea / measuredMicros),
    idleMean: tidy((area - busyArea) / measuredMicros),
    utilization: area === 0 ? null : tidy(busyArea / area),
    meanLifetimeSeconds: started === 0 ? null : tidy(area / started / 1e6),
  };
}

/** Share of the measured part's served requests that had to wait for a start; null when none was served. */
export function coldFraction({ measured }: Observation): number | null {
  return measured.served === 0 ? null : measured.coldStarts / measured.served;
}

/** All figures of one replication. `usdPerMonth` comes from its bill. */
export function figuresOf(observation: Observation, program: ProgramBase, usdPerMonth: number): Figures {
  const prefixed = (prefix: string, figures: object) =>
    Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [`${prefix}.${name}`, value as number | null]),
    );
  const { arrived } = observation.requests;
  return {
    ...prefixed('latencyMs', latencyFigures(observation)),
    ...prefixed('capacity', capacityFigures(observation, program)),
    'coldStarts.fraction': coldFraction(observation),
    'requests.failedFraction': arrived === 0 ? null : failedCount(observation) / arrived,
    'cost.usdPerMonth': usdPerMonth,
  };
}
