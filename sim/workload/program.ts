import type { StreamPlan } from '../traffic/traffic.ts';
import type { WorkloadPlan } from './workload.ts';

/** A zone is lost, or is there again. */
export interface ZoneFault {
  readonly atMicros: number;
  readonly zone: string;
  readonly isLoss: boolean;
}

/**
 * A compiled scenario without its platforms: what comes, when, and for how long. The same for every platform.
 */
export interface ProgramBase {
  readonly seed: number;
  readonly replications: number;
  readonly windowMicros: number;
  readonly warmupMicros: number;
  /** Milliseconds since 1970 of t = 0. */
  readonly startAtEpochMs: number;
  /** Width of a time-series bin. */
  readonly stepMicros: number;
  /** Sorted by name, so that the order of keys in a file changes nothing. */
  readonly streams: readonly StreamPlan[];
  /** Sorted by name; a request's workload is its index here. */
  readonly workloads: readonly WorkloadPlan[];
  /** Faults that the scenario injects, in order of time. */
  readonly faults: readonly ZoneFault[];
  readonly billing: {
    readonly monthMicros: number;
    /** All of the free tier, nothing, or some of its pools. */
    readonly freeTier: boolean | readonly string[];
    readonly egress: 'none' | 'internet';
    /** Commitments are held against clock-hours: what they may pay for is to be known by the hour. */
    readonly byHour: boolean;
  };
}
