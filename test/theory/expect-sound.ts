import { expect } from 'vitest';
import type { PlatformResult, Result } from '../../sim/index.ts';
import { MICROS_PER_SECOND } from '../../sim/kernel/time.ts';
import { durationMicros } from '../../sim/units/duration.ts';

/** What `expectSound` cannot see in a result. */
export interface Soundness {
  /** The window, where the scenario does not state its `duration`; the end of the warm-up. */
  readonly windowSeconds?: number;
  readonly warmupSeconds?: number;
  /**
   * vCPUs of an instance on which a request in service always has exactly one of them (`concurrency` at
   * most as many, work only): then requests in service are instances' worth of busy CPU times vCPUs, and
   * Little's law can be held against servers too.
   */
  readonly vcpus?: number;
}

/**
 * Laws that hold on every path of every simulation, not only on average: no request is lost or made up,
 * counts agree wherever they are told twice, shares are shares, and Little's law holds within the edges of
 * the window.
 */
export function expectSound(result: Result, soundness: Soundness = {}): void {
  for (const [name, platform] of Object.entries(result.platforms)) {
    expectConserved(platform, name);
    expectLevels(platform, name);
    const isCut = Object.keys(platform.requests.failures).some((kind) => !TURNED_AWAY.includes(kind));
    const knowsLevel = platform.capacity.unit === 'environments' || soundness.vcpus !== undefined;
    // Time that a client lets pass before it tries again is latency, but spent nowhere.
    const isRepeated = platform.requests.attempts > platform.requests.arrived;
    if (!isCut && knowsLevel && !isRepeated) expectLittlesLaw(result, name, soundness);
  }
}

/** Failures that never spent any time in the system. */
const TURNED_AWAY = ['throttled', 'rejected'];

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function expectConserved({ requests, timeseries, latencyDistribution }: PlatformResult, name: string): void {
  expect(requests.arrived, name).toBe(requests.completed + requests.failed + requests.inFlight);
  expect(total(Object.values(requests.failures)), name).toBe(requests.failed);
  expect(requests.attempts, name).toBeGreaterThanOrEqual(requests.arrived);
  expect(total(latencyDistribution.counts), name).toBeLessThanOrEqual(requests.completed);
  const { columns } = timeseries;
  for (const column of Object.values(columns)) expect(column.length, name).toBe(columns.arrivals.length);
}

function expectLevels({ capacity, coldStarts, latencyMs, timeseries }: PlatformResult, name: string): void {
  expect(capacity.busyMean, name).toBeLessThanOrEqual(capacity.mean * (1 + 1e-9));
  expect(capacity.mean, name).toBeLessThanOrEqual(capacity.max);
  expect(capacity.idleMean, name).toBeCloseTo(capacity.mean - capacity.busyMean, 6);
  if (capacity.utilization !== null) {
    expect(capacity.utilization, name).toBeCloseTo(capacity.busyMean / capacity.mean, 6);
  }
  if (coldStarts.fraction !== null) {
    expect(coldStarts.fraction, name).toBeGreaterThanOrEqual(0);
    expect(coldStarts.fraction, name).toBeLessThanOrEqual(1);
  }
  const { p50, p90, p95, p99, p999, max } = latencyMs;
  const rising = [p50, p90, p95, p99, p999, max].filter((each) => each !== null);
  expect(rising, name).toEqual([...rising].sort((a, b) => a - b));
  const { capacity: inService, busy } = timeseries.columns;
  for (const [bin, level] of busy.entries()) {
    expect(level, name).toBeLessThanOrEqual(inService[bin]! + 1e-6);
  }
}

/**
 * L = λW on the path itself: the area under the number in system is the sum of the times spent there, but
 * for the edges of the measured part. The area counts, besides the requests that arrived and were answered
 * in it, what those in flight at the end have spent so far, and what those already there at the end of the
 * warm-up had left: so it is the larger, by at most (in flight at the end + there at the end of the
 * warm-up) × longest time in system.
 */
function expectLittlesLaw(result: Result, name: string, soundness: Soundness): void {
  const { warmupSeconds = 0, vcpus = 1 } = soundness;
  const { requests, timeseries, latencyDistribution, latencyMs, capacity } = result.platforms[name]!;
  const { stepSeconds, columns } = timeseries;
  const isPool = capacity.unit === 'environments';
  const windowSeconds = soundness.windowSeconds ?? statedSeconds(result);
  const level = columns.busy.map((busy, bin) => busy * (isPool ? 1 : vcpus) + columns.queue[bin]!);
  const first = Math.round(warmupSeconds / stepSeconds);
  // Levels are told by bins: where the warm-up ends inside one, its part cannot be told.
  if (first * stepSeconds !== warmupSeconds) return;
  const binSeconds = (bin: number) => Math.min(stepSeconds, windowSeconds - bin * stepSeconds);
  const area = total(level.map((each, bin) => (bin < first ? 0 : each * binSeconds(bin))));
  const answered = total(latencyDistribution.counts) / result.replications;
  const spent = (answered * (latencyMs.mean ?? 0)) / 1000;
  // A line is told by its mean over a minute only; three times the fullest minute's is more than it ever
  // held.
  const atWarmup = first === 0 ? 0 : isPool ? capacity.max : 3 * Math.ceil(Math.max(...level));
  const atEdges = requests.inFlight / result.replications + atWarmup;
  const edge = (atEdges * (latencyMs.max ?? windowSeconds * 1000)) / 1000;
  // Levels are told to nine decimals.
  const rounding = 1e-9 * (answered + vcpus * windowSeconds) + 1e-9 * spent;
  expect(area - spent, `${name}: L − λW`).toBeGreaterThanOrEqual(-rounding);
  expect(area - spent, `${name}: L − λW`).toBeLessThanOrEqual(edge + rounding);
}

function statedSeconds(result: Result): number {
  return durationMicros(String(result.scenario.resolved.duration)) / MICROS_PER_SECOND;
}
