import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';
import { limit } from '../shared/common-options.ts';

/**
 * An event source mapping, its keys named after the properties of AWS::Lambda::EventSourceMapping and
 * AWS::SQS::Queue (CloudFormation, 2026).
 */
const eventSourceSchema = z.strictObject({
  batchSize: z
    .int()
    .min(1)
    .max(10_000)
    .default(10)
    .meta({ description: 'messages of a batch at most; above 10 a window of 1s is needed' }),
  maximumBatchingWindow: durationSchema
    .default('0s')
    .meta({ description: 'how long a batch that is not full is kept open, at most 300s' }),
  maximumConcurrency: limit(
    z.int().min(2).max(1_000),
    'batches under way at one time; none: up to 1,250',
  ).default('none'),
  visibilityTimeout: durationSchema
    .optional()
    .meta({ description: 'how long a received message stays hidden; default 6 × timeout + window' }),
  reportBatchItemFailures: z
    .boolean()
    .default(false)
    .meta({ description: 'the function says which messages failed, and only they come back' }),
  maxReceiveCount: limit(
    z.int().min(1).max(1_000),
    'a message that was received so often goes to the dead-letter queue',
  ).default('none'),
  messageRetentionPeriod: durationSchema
    .default('4d')
    .meta({ description: 'a message that is older is lost, 60s to 14d' }),
});

export type EventSourceOptions = z.infer<typeof eventSourceSchema>;

/** The mapping of a platform that does not describe it. */
export function defaultEventSource(): EventSourceOptions {
  return eventSourceSchema.parse({});
}

/** Keys about how requests reach a function. What means nothing beside `invocation` is refused. */
export const invocationShape = {
  invocation: z.enum(['sync', 'async', 'sqs']).default('sync').meta({
    description:
      'sync: the caller waits for the answer; async: Lambda queues the event; sqs: a queue is read',
  }),
  eventSource: eventSourceSchema.optional().meta({ description: 'sqs: queue and event source mapping' }),
  maximumRetryAttempts: z
    .int()
    .min(0)
    .max(2)
    .optional()
    .meta({ description: 'async: further tries after the function has failed; default 2' }),
  maximumEventAge: durationSchema
    .optional()
    .meta({ description: 'async: an event that is older is given up, 60s to 6h; default 6h' }),
};
