import { expect } from 'vitest';
import { studentInterval } from '../../sim/experiment/student-t.ts';
import { type PlatformResult, type Result, simulate } from '../../sim/index.ts';
import { expectSound, type Soundness } from './expect-sound.ts';

/** One stream of Poisson arrivals to one platform, which is called `it`. */
export interface Trial extends Soundness {
  /** Requests per second. */
  readonly rate: number;
  /** Measured after the warm-up; together they are the window. */
  readonly measuredSeconds: number;
  /** At least; made longer to end with a bin of the time series. */
  readonly warmupSeconds: number;
  /** YAML of the workload, and of the platform. */
  readonly workload: string;
  readonly platform: string;
  readonly arrivals?: string;
  readonly replications?: number;
}

const REPLICATIONS = 10;
const CONFIDENCE = 0.99;

export function scenarioOf(trial: Trial): string {
  const warmupSeconds = alignedWarmup(trial);
  const { arrivals = 'poisson' } = trial;
  return [
    'version: 1',
    'name: theory',
    `duration: ${warmupSeconds + trial.measuredSeconds}s`,
    `warmup: ${warmupSeconds}s`,
    `workload: ${trial.workload}`,
    `traffic: { main: { executor: constant-arrival-rate, rate: ${trial.rate}/s, arrivals: ${arrivals} } }`,
    `platforms: { it: ${trial.platform} }`,
    "thresholds: { failed: ['rate<100%'] }",
  ].join('\n');
}

/**
 * A bin is 60 s wide up to a day's window, beyond that the least multiple of it that makes at most 1,440
 * bins.
 */
export function alignedWarmup({ warmupSeconds, measuredSeconds }: Trial): number {
  for (let bin = 60; ; bin += 60) {
    const warmup = bin * Math.ceil(warmupSeconds / bin);
    if (bin === 60 * Math.max(1, Math.ceil((warmup + measuredSeconds) / 86_400))) return warmup;
  }
}

/**
 * A number that belongs to a text (FNV-1a): the first seed of its trial. Trials with seeds of their own are
 * independent of each other; with seeds 1, 2, … for all, an unlucky draw would show in every trial of that
 * load.
 */
export function firstSeed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

/** Independent runs of a trial, always with the same seeds; each run is sound. */
export function replicate(trial: Trial): Result[] {
  const text = scenarioOf(trial);
  const warmupSeconds = alignedWarmup(trial);
  return Array.from({ length: trial.replications ?? REPLICATIONS }, (_, index) => {
    const result = simulate(text, { overrides: { seed: firstSeed(text) + index } });
    expectSound(result, { ...trial, warmupSeconds });
    return result;
  });
}

/**
 * Theory says `expected`: the 99 % Student-t interval of the replications' means holds it, and is narrower
 * than ±`precision` × expected, so that a figure that is off by twice as much could not pass. Each such
 * assertion, when simulator and theory agree, would fail for one set of seeds in a hundred; the seeds are
 * fixed. A failure is answered by many more replications with other seeds, which tell chance from error,
 * and never by a wider interval.
 */
export function expectTheory(
  results: readonly Result[],
  figure: (platform: PlatformResult, result: Result) => number,
  expected: number,
  precision: number,
): void {
  const values = results.map((result) => figure(result.platforms.it!, result));
  const [low, high] = studentInterval(values, CONFIDENCE)!;
  const told = `${low} … ${high} for ${expected}`;
  expect((high - low) / 2 / expected, `precision of ${told}`).toBeLessThan(precision);
  expect(low, told).toBeLessThanOrEqual(expected);
  expect(high, told).toBeGreaterThanOrEqual(expected);
}

/** Share of the requests that arrived after the warm-up and failed. */
export const failedShare = (_: PlatformResult, result: Result) => result.thresholds[0]!.actual!;
/** Mean time in system, seconds. */
export const meanSojourn = ({ latencyMs }: PlatformResult) => latencyMs.mean! / 1000;
export const coldFraction = ({ coldStarts }: PlatformResult) => coldStarts.fraction!;

/** Mean number of waiting requests after the warm-up. */
export function waitingIn(trial: Trial) {
  const warmupSeconds = alignedWarmup(trial);
  return ({ timeseries }: PlatformResult) => {
    const line = timeseries.columns.queue.slice(warmupSeconds / timeseries.stepSeconds);
    return line.reduce((sum, level) => sum + level, 0) / line.length;
  };
}
