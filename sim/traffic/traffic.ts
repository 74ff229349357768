import type { z } from 'zod';
import type { Distribution, ReadFile } from '../distributions/distribution.ts';
import type { Random } from '../kernel/random.ts';
import type { Path } from '../problems/problem.ts';
import type { WorkloadPlan } from '../workload/workload.ts';

/** Opens the random stream of one purpose within the stream of traffic and the replication at hand. */
export type OpenRandom = (purpose: string) => Random;

/** Arrival times of an open stream, in order. */
export interface ArrivalProcess {
  /**
   * Writes the next arrival times, whole microseconds and never decreasing, to `out[0 …]`.
   * @returns how many were written; fewer than `count` means that the stream has ended.
   */
  fill(out: Float64Array, count: number): number;
}

/** A stream whose arrivals do not depend on how they are served. */
export interface OpenStreamPlan {
  readonly kind: 'open';
  readonly name: string;
  /** Name of the workload that its requests are of. */
  readonly workload: string;
  /** How many requests to expect before `endMicros`, for the estimate of work. */
  readonly expectedRequests: number;
  /** Where the stream is silent for good; Infinity when it ends only with the window. */
  readonly endMicros: number;
  open(openRandom: OpenRandom): ArrivalProcess;
}

/** One virtual user: present in [start, stop), each iteration a request, its answer and a think time. */
export interface UserSpan {
  readonly startMicros: number;
  readonly stopMicros: number;
}

/** A stream of virtual users, who send their next request only after the last was answered. */
export interface ClosedStreamPlan {
  readonly kind: 'closed';
  readonly name: string;
  readonly workload: string;
  /** By user number; a user may come back, its spans are in order and do not overlap. */
  readonly users: readonly (readonly UserSpan[])[];
  readonly thinkTime: Distribution;
  readonly endMicros: number;
}

export type StreamPlan = OpenStreamPlan | ClosedStreamPlan;

/** What a traffic model may need to know besides its own options. */
export interface TrafficContext {
  /** The stream's name, its key under `traffic`. */
  readonly name: string;
  readonly path: Path;
  /** The stream's `workload`, or the only one there is; undefined where a trace brings its own. */
  readonly workload: string | undefined;
  /** Length of the simulated window where the scenario states it, else undefined. */
  readonly windowMicros: number | undefined;
  /** Milliseconds since 1970 of t = 0, for times of day and weekends (UTC). */
  readonly startAtEpochMs: number;
  readonly readFile: ReadFile;
}

/** What a traffic model compiles to: streams, and workloads where it brings its own. */
export interface TrafficPlan {
  readonly streams: readonly StreamPlan[];
  readonly workloads: readonly WorkloadPlan[];
}

/** One traffic executor. A new one is a file of this folder and a line in `index.ts`. */
export interface TrafficModel<Options = unknown> {
  readonly executor: string;
  /** Options as written, with `executor: NAME` among its keys, units and all, defaults filled in. */
  readonly schema: z.ZodType<Options>;
  /**
   * The options with the defaults filled in that depend on what they were planned to, which
   * `validate --resolved` prints.
   * @param stream what `plan` made of the options; undefined where that is not one stream
   */
  withDefaults(options: Options, stream: StreamPlan | undefined): Options;
  /** @throws ScenarioError with every problem found in the options or in the files they name. */
  plan(options: Options, context: TrafficContext): TrafficPlan;
}
