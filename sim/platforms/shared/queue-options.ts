import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';

/** How often a message may be received before it goes to the dead letters (Amazon SQS quotas, 2026). */
export const maxReceiveCountSchema = z.int().min(1).max(1_000);
/** Longest wait of a call (Amazon SQS API, ReceiveMessage, 2026). */
const WAIT_SECONDS_MAX = 20;

/**
 * A standard queue of Amazon SQS in front of workers. Names and defaults are those of the SQS API
 * (CreateQueue and ReceiveMessage, 2026), but for the long poll: SQS's own default of 0 s asks again at once,
 * and AWS advises the longest wait (SQS Developer Guide, short and long polling, 2026).
 */
export const queueOptions = z
  .strictObject({
    type: z.literal('sqs').meta({ description: 'a queue of Amazon SQS that the workers read' }),
    visibilityTimeout: durationSchema
      .default('30s')
      .meta({ description: 'how long a received message stays hidden, 1s to 12h' }),
    messageRetentionPeriod: durationSchema
      .default('4d')
      .meta({ description: 'a message that is older is lost, 60s to 14d' }),
    maxReceiveCount: z
      .union([z.literal('none'), maxReceiveCountSchema])
      .default('none')
      .meta({ description: 'a message received so often goes to the dead-letter queue' }),
    waitTimeSeconds: z
      .int()
      .min(1)
      .max(WAIT_SECONDS_MAX)
      .default(WAIT_SECONDS_MAX)
      .meta({ description: 'seconds that a poll of a worker waits for a message' }),
    latency: durationSchema.default('0s').meta({ description: 'time that the front door adds to a request' }),
  })
  .meta({ description: 'a queue of Amazon SQS and its options' });

export type QueueOptions = z.infer<typeof queueOptions>;
