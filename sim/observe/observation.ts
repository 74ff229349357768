import type { DeploymentsObservation } from './deployments.ts';
import { type FailureKind, failureKinds } from './failure-kind.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { type ThrottleReason, throttleReasons } from './throttle-reason.ts';
import { TimeSeries } from './time-series.ts';

/**
 * When workers ran, one entry each, in the order of their starts. Infinity: still running when the window
 * closed.
 */
export interface WorkerSpans {
  readonly startMicros: number[];
  readonly endMicros: number[];
  /** Which of them were bought as Spot; absent where none can be. */
  readonly isSpot?: boolean[];
}

/** The same of workers of several types: the number of each one's type. */
export interface TypedSpans extends WorkerSpans {
  readonly types: number[];
}

/**
 * What workers ran on, where that is paid for: nodes of a cluster. Levels × microseconds and peak after the
 * warm-up.
 */
export interface HostsObservation {
  area: number;
  /** Hosts' worth of busy CPU. */
  busyArea: number;
  max: number;
  started: number;
  /** vCPU × microseconds that were paid for, requested by the workers, and used. */
  readonly cpu: { paid: number; requested: number; used: number };
}

/** Why a platform served no better than it did. */
export type LimitedBy = 'nothing' | 'cpu' | 'concurrency' | 'quota' | 'scaling-speed';

/**
 * What one replication of one platform did. Counts are exact; "measured" means from the end of the warm-up.
 */
export interface Observation {
  /** Of the whole window; `attempts` adds the clients' retries to `arrived`. */
  readonly requests: {
    arrived: number;
    completed: number;
    inFlight: number;
    attempts: number;
    readonly failures: Record<FailureKind, number>;
  };
  /** Why requests of the whole window were refused with 429, each time they came. */
  readonly throttles: Record<ThrottleReason, number>;
  /** Of requests that arrived after the warm-up. */
  readonly measured: {
    arrived: number;
    failed: number;
    /** Requests that were given a worker, whatever became of them. */
    served: number;
    coldStarts: number;
    /** Workers started after the warm-up. */
    started: number;
  };
  /** Of completed requests that arrived after the warm-up. */
  readonly latency: LatencyHistogram;
  readonly series: TimeSeries;
  /** Areas (level × microseconds) and peak after the warm-up; busy in the unit of capacity. */
  readonly capacity: { area: number; busyArea: number; max: number };
  /** What was used in the whole window, by the engine's own names; whole numbers, for the bill. */
  readonly usage: Record<string, number>;
  /** The same of what a double need not hold exactly, as bytes and the time of many instances. */
  readonly largeUsage: Record<string, bigint>;
  /** From running to gone, of every server that ran; empty where nothing is paid by the time it runs. */
  spans: WorkerSpans;
  /** Null where workers are themselves what is paid for. */
  hosts: HostsObservation | null;
  /** By clock-hour of the window, for meters that look at hours. */
  readonly hours: {
    readonly requests: Float64Array;
    /** Payload, both ways. */
    readonly bytes: bigint[];
    /** Of `usage`, by the same names, what the engine counts by the hour where the program asks for it. */
    readonly usage: Record<string, Float64Array>;
  };
  /** Requests that servers worked on or kept waiting when the window closed, their clients gone or not. */
  heldAtEnd: number;
  /** Events that were given up after all their tries or as too old; -1 where no events come. */
  deadLetters: number;
  /** Tasks or pods that had no place to run when the window closed, and how long the first had waited. */
  unplaced: { workers: number; waitedMicros: number };
  /** Of a service that was given other task definitions, in the order of their times; null for none. */
  deployments: DeploymentsObservation[] | null;
  limitedBy: LimitedBy;
}

export function newObservation(windowMicros: number, stepMicros: number, hours: number): Observation {
  return {
    requests: {
      arrived: 0,
      completed: 0,
      inFlight: 0,
      attempts: 0,
      failures: Object.fromEntries(failureKinds.map((kind) => [kind, 0])) as Record<FailureKind, number>,
    },
    throttles: Object.fromEntries(throttleReasons.map((reason) => [reason, 0])) as Record<
      ThrottleReason,
      number
    >,
    measured: { arrived: 0, failed: 0, served: 0, coldStarts: 0, started: 0 },
    latency: new LatencyHistogram(),
    series: new TimeSeries(windowMicros, stepMicros),
    capacity: { area: 0, busyArea: 0, max: 0 },
    usage: {},
    largeUsage: {},
    spans: { startMicros: [], endMicros: [] },
    hosts: null,
    hours: { requests: new Float64Array(hours), bytes: new Array(hours).fill(0n), usage: {} },
    heldAtEnd: 0,
    deadLetters: -1,
    unplaced: { workers: 0, waitedMicros: 0 },
    deployments: null,
    limitedBy: 'nothing',
  };
}

/** All failed requests of the window. */
export function failedCount(observation: Observation): number {
  return failureKinds.reduce((sum, kind) => sum + observation.requests.failures[kind], 0);
}

/**
 * A queue grows when, over the last tenth of the window, it gained this share of what arrived, and at least
 * so many.
 */
const GROWTH_SHARE = 0.1;
const GROWTH_MIN = 30;

/** Whether the waiting line was still growing when the window closed. */
export function isQueueGrowing({ series }: Observation): boolean {
  const last = series.bins - 1;
  const first = last - Math.max(1, Math.floor(series.bins / 10));
  if (first < 0) return false;
  let arrivals = 0;
  for (let bin = first + 1; bin <= last; bin++) arrivals += series.arrivals[bin]!;
  const meanQueue = (bin: number) => series.queueArea[bin]! / series.binMicros(bin);
  const growth = meanQueue(last) - meanQueue(first);
  return growth > GROWTH_MIN && growth > GROWTH_SHARE * arrivals;
}
