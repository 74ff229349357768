import type { QueuePlan } from '../event-sources/message-queue.ts';

/** A queue that workers read, in numbers. */
export interface WorkerQueuePlan {
  readonly queue: QueuePlan;
  /** How long a poll waits for a message before it returns without one. */
  readonly waitMicros: number;
}
