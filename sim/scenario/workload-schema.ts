import { z } from 'zod';
import { durationSchema } from '../units/duration.ts';
import { sizeSchema } from '../units/size.ts';
import { retriesSchema } from './retries-schema.ts';

const none = z.literal('none').meta({ description: 'no limit, or not at all' });

/** What one request of a kind needs, on any platform; strict, defaults filled in. */
export function workloadSchema<Distribution>(distributionSchema: z.ZodType<Distribution>) {
  return z.strictObject({
    cpu: distributionSchema.meta({ description: 'CPU time of a request on one reference vCPU' }),
    wait: distributionSchema
      .default('0s' as never)
      .meta({ description: 'time spent waiting for others (storage, a database): uses no CPU' }),
    memory: sizeSchema.optional().meta({
      description: 'what one running copy of the program needs; default unknown, and then not checked',
    }),
    threads: z
      .number()
      .gt(0)
      .max(1_024)
      .default(1)
      .meta({ description: 'how many vCPUs one request can use at once' }),
    payload: z
      .strictObject({
        in: sizeSchema.default('0B').meta({ description: 'size of a request' }),
        out: sizeSchema.default('0B').meta({ description: 'size of an answer' }),
      })
      .prefault({})
      .meta({ description: 'bytes that go over the network for each request' }),
    timeout: z.union([none, durationSchema]).default('none').meta({
      description:
        'the client gives up after this long, waiting or served; the server finishes what it began',
    }),
    queueTimeout: z
      .union([none, distributionSchema])
      .default('none')
      .meta({ description: 'patience of the client while it waits only, drawn for each request' }),
    errorRate: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ description: 'share of requests whose code fails, 0 to 1' }),
    retries: z
      .union([none, retriesSchema])
      .default('none')
      .meta({ description: 'whether and how clients send again what failed; default never' }),
  });
}
