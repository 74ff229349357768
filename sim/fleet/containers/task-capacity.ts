import type { Observation, WorkerSpans } from '../../observe/observation.ts';

/**
 * What tasks run on, Fargate or a cluster's hosts: gives a task its place, and says how long it takes until
 * the task runs there.
 */
export interface TaskCapacity {
  /** What is paid for by the time it ran, where that is not the tasks. */
  readonly spans?: WorkerSpans;
  /** When something changes here by itself that may make room; Infinity when nothing is going to. */
  readonly nextAt: number;
  /**
   * Carries out what is due at `nextAt`.
   * @param waiting tasks that have no place yet
   */
  step(waiting: number): void;
  /** Takes a place for a task. @returns false when it must wait; `nextAt` then says for how long at least */
  claim(task: number, now: number): boolean;
  /** The same for a task that was running before the window began. */
  claimWarm(task: number): boolean;
  /** From the place to the start of the image pull, in microseconds: what precedes it is not billed. */
  provisionMicros(task: number): number;
  /** From the start of the pull to the start of the container, in microseconds. */
  pullMicros(task: number, now: number): number;
  /** Which image the service's next tasks have; 0 is the one that it had at first. */
  useImage?(image: number): void;
  /** A task with a place is being stopped. */
  stopping(task: number): void;
  /** A task is gone, or is given up before it ran: its place is free. */
  release(task: number, now: number): void;
  /** A task that is lost with its host or its zone, with all it holds; -1 for none. Ask after `step`. */
  takeLost(): number;
  /** A task that has to leave its host within the two minutes of a notice; -1 for none. Ask after `step`. */
  takeEvicted?(): number;
  /** Of tasks in service, the one with the highest ranks is stopped first; of several, the newest. */
  stopRanks(task: number): readonly number[];
  /** The host whose CPUs a task shares with others, and how many they are; absent where each has its own. */
  sharedHost?(task: number): { readonly id: number; readonly vcpus: number };
  /** The window closes. */
  close(observation: Observation): void;
}
