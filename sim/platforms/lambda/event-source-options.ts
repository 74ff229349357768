import { z } from 'zod';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import { durationSchema } from '../../units/duration.ts';
import { limit } from '../shared/common-options.ts';
import type { DurationRange } from '../shared/duration-ranges.ts';
import { maxReceiveCountSchema } from '../shared/queue-options.ts';

/**
 * An event source mapping and what it reads, the keys named after the properties of
 * AWS::Lambda::EventSourceMapping, AWS::SQS::Queue and AWS::Kinesis::Stream (CloudFormation, 2026). Which of
 * them there are, and their defaults, depends on what is read.
 */
export const eventSourceSchema = z
  .strictObject({
    batchSize: z
      .int()
      .min(1)
      .max(10_000)
      .meta({ description: 'messages or records of a batch at most; default 10 of SQS, 100 of streams' }),
    maximumBatchingWindow: durationSchema.meta({
      description: 'how long a batch that is not full is kept open, at most 300s; default 0s',
    }),
    reportBatchItemFailures: z
      .boolean()
      .meta({ description: 'the function says what failed, and only that comes back; default false' }),
    maximumConcurrency: limit(
      z.int().min(2).max(1_000),
      'sqs: batches under way at one time; default none, up to 1,250',
    ),
    visibilityTimeout: durationSchema.meta({
      description: 'sqs: how long a received message stays hidden; default 6 × timeout + window',
    }),
    maxReceiveCount: limit(
      maxReceiveCountSchema,
      'sqs: a message received so often goes to the dead-letter queue; default none',
    ),
    messageRetentionPeriod: durationSchema.meta({
      description: 'sqs: a message that is older is lost, 60s to 14d; default 4d',
    }),
    shards: z.int().min(1).max(10_000).meta({ description: 'streams: how many shards; default 1' }),
    parallelizationFactor: z
      .int()
      .min(1)
      .max(10)
      .meta({ description: 'streams: batches handled at one time from each shard; default 1' }),
    partitionKeys: limit(
      z.int().min(1).max(1_000_000_000),
      'streams: how many keys the records have; default none, each its own',
    ),
    maximumRetryAttempts: limit(
      z.int().min(0).max(10_000),
      'streams: further tries of a batch that failed; default none, until its records expire',
    ),
    maximumRecordAge: limit(
      durationSchema,
      'streams: an older record is given up, 60s to 7d; default none, until it leaves the stream after 24h',
    ),
    bisectBatchOnFunctionError: z
      .boolean()
      .meta({ description: 'streams: a batch that failed is split in two; default false' }),
  })
  .partial();

export type EventSourceOptions = z.infer<typeof eventSourceSchema>;

/** An event source whose keys with a default are all there. */
export type CompleteEventSource<Key extends keyof EventSourceOptions> = Omit<EventSourceOptions, Key> & {
  readonly [Each in Key]: NonNullable<EventSourceOptions[Each]>;
};

const QUEUE_KEYS = ['maximumConcurrency', 'visibilityTimeout', 'maxReceiveCount', 'messageRetentionPeriod'];
const STREAM_KEYS = [
  'shards',
  'parallelizationFactor',
  'partitionKeys',
  'maximumRetryAttempts',
  'maximumRecordAge',
  'bisectBatchOnFunctionError',
];

/** Keys that mean nothing for what is read. */
export function* foreignKeys(source: EventSourceOptions, invocation: string, path: Path): Iterable<Problem> {
  const foreign = invocation === 'sqs' ? STREAM_KEYS : QUEUE_KEYS;
  const others = invocation === 'sqs' ? '`kinesis` and `dynamodb`' : '`sqs`';
  for (const key of Object.keys(source).filter((each) => foreign.includes(each))) {
    const message = `${ticked(key)} means nothing with \`invocation: ${invocation}\``;
    const help = `remove it; it is a key of ${others}`;
    yield problem('misplaced-key', [...path, key], message, { at: 'key', help });
  }
}

/** The window of all mappings (Lambda API, CreateEventSourceMapping, 2026). */
export const WINDOW_RANGE: DurationRange = ['0s', '300s', 'MaximumBatchingWindowInSeconds is 0 to 300'];
/** Payload of one invocation (Lambda Developer Guide, invocation-eventsourcemapping, 2026). */
export const BATCH_BYTES_MAX = 6 * 1024 ** 2;

/** How many messages or records a batch holds: by its size, and by what 6 MB hold of them. */
export function fittingBatch(batchSize: number, bytesEach: number): number {
  const fitting = bytesEach === 0 ? batchSize : Math.floor(BATCH_BYTES_MAX / bytesEach);
  return Math.max(1, Math.min(batchSize, fitting));
}
