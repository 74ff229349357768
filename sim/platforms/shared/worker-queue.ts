import type { Engine } from '../../fleet/engine.ts';
import { MESSAGES_PER_CALL } from '../../fleet/event-sources/queue-requests.ts';
import { QueueWorkersEngine } from '../../fleet/queue-workers/engine.ts';
import type { WorkerQueuePlan } from '../../fleet/queue-workers/plan.ts';
import { ReplicasEngine } from '../../fleet/replicas/engine.ts';
import type { ReplicasPlan, WorkerPlan } from '../../fleet/replicas/plan.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { PlatformContext } from '../platform.ts';
import { queueOf, type ServerFrontDoorOptions } from './common-options.ts';
import { rangeProblems } from './duration-ranges.ts';
import {
  IN_FLIGHT_MAX,
  messageSizeProblems,
  RETENTION_RANGE,
  senderAssumptions,
  VISIBILITY_RANGE,
  waitingUserProblems,
} from './message-queue.ts';
import type { QueueOptions } from './queue-options.ts';

/** Options of workers, as every kind of them has them. */
interface WorkerOptions {
  readonly frontDoor: ServerFrontDoorOptions;
  readonly concurrency: number | 'none';
  readonly backlog: number | 'none';
}

/** A message that is not hidden would be received again at once, by all that have room. */
const RANGES = {
  visibilityTimeout: ['1s', VISIBILITY_RANGE[1], `${VISIBILITY_RANGE[2]}; 0 hides nothing`],
  messageRetentionPeriod: RETENTION_RANGE,
} as const;

/** Behind a queue `none` is ten: most messages of one call (Amazon SQS API, ReceiveMessage, 2026). */
export function workerConcurrency({ frontDoor, concurrency }: WorkerOptions): number | 'none' {
  return concurrency === 'none' && queueOf(frontDoor) !== null ? MESSAGES_PER_CALL : concurrency;
}

/** Requests in service and waiting on each worker; what waits for workers of a queue waits in the queue. */
export function planRequestLimits(options: WorkerOptions): Pick<WorkerPlan, 'concurrency' | 'backlog'> {
  const unlimited = (limit: number | 'none') => (limit === 'none' ? Number.POSITIVE_INFINITY : limit);
  return { concurrency: unlimited(workerConcurrency(options)), backlog: unlimited(options.backlog) };
}

/** The machine of workers: behind a queue, or behind a load balancer or nothing. */
export function openWorkers(plan: ReplicasPlan, frontDoor: ServerFrontDoorOptions) {
  const options = queueOf(frontDoor);
  const queue = options === null ? null : planQueue(options);
  return (replication: number): Engine =>
    queue === null ? new ReplicasEngine(plan, replication) : new QueueWorkersEngine(plan, queue, replication);
}

function planQueue(options: QueueOptions): WorkerQueuePlan {
  const { maxReceiveCount } = options;
  return {
    queue: {
      visibilityTimeoutMicros: durationMicros(options.visibilityTimeout),
      maxReceiveCount: maxReceiveCount === 'none' ? Number.POSITIVE_INFINITY : maxReceiveCount,
      retentionMicros: durationMicros(options.messageRetentionPeriod),
      inFlightMax: IN_FLIGHT_MAX,
    },
    waitMicros: options.waitTimeSeconds * MICROS_PER_SECOND,
  };
}

/** What SQS refuses of a queue in front of workers, and what means nothing behind one. */
export function workerQueueProblems(options: WorkerOptions, { program, path }: PlatformContext): Problem[] {
  const queue = queueOf(options.frontDoor);
  if (queue === null) return [];
  const place = [...path, 'frontDoor'];
  const { visibilityTimeout, messageRetentionPeriod } = queue;
  const problems = [
    ...rangeProblems({ visibilityTimeout, messageRetentionPeriod }, RANGES, place),
    ...program.workloads.flatMap((each) => messageSizeProblems(each, place)),
    ...waitingUserProblems(program, place),
  ];
  if (options.backlog !== 'none') {
    const message = 'workers that read a queue have no backlog: what waits, waits in the queue';
    const help = 'remove it; `messageRetentionPeriod` says for how long a message may wait';
    problems.push(problem('conflicting-keys', [...path, 'backlog'], message, { help, at: 'key' }));
  }
  return problems;
}

/** What a reader should know of a queue in front of workers. */
export function workerQueueAssumptions(options: WorkerOptions, program: ProgramBase): string[] {
  if (queueOf(options.frontDoor) === null) return [];
  return [
    'Latency runs from the sending of a message to the end of its handling.',
    'Messages are received in the order in which they came, at the instant at which there is a message and ' +
      'a worker with room for it; the worker gets it whose poll has waited longest.',
    `A worker holds ${workerConcurrency(options)} messages at most, and receives up to ten with one call.`,
    'A message is sent, and deleted, by a call of its own; each worker with room has one poll under way.',
    'What takes longer than the visibility timeout is received again, and its first end deletes nothing.',
    ...senderAssumptions(program),
  ];
}

/** Parts of SQS that are left out here. */
export const workerQueueNotModelled: readonly string[] = [
  'FIFO queues, delay queues, and visibility timeouts that a worker prolongs',
  'messages that are delivered twice though they were deleted',
  "a dead-letter queue's own requests",
];
