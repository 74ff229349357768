import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';
import { rateSchema } from '../../units/rate.ts';

const latency = durationSchema
  .default('0s')
  .meta({ description: 'time that the front door adds to a request' });

/** Account-level throttle of a Region (API Gateway quotas, 2026): newer Regions have 2,500/s and 1,250. */
const throttle = z
  .union([
    z.literal('none').meta({ description: 'no throttle' }),
    z.strictObject({
      rateLimit: rateSchema
        .default('10000/s')
        .meta({ description: 'requests that the token bucket gains over time' }),
      burstLimit: z
        .int()
        .min(0)
        .max(1e9)
        .default(5000)
        .meta({ description: 'requests that a full token bucket holds' }),
    }),
  ])
  .prefault({})
  .meta({ description: 'token bucket of all requests; those beyond it fail with 429' });

/** API Gateway in front of Lambda, as an HTTP API. */
export const apiGatewayHttpOptions = z
  .strictObject({
    type: z.literal('apiGatewayHttp').meta({ description: 'API Gateway, HTTP API' }),
    latency,
    timeout: durationSchema
      .default('30s')
      .meta({ description: 'the integration is given up after this long, 50ms to 30s' }),
    throttle,
    meteredPayload: z
      .enum(['request', 'requestAndResponse'])
      .default('request')
      .meta({ description: 'which bytes are metered by units of 512 KB' }),
  })
  .meta({ description: 'an HTTP API of API Gateway and its options' });

/** API Gateway in front of Lambda, as a REST API. */
export const apiGatewayRestOptions = z
  .strictObject({
    type: z.literal('apiGatewayRest').meta({ description: 'API Gateway, REST API' }),
    latency,
    timeout: durationSchema
      .default('29s')
      .meta({ description: 'the integration is given up after this long, 50ms or more' }),
    throttle,
  })
  .meta({ description: 'a REST API of API Gateway and its options' });

export type ApiGatewayOptions = z.infer<typeof apiGatewayHttpOptions> | z.infer<typeof apiGatewayRestOptions>;
