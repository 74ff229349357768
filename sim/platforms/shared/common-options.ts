import { z } from 'zod';
import { distributionSchema } from '../../distributions/index.ts';
import { durationSchema } from '../../units/duration.ts';
import {
  type ApiGatewayOptions,
  apiGatewayHttpOptions,
  apiGatewayRestOptions,
} from './api-gateway-options.ts';
import { type ProxyOptions, proxyOptions } from './proxy-options.ts';
import { type QueueOptions, queueOptions } from './queue-options.ts';

/** A limit that `none` switches off. */
export function limit<Schema extends z.ZodType>(schema: Schema, description: string) {
  return z.union([z.literal('none'), schema]).meta({ description });
}

export const speedSchema = z
  .number()
  .min(0.01)
  .max(100)
  .meta({ description: 'CPU speed relative to the reference vCPU (the vCPU of an x86 Lambda at 1,769 MB)' });

export const startSchema = z.enum(['warm', 'empty']).meta({
  description: 'warm: the desired or provisioned capacity is there at t = 0; empty: it starts then',
});

export const extraCostsSchema = z
  .array(
    z
      .strictObject({
        what: z.string().min(1).max(64).meta({ description: 'name of the bill line, as extra.NAME' }),
        usdPerMonth: z.number().min(0).max(1e9).meta({ description: 'US dollars a month, as they are' }),
      })
      .meta({ description: 'a cost that the model does not know' }),
  )
  .max(50)
  .meta({ description: 'fixed monthly costs to add to the bill' });

/** How requests reach the platform. The word alone, or an object with its options. */
const albOptions = z
  .strictObject({
    type: z.literal('alb').meta({ description: 'Application Load Balancer' }),
    loadBalancing: z
      .enum(['round_robin', 'least_outstanding_requests', 'weighted_random'])
      .default('round_robin')
      .meta({ description: "the target group's load_balancing.algorithm.type" }),
    slowStart: limit(durationSchema, 'how long the share of a new target grows: 30s … 900s').default('none'),
    latency: durationSchema.default('0s').meta({ description: 'time that the front door adds to a request' }),
    rules: z
      .int()
      .min(0)
      .max(100_000)
      .default(1)
      .meta({ description: 'rules evaluated for a request; ten are free' }),
    requestsPerConnection: z
      .int()
      .min(1)
      .max(1e6)
      .default(1)
      .meta({ description: 'requests that share one client connection, for new connections of the LCU' }),
    connectionDuration: durationSchema
      .default('60s')
      .meta({ description: 'how long a connection stays open, for active connections of the LCU' }),
  })
  .meta({ description: 'an Application Load Balancer and its options' });

const noFrontDoor = z.strictObject({ type: z.literal('none').meta({ description: 'no front door' }) });
const functionUrl = z.strictObject({
  type: z.literal('functionUrl').meta({ description: 'Lambda function URL: no charge of its own' }),
  latency: durationSchema.default('0s').meta({ description: 'time that the front door adds to a request' }),
});

/**
 * "Typically delivered in seconds but can sometimes take a minute or longer" (S3 User Guide,
 * EventNotifications, 2026). Uncertain: one second in the middle, one in a hundred after 15 s, one in ten
 * thousand after a minute.
 */
const S3_DELAY = { distribution: 'lognormal', median: '1s', p99: '15s' } as const;
const s3Event = z.strictObject({
  type: z.literal('s3Event').meta({ description: 'S3 invokes the function for every object' }),
  delay: distributionSchema
    .default(S3_DELAY)
    .meta({ description: 'from the object to the event; uncertain' }),
});

/** A front door as a word: what is read is the front door with its default options, and `none` as it is. */
function byWord<Members extends Readonly<Record<string, z.ZodType>>>(members: Members, meaning: string) {
  type Word = keyof Members & string;
  const words = Object.keys(members) as Word[];
  return z
    .enum(['none', ...words])
    .meta({ description: meaning })
    .transform((word) =>
      word === 'none' ? 'none' : (members[word]!.parse({ type: word }) as z.output<Members[Word]>),
    );
}

export const serverFrontDoorSchema = z
  .union([
    byWord(
      { alb: albOptions, proxy: proxyOptions, sqs: queueOptions },
      'no front door, or a load balancer or a queue with its defaults',
    ),
    noFrontDoor,
    albOptions,
    proxyOptions,
    queueOptions,
  ])
  .meta({ description: 'how requests reach the servers: none, alb, proxy, sqs, or { type: alb, … }' });

export const lambdaFrontDoorSchema = z
  .union([
    byWord(
      {
        functionUrl,
        apiGatewayHttp: apiGatewayHttpOptions,
        apiGatewayRest: apiGatewayRestOptions,
        alb: albOptions,
        s3Event,
      },
      'the front door with its defaults',
    ),
    noFrontDoor,
    functionUrl,
    apiGatewayHttpOptions,
    apiGatewayRestOptions,
    albOptions,
    s3Event,
  ])
  .meta({
    description:
      'how requests reach the function: none, functionUrl, apiGatewayHttp, apiGatewayRest, alb, s3Event, ' +
      'or { type: alb, … }',
  });

export type AlbOptions = z.infer<typeof albOptions>;
export type ServerFrontDoorOptions = z.infer<typeof serverFrontDoorSchema>;
export type FrontDoorOptions = z.infer<typeof lambdaFrontDoorSchema>;
type AnyFrontDoorOptions = FrontDoorOptions | ServerFrontDoorOptions;

/** The load balancer's options when the front door is one; else null. */
export function albOf(frontDoor: AnyFrontDoorOptions): AlbOptions | null {
  return typeof frontDoor === 'object' && frontDoor.type === 'alb' ? frontDoor : null;
}

/** The options of a proxy of one's own when the front door is one; else null. */
export function proxyOf(frontDoor: ServerFrontDoorOptions): ProxyOptions | null {
  return typeof frontDoor === 'object' && frontDoor.type === 'proxy' ? frontDoor : null;
}

/** The options of a queue when it is the front door; else null. */
export function queueOf(frontDoor: ServerFrontDoorOptions): QueueOptions | null {
  return typeof frontDoor === 'object' && frontDoor.type === 'sqs' ? frontDoor : null;
}

/** The options of S3's events when they are the front door; else null. */
export function s3EventOf(frontDoor: FrontDoorOptions): z.infer<typeof s3Event> | null {
  return typeof frontDoor === 'object' && frontDoor.type === 's3Event' ? frontDoor : null;
}

/** API Gateway's options when it is the front door; else null. */
export function apiGatewayOf(frontDoor: FrontDoorOptions): ApiGatewayOptions | null {
  if (typeof frontDoor === 'string') return null;
  return frontDoor.type === 'apiGatewayHttp' || frontDoor.type === 'apiGatewayRest' ? frontDoor : null;
}

/** The kind of front door. */
export function frontDoorType<Options extends AnyFrontDoorOptions>(frontDoor: Options) {
  return typeof frontDoor === 'string' ? frontDoor : frontDoor.type;
}

/** What the front door adds to the latency of every request, as written. */
export function frontDoorLatency(frontDoor: AnyFrontDoorOptions): string {
  return typeof frontDoor === 'object' && 'latency' in frontDoor ? frontDoor.latency : '0s';
}
