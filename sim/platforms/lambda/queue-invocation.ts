import { QueueMapping, type QueueMappingPlan } from '../../fleet/event-sources/queue-mapping.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { durationMicros, formatDuration } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { rangeProblems } from '../shared/duration-ranges.ts';
import {
  IN_FLIGHT_MAX,
  messageSizeProblems,
  queueReadings,
  RETENTION_RANGE,
  VISIBILITY_RANGE,
} from '../shared/message-queue.ts';
import {
  type CompleteEventSource,
  type EventSourceOptions,
  fittingBatch,
  foreignKeys,
  WINDOW_RANGE,
} from './event-source-options.ts';
import type { ResolvedFunction } from './functions.ts';
import type { InvocationPlan } from './invocation.ts';
import type { LambdaOptions } from './options.ts';
import { planS3Event } from './s3-event.ts';

/** Concurrent batches to begin with and at most (Lambda Developer Guide, services-sqs-scaling, 2026). */
const CONCURRENCY = { initial: 5, max: 1_250 } as const;
/** The batch size above which a window is needed, and the least window (services-sqs-configure, 2026). */
const SMALL_BATCH = 10;
const WINDOW_MIN = '1s';
/** AWS's advice for the visibility timeout: six times the function's and the window (the same page). */
const TIMEOUTS = 6;
const RANGES = {
  maximumBatchingWindow: WINDOW_RANGE,
  visibilityTimeout: VISIBILITY_RANGE,
  messageRetentionPeriod: RETENTION_RANGE,
} as const;

/** Those of the Lambda API (CreateEventSourceMapping, 2026), and of SQS for the retention (SQS API, 2026). */
const QUEUE_DEFAULTS = {
  batchSize: 10,
  maximumBatchingWindow: '0s',
  maximumConcurrency: 'none',
  reportBatchItemFailures: false,
  maxReceiveCount: 'none',
  messageRetentionPeriod: '4d',
} as const satisfies EventSourceOptions;

/** A mapping of SQS with its defaults. */
type QueueSource = CompleteEventSource<keyof typeof QUEUE_DEFAULTS>;

/**
 * @param timeouts of the functions; where they differ, each queue has a visibility timeout of its own, and
 * none can be told
 */
export function withQueueDefaults(given: EventSourceOptions, timeouts: readonly string[]): QueueSource {
  const source = { ...QUEUE_DEFAULTS, ...given } as QueueSource;
  const [visibility = Number.NaN, ...others] = new Set(
    timeouts.map((each) => visibilityMicros(source, each)),
  );
  return others.length === 0 && visibility <= durationMicros(RANGES.visibilityTimeout[1])
    ? { ...source, visibilityTimeout: source.visibilityTimeout ?? formatDuration(visibility) }
    : source;
}

/** Functions that handle the messages of an SQS queue each. */
export function planQueue(
  options: LambdaOptions,
  functions: readonly ResolvedFunction[],
  context: PlatformContext,
): InvocationPlan {
  const source = withQueueDefaults(
    options.eventSource ?? {},
    functions.map(({ timeout }) => timeout),
  );
  const path = [...context.path, 'eventSource'];
  const s3 = planS3Event(options, context);
  const plans = functions.map((each) => planMapping(source, each, s3));
  return {
    openSource: (parts) => new QueueMapping(plans[parts.functionIndex]!, parts),
    problems: [
      ...foreignKeys(source, 'sqs', path),
      ...rangeProblems(source as unknown as Record<string, string | undefined>, RANGES, path),
      ...batchProblems(source, path),
      ...functions.flatMap((each) => [...functionProblems(source, each, path)]),
    ],
    requestsPerInvocation: functions.map(() => 1),
    readings: queueReadings,
    assumptions: [
      'Latency runs from the sending of a message to the end of its handling.',
      'Messages are received in the order in which they came; one poller at a time fills a batch.',
      'The concurrency of a mapping grows by 300 a minute in a straight line while messages wait; ' +
        'a batch that fails or is throttled takes one off (AWS: "gradually").',
      'A throttled batch is tried again when an invocation ends, and every second.',
      'Messages are sent one a call; five pollers wait where nothing comes, 20 s a call (AWS may take two).',
      ...(s3?.assumptions ?? []),
    ],
    notModelled: [
      'FIFO queues, provisioned pollers and event filters of SQS',
      'messages that are delivered twice',
      "a dead-letter queue's own requests",
    ],
  };
}

function planMapping(
  source: QueueSource,
  { workload, timeout }: ResolvedFunction,
  s3: ReturnType<typeof planS3Event>,
): QueueMappingPlan {
  const { maximumConcurrency, maxReceiveCount } = source;
  const max = maximumConcurrency === 'none' ? CONCURRENCY.max : maximumConcurrency;
  // S3's event is small, whatever the size of the object.
  const messageBytes = s3 === null ? workload.payloadInBytes : 0;
  return {
    queue: {
      visibilityTimeoutMicros: visibilityMicros(source, timeout),
      maxReceiveCount: maxReceiveCount === 'none' ? Number.POSITIVE_INFINITY : maxReceiveCount,
      retentionMicros: durationMicros(source.messageRetentionPeriod),
      inFlightMax: IN_FLIGHT_MAX,
    },
    concurrency: {
      initial: Math.min(CONCURRENCY.initial, max),
      max,
      isMaxChosen: maximumConcurrency !== 'none',
    },
    batchSize: fittingBatch(source.batchSize, messageBytes),
    windowMicros: durationMicros(source.maximumBatchingWindow),
    reportsBatchItemFailures: source.reportBatchItemFailures,
    messageBytes,
    deliveryDelay: s3?.delay ?? null,
  };
}

function visibilityMicros(source: QueueSource, timeout: string): number {
  if (source.visibilityTimeout !== undefined) return durationMicros(source.visibilityTimeout);
  return TIMEOUTS * durationMicros(timeout) + durationMicros(source.maximumBatchingWindow);
}

function* batchProblems(source: QueueSource, path: Path): Iterable<Problem> {
  const { batchSize, maximumBatchingWindow } = source;
  if (batchSize <= SMALL_BATCH || durationMicros(maximumBatchingWindow) >= durationMicros(WINDOW_MIN)) return;
  const message = `a batch size of ${batchSize} with a batching window of ${maximumBatchingWindow}`;
  const help =
    'AWS: a batch size above 10 needs a MaximumBatchingWindowInSeconds of at least 1; ' +
    'add `maximumBatchingWindow: 1s`, which is 0s when it is not given';
  yield problem('out-of-range', [...path, 'batchSize'], message, { help });
}

function* functionProblems(
  source: QueueSource,
  { workload, timeout }: ResolvedFunction,
  path: Path,
): Iterable<Problem> {
  const visibility = visibilityMicros(source, timeout);
  if (durationMicros(timeout) > visibility) {
    const message =
      `function \`${workload.name}\` may run for ${timeout}, and its messages come back after ` +
      formatDuration(visibility);
    const help =
      'AWS: the queue visibility timeout must not be below the function timeout, and is best six times it; ' +
      'raise `visibilityTimeout`, or lower `timeout`';
    yield problem('out-of-range', [...path, 'visibilityTimeout'], message, { help });
  }
  yield* messageSizeProblems(workload, path);
}
