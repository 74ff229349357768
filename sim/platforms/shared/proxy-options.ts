import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';

/** A load balancer that one runs oneself, as nginx, HAProxy or Envoy, in front of servers. */
export const proxyOptions = z
  .strictObject({
    type: z.literal('proxy').meta({ description: 'a load balancer of your own: nginx, HAProxy, Envoy' }),
    loadBalancing: z
      .enum(['round_robin', 'least_outstanding_requests', 'random', 'power_of_two'])
      .default('round_robin')
      .meta({ description: 'which server gets a request; power_of_two: the better of some drawn at random' }),
    choices: z
      .int()
      .min(2)
      .max(100)
      .default(2)
      .meta({ description: 'servers that power_of_two draws for a request' }),
    maxConnections: z
      .union([z.literal('none'), z.int().min(1).max(1e6)])
      .default('none')
      .meta({ description: 'requests that a server may hold; one with as many is passed over, else 503' }),
    latency: durationSchema.default('0s').meta({ description: 'time that the front door adds to a request' }),
    instanceType: z
      .string()
      .min(3)
      .max(40)
      .optional()
      .meta({ description: 'what the proxy runs on, to be paid for; default: on what there is' }),
    instanceCount: z.int().min(1).max(1_000).default(1).meta({ description: 'instances of the proxy' }),
  })
  .meta({ description: 'a proxy of your own and its options' });

export type ProxyOptions = z.infer<typeof proxyOptions>;
