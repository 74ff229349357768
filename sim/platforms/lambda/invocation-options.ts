import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';
import { eventSourceSchema } from './event-source-options.ts';

/** Keys about how requests reach a function. What means nothing beside `invocation` is refused. */
export const invocationShape = {
  invocation: z.enum(['sync', 'async', 'sqs', 'kinesis', 'dynamodb']).default('sync').meta({
    description:
      'sync: the caller waits for the answer; async: Lambda queues the event; sqs: a queue is read',
  }),
  eventSource: eventSourceSchema
    .optional()
    .meta({ description: 'sqs, kinesis, dynamodb: what is read, and how' }),
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
