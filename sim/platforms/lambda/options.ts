import { z } from 'zod';
import { distributionSchema } from '../../distributions/index.ts';
import { durationSchema } from '../../units/duration.ts';
import { sizeSchema } from '../../units/size.ts';
import {
  extraCostsSchema,
  lambdaFrontDoorSchema,
  limit,
  speedSchema,
  startSchema,
} from '../shared/common-options.ts';
import { natGatewaySchema } from '../shared/network-options.ts';
import { invocationShape } from './invocation-options.ts';
import { logsSchema } from './logs.ts';
import { provisionedConcurrencySchema } from './provisioned-options.ts';
import { responseShape } from './response-streaming.ts';
import { requestRateSchema, scalingRateSchema } from './scaling.ts';

/** Idle expiry measured about 2021 (5–7 min, mikhail.io); age limit measured 2020 (7,118–7,383 s). */
const DEFAULT_IDLE = { distribution: 'uniform', min: '5m', max: '7m' } as const;
const DEFAULT_MAX_AGE = '2h';
/** Largest memory of a function (Lambda quotas, 2026). */
export const MEMORY_MAX_MIB = 10_240;

const idleSchema = limit(
  distributionSchema,
  'how long an idle environment is kept, drawn anew for every idle period',
);
const maxAgeSchema = limit(durationSchema, 'age at which an environment is recycled, busy or not');

const share = z.number().min(0).max(1);

/** Keys that one function may set for itself; a platform's own are the defaults of all its functions. */
const functionShape = {
  memorySize: z
    .int()
    .min(128)
    .max(MEMORY_MAX_MIB)
    .meta({ description: 'memory in MB; vCPUs = memorySize / 1769' }),
  architectures: z
    .array(z.enum(['x86_64', 'arm64']))
    .length(1)
    .meta({ description: 'instruction set: [arm64] or [x86_64]' }),
  runtime: z
    .string()
    .max(64)
    .meta({ description: 'picks the measured init time, as nodejs22.x or provided.al2023:rust' }),
  packageType: z.enum(['Zip', 'Image']).meta({ description: 'deployment package' }),
  coldStart: z
    .strictObject({
      setup: distributionSchema.optional().meta({ description: 'placement and download: not billed' }),
      init: distributionSchema.optional().meta({ description: 'INIT phase: billed' }),
      restore: distributionSchema
        .optional()
        .meta({ description: 'restoring a SnapStart snapshot, in place of init; 109 ms of it are billed' }),
    })
    .meta({ description: 'start of an environment; wins over runtime' }),
  keepAlive: z
    .strictObject({
      idle: idleSchema.optional(),
      maxAge: maxAgeSchema.optional(),
    })
    .meta({ description: 'life of an environment' }),
  timeout: durationSchema.meta({ description: 'the function is stopped after this long, at most 900s' }),
  ephemeralStorage: z.int().min(512).max(10_240).meta({ description: '/tmp in MB; above 512 is billed' }),
  reservedConcurrentExecutions: limit(
    z.int().min(0).max(1_000_000),
    'concurrency kept for the function, which is also its ceiling',
  ),
  provisionedConcurrency: provisionedConcurrencySchema,
  speed: speedSchema,
  snapStart: z
    .enum(['None', 'PublishedVersions'])
    .meta({ description: 'PublishedVersions: environments are restored from a snapshot' }),
  codeSize: sizeSchema.meta({ description: 'unzipped code and libraries that are loaded: prolongs init' }),
  crashRate: share.meta({
    description: 'share of invocations that end the process: a failure, and INIT again',
  }),
  proactiveInitialization: share.meta({
    description: 'share of inits that Lambda does ahead of the request',
  }),
};

const functionSchema = z.strictObject(functionShape).partial().meta({ description: 'keys of one function' });

export const lambdaSchema = z.strictObject({
  type: z.literal('lambda').meta({ description: 'AWS Lambda, one environment a request' }),
  memorySize: functionShape.memorySize.default(1769),
  architectures: functionShape.architectures.default(['x86_64']),
  runtime: functionShape.runtime.default('nodejs22.x'),
  packageType: functionShape.packageType.default('Zip'),
  coldStart: functionShape.coldStart.optional(),
  keepAlive: z
    .strictObject({ idle: idleSchema.default(DEFAULT_IDLE), maxAge: maxAgeSchema.default(DEFAULT_MAX_AGE) })
    .prefault({})
    .meta({ description: 'life of an environment' }),
  timeout: functionShape.timeout.default('900s'),
  ephemeralStorage: functionShape.ephemeralStorage.default(512),
  reservedConcurrentExecutions: functionShape.reservedConcurrentExecutions.default('none'),
  provisionedConcurrency: functionShape.provisionedConcurrency.default('none'),
  accountConcurrency: limit(
    z.int().min(1).max(1_000_000),
    'concurrent executions of all functions of the account',
  ).default(1000),
  scalingRate: scalingRateSchema,
  requestRatePerConcurrency: requestRateSchema,
  speed: functionShape.speed.default(1),
  snapStart: functionShape.snapStart.default('None'),
  codeSize: functionShape.codeSize.optional(),
  crashRate: functionShape.crashRate.default(0),
  proactiveInitialization: functionShape.proactiveInitialization.default(0),
  ...invocationShape,
  frontDoor: lambdaFrontDoorSchema.prefault('none'),
  ...responseShape,
  logs: logsSchema,
  natGateway: natGatewaySchema,
  start: startSchema.default('empty'),
  functions: z
    .record(z.string(), functionSchema)
    .default({})
    .meta({ description: 'keys for one workload only, by its name' }),
  extraCosts: extraCostsSchema.default([]),
});

export type LambdaOptions = z.infer<typeof lambdaSchema>;
export type FunctionOptions = z.infer<typeof functionSchema>;
