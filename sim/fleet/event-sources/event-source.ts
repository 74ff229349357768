import type { Observation } from '../../observe/observation.ts';
import type { RequestHead } from '../../workload/request-head.ts';

/**
 * What stands between those who send events and one function that handles them. It takes events in, has the
 * function invoked with one or several of them, and decides what becomes of those that it refused or failed.
 *
 * The engine calls in the order of simulated time, and at one instant `ended` and `retry`, then `act`, then
 * `arrive`.
 */
export interface EventSource {
  /** When it next has something to do by itself; Infinity when it has not. */
  readonly nextAt: number;
  /** Whether it holds what the function refused and would try again as soon as an invocation ends. */
  readonly isBlocked: boolean;
  /** An event comes: the head of the feed. */
  arrive(now: number, head: RequestHead): void;
  /** Does what is due at `nextAt`. */
  act(now: number): void;
  /** The delivery of this number has been handled. `timedOut`: the function was stopped. */
  ended(now: number, delivery: number, timedOut: boolean): void;
  /** An invocation has ended, of this function or of another: there may be room for what was refused. */
  retry(now: number): void;
  /** The window is over: counts what is still under way, and writes what was used. */
  close(observation: Observation): void;
}
