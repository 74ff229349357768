import type { Observation } from '../observe/observation.ts';

/** One replication of one platform under way. It can be stopped between any two slices of work. */
export interface Engine {
  /**
   * Goes on until the window closes or about `requests` more requests have been taken in.
   * @returns true when the window has closed and the observation is complete
   */
  advance(requests: number): boolean;
  /** Simulated time reached, in microseconds. */
  readonly nowMicros: number;
  /** Requests taken in so far. */
  readonly arrived: number;
  /** What was seen. Complete only after `advance` has returned true. */
  observation(): Observation;
}
