import { DRAINING, GONE, IN_SERVICE } from '../replicas/worker-group.ts';
import type { TaskCapacity } from './task-capacity.ts';
import { FAILING, PROVISIONING, STARTING, WAITING } from './task-states.ts';

/** What the choice looks at of tasks. */
export interface StoppableTasks {
  readonly used: number;
  readonly state: Uint8Array;
}

/**
 * The task that a scale-in stops: one without a place, then one that starts, then by the rank that the place
 * of the task gives it; of several the newest.
 * @param created how many tasks were ordered before each
 * @returns -1 when there is none
 */
export function nextToStop(tasks: StoppableTasks, created: Float64Array, capacity: TaskCapacity): number {
  let chosen = -1;
  for (let task = 0; task < tasks.used; task++) {
    const state = tasks.state[task];
    if (state === GONE || state === DRAINING) continue;
    if (chosen < 0 || isBefore(task, chosen, tasks, created, capacity)) chosen = task;
  }
  return chosen;
}

function isBefore(
  task: number,
  other: number,
  { state }: StoppableTasks,
  created: Float64Array,
  capacity: TaskCapacity,
): boolean {
  const [early, otherEarly] = [earliness(state[task]!), earliness(state[other]!)];
  if (early !== otherEarly) return early > otherEarly;
  if (state[task] === IN_SERVICE) {
    const ranks = capacity.stopRanks(task);
    const otherRanks = capacity.stopRanks(other);
    for (let index = 0; index < ranks.length; index++) {
      if (ranks[index] !== otherRanks[index]) return ranks[index]! > otherRanks[index]!;
    }
  }
  return created[task]! > created[other]!;
}

function earliness(state: number): number {
  if (state === WAITING) return 2;
  return state === PROVISIONING || state === STARTING || state === FAILING ? 1 : 0;
}
