import type { Observation, WorkerSpans } from '../../../observe/observation.ts';

/** Where pods run: gives a pod its place, and says how long it takes until it runs there. */
export interface PodPlaces {
  /** When something changes here by itself that may make room; Infinity when nothing is going to. */
  readonly nextAt: number;
  /**
   * Carries out what is due at `nextAt`.
   * @param waiting pods that have no place yet
   */
  step(waiting: number): void;
  /** Takes a place for a pod. @returns false when it must wait */
  claim(pod: number, now: number): boolean;
  /** Takes a place for a pod that was running before the window began. @returns false when there is none */
  claimWarm(pod: number): boolean;
  /** Told after every change how many pods found no place. */
  await?(waiting: number, now: number): void;
  /** From the place to the start of the image pull, in microseconds. */
  provisionMicros(pod: number): number;
  /** From the start of the pull to the start of the container, in microseconds. */
  pullMicros(pod: number, now: number): number;
  /** A pod is gone, or is given up before it ran: its place is free. */
  release(pod: number, now: number): void;
  /** Of ready pods, one with the highest rank is deleted first. */
  stopRank(pod: number): number;
  /** The node of a pod, where pods share its CPUs. */
  hostOf?(pod: number): { readonly id: number; readonly vcpus: number };
  /** A pod that is lost with its node or its zone, with all it holds; -1 for none. Ask after `step`. */
  takeLost(): number;
  /** A pod that has to leave its place, to be made anew elsewhere; -1 when there is none. Ask until then. */
  takeEvicted?(): number;
  /** What is paid for by the time it runs, if that is not the pods themselves. */
  readonly spans?: WorkerSpans;
  /** The window closes. */
  close(observation: Observation): void;
}
