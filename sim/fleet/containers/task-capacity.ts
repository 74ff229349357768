import type { Observation } from '../../observe/observation.ts';

/**
 * What tasks run on, Fargate or a cluster's hosts: gives a task its place, and says how long it takes until
 * the task runs there.
 */
export interface TaskCapacity {
  /** When something changes here by itself that may make room; Infinity when nothing is going to. */
  readonly nextAt: number;
  /**
   * Carries out what is due at `nextAt`.
   * @param waiting tasks that have no place yet
   */
  step(waiting: number): void;
  /** Takes a place for a task. @returns false when it must wait; `nextAt` then says for how long at least */
  claim(task: number, now: number): boolean;
  /** Takes a place for a task that was running before the window began; there is always one. */
  claimWarm(task: number): void;
  /** From the place to the start of the image pull, in microseconds: what precedes it is not billed. */
  provisionMicros(task: number): number;
  /** From the start of the pull to the start of the container, in microseconds. */
  pullMicros(task: number, now: number): number;
  /** A task is gone, or is given up before it ran: its place is free. */
  release(task: number, now: number): void;
  /** Of tasks in service, the one with the highest rank is stopped first; of several, the newest. */
  stopRank(task: number): number;
  /** The window closes. */
  close(observation: Observation): void;
}
