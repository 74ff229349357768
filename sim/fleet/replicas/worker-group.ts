import type { Level } from '../../observe/level.ts';
import type { Observation, WorkerSpans } from '../../observe/observation.ts';
import type { Router } from './routing/router.ts';

/** States of a worker that the machine looks at; a group may have more of its own, above these. */
export const GONE = 0;
export const IN_SERVICE = 3;
/** Gets no more requests, finishes those it has. */
export const DRAINING = 4;

/**
 * The workers of a service through their lives, by number: instances of an Auto Scaling group, tasks of ECS,
 * pods of Kubernetes. The machine that serves requests knows no more of them than this.
 *
 * Columns may be replaced when they grow: read them anew.
 */
export interface WorkerGroup {
  /** Workers wanted: ordered, starting or in service. */
  readonly desired: number;
  /** Requests that each worker holds, in service and waiting; written by the engine. */
  readonly outstanding: Int32Array;
  readonly state: Uint8Array;
  /** Workers ever given a number are below. */
  readonly used: number;
  /** Started after the warm-up of the run. */
  readonly startedMeasured: number;
  /** What was paid for by the time it ran, workers or what they run on. */
  readonly spans: WorkerSpans;
  /** When the group next changes by itself; Infinity when it is not going to. */
  readonly nextAt: number;
  /**
   * Carries out the change that is due.
   * @returns a worker whose time to drain is over and that still holds requests, else -1
   */
  step(): number;
  /** Orders or drains workers until as many are ordered, starting or in service as wanted. */
  setDesired(desired: number, now: number): void;
  /** The worker holds no more requests, or what it held is lost: it is gone, if it was leaving. */
  leave(worker: number, now: number): void;
  /** Whether a worker is starting, or too new to count in a metric. */
  isWarming(worker: number, now: number): boolean;
  /**
   * When the last launch or termination was over; Infinity while one is under way, −Infinity before any.
   * Absent where no policy waits for it.
   */
  readonly lastActivityAt?: number;
  /** What the group used up to now besides its spans, for the bill. */
  usageAt?(now: number): Record<string, bigint>;
  /** The window closes: a group of more than workers tells of the rest. */
  close?(observation: Observation): void;
}

/** What a group tells of its workers as they come and go. */
export interface GroupParts {
  readonly router: Router;
  /** Workers in service, over time. */
  readonly capacity: Level;
  /** Told when more workers need room than before; `created` breaks ties between them. */
  readonly onGrow: (capacity: number, created: Float64Array) => void;
  /**
   * Told when a worker begins and ends to run, for meters of each one's own; and on which host of how many
   * vCPUs, where workers share them.
   */
  readonly onRun: (worker: number, now: number, host?: number, hostVcpus?: number) => void;
  readonly onEnd: (worker: number, now: number) => void;
}
