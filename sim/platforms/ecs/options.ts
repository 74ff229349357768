import { z } from 'zod';
import { distributionSchema } from '../../distributions/index.ts';
import { durationSchema } from '../../units/duration.ts';
import { rateSchema } from '../../units/rate.ts';
import { sizeSchema } from '../../units/size.ts';
import {
  extraCostsSchema,
  limit,
  serverFrontDoorSchema,
  speedSchema,
  startSchema,
} from '../shared/common-options.ts';
import { serverNetworkShape } from '../shared/network-options.ts';
import { availabilityZonesSchema } from '../shared/zone-options.ts';
import {
  capacityProviderSchema,
  placementConstraintsSchema,
  placementStrategySchema,
} from './cluster-options.ts';
import { deploymentConfigurationSchema, deploymentsSchema } from './deployment-options.ts';
import { scheduledSchema, stepScalingSchema, targetTrackingSchema } from './scaling-options.ts';

/** Tasks of a service (Amazon ECS service quotas, 2026: 5,000). */
const count = z.int().min(0).max(5_000);

const launchRateSchema = z.strictObject({
  burstLimit: z
    .int()
    .min(1)
    .max(100_000)
    .default(100)
    .meta({ description: 'tasks that the account may launch at once' }),
  rateLimit: rateSchema
    .default('20/s')
    .meta({ description: 'tasks that the account may launch in the long run' }),
  perService: rateSchema
    .default('500/min')
    .meta({ description: 'tasks that one service may launch, evenly' }),
});

const ephemeralGib = z.int().min(21).max(200);

export const ecsSchema = z.strictObject({
  type: z.literal('ecs').meta({ description: 'an ECS service: tasks on Fargate or on hosts' }),
  launchType: z
    .enum(['FARGATE', 'FARGATE_SPOT', 'EC2'])
    .default('FARGATE')
    .meta({ description: 'what the tasks run on' }),
  cpu: z.int().min(128).max(196_608).meta({ description: 'CPU units of a task: 1024 = 1 vCPU' }),
  memory: z
    .int()
    .min(6)
    .max(4_194_304)
    .meta({ description: 'memory of a task in MB (MiB, as AWS means it)' }),
  architectures: z
    .array(z.enum(['x86_64', 'arm64']))
    .length(1)
    .optional()
    .meta({ description: 'instruction set: [arm64] or [x86_64]; default x86_64, on hosts theirs' }),
  operatingSystem: z.enum(['linux', 'windows']).default('linux').meta({ description: 'decides the price' }),
  desiredCount: count
    .meta({ description: 'tasks at t = 0; default minCapacity, or 1 without it' })
    .optional(),
  minCapacity: count.meta({ description: 'fewest tasks; default desiredCount' }).optional(),
  maxCapacity: count.meta({ description: 'most tasks; default desiredCount' }).optional(),
  targetTracking: targetTrackingSchema.optional(),
  stepScaling: stepScalingSchema,
  scheduled: scheduledSchema,
  availabilityZones: availabilityZonesSchema.meta({
    description: 'Availability Zones over which the tasks, or their hosts, are spread',
  }),
  placementStrategy: placementStrategySchema.optional(),
  placementConstraints: placementConstraintsSchema.optional(),
  capacityProvider: capacityProviderSchema.optional(),
  imageSize: sizeSchema
    .default('413MB')
    .meta({ description: 'compressed size of the image, as the registry has it' }),
  provisioning: distributionSchema
    .optional()
    .meta({ description: 'Fargate, from the launch to the image pull: not billed; default 10–20 s' }),
  pull: distributionSchema
    .optional()
    .meta({ description: 'image pull, billed; default imageSize at the measured throughput' }),
  soci: z
    .boolean()
    .default(false)
    .meta({ description: 'the image has a SOCI index: Fargate starts it while it still loads' }),
  applicationStart: distributionSchema.default('10s').meta({ description: 'start of the program: billed' }),
  launchRate: launchRateSchema.prefault({}).meta({
    description: 'how fast tasks are launched: a token bucket of Fargate, and a limit of the service',
  }),
  interruptionsPerMonth: z
    .number()
    .min(0)
    .max(100_000)
    .optional()
    .meta({ description: 'of a FARGATE_SPOT task that runs all month (730 h); default 0.05' }),
  ephemeralStorage: z
    .union([
      ephemeralGib.meta({ description: 'GiB' }),
      z.strictObject({ sizeInGiB: ephemeralGib.meta({ description: 'GiB' }) }),
    ])
    .optional()
    .meta({ description: 'storage of a task; 20 GiB are free and the default' }),
  deployments: deploymentsSchema,
  deploymentConfiguration: deploymentConfigurationSchema,
  stopTimeout: durationSchema
    .default('30s')
    .meta({ description: 'how long a task that is told to stop may finish what it began' }),
  deregistrationDelay: durationSchema
    .default('300s')
    .meta({ description: 'behind a load balancer: how long a task is drained before it is told to stop' }),
  concurrency: limit(z.int().min(1).max(1_000_000), 'requests in service per task; more wait').default(
    'none',
  ),
  backlog: limit(z.int().min(0).max(100_000_000), 'waiting requests per task; beyond it 503').default('none'),
  speed: speedSchema.default(1),
  start: startSchema.default('warm'),
  frontDoor: serverFrontDoorSchema.prefault('none'),
  publicIpv4: z
    .boolean()
    .default(true)
    .meta({ description: 'each task on Fargate, each host has a public IPv4 address' }),
  ...serverNetworkShape,
  extraCosts: extraCostsSchema.default([]),
});

export type EcsOptions = z.infer<typeof ecsSchema>;
