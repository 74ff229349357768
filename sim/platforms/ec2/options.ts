import { z } from 'zod';
import { distributionSchema } from '../../distributions/index.ts';
import { durationSchema } from '../../units/duration.ts';
import {
  extraCostsSchema,
  limit,
  serverFrontDoorSchema,
  speedSchema,
  startSchema,
} from '../shared/common-options.ts';
import { serverNetworkShape } from '../shared/network-options.ts';
import { purchaseShape } from '../shared/purchase-options.ts';
import { volumesSchema } from '../shared/volume-options.ts';
import { groupShape } from './group-options.ts';
import { simpleScalingSchema, stepScalingSchema, targetTrackingSchema } from './scaling-options.ts';
import { predictiveScalingSchema, scheduledSchema } from './schedule-options.ts';

const size = z.int().min(0).max(10_000);

export const ec2Schema = z.strictObject({
  type: z.literal('ec2').meta({ description: 'EC2 instances: a fixed fleet or an Auto Scaling group' }),
  instanceType: z.string().min(3).max(40).meta({ description: 'as c7g.large' }),
  minSize: size.meta({ description: 'fewest instances' }).default(1),
  maxSize: size
    .min(1)
    .meta({ description: 'most instances; default the larger of minSize and desiredCapacity' })
    .optional(),
  desiredCapacity: size.meta({ description: 'instances at t = 0; default minSize' }).optional(),
  targetTracking: targetTrackingSchema.optional(),
  stepScaling: stepScalingSchema,
  simpleScaling: simpleScalingSchema,
  scheduled: scheduledSchema,
  predictiveScaling: predictiveScalingSchema.optional(),
  ...groupShape,
  defaultInstanceWarmup: durationSchema
    .default('300s')
    .meta({ description: 'how long a new instance counts as capacity but not in the metric' }),
  pending: distributionSchema.default('17s').meta({ description: 'request to running: not billed' }),
  boot: distributionSchema
    .default({ distribution: 'uniform', min: '3s', max: '9s' })
    .meta({ description: 'start of the operating system: billed' }),
  applicationStart: distributionSchema.default('10s').meta({ description: 'start of the program: billed' }),
  monitoring: z
    .enum(['detailed', 'basic'])
    .default('detailed')
    .meta({ description: 'CloudWatch metrics each minute (billed) or each five minutes' }),
  operatingSystem: z.enum(['linux', 'windows']).default('linux').meta({ description: 'decides the price' }),
  concurrency: limit(z.int().min(1).max(1_000_000), 'requests in service per instance; more wait').default(
    'none',
  ),
  backlog: limit(z.int().min(0).max(100_000_000), 'waiting requests per instance; beyond it 503').default(
    'none',
  ),
  deregistrationDelay: durationSchema
    .default('300s')
    .meta({ description: 'how long a leaving instance may finish what it began' }),
  ...purchaseShape,
  creditSpecification: z
    .enum(['standard', 'unlimited'])
    .optional()
    .meta({ description: 'CPU credits of T types; default unlimited, of T2 standard' }),
  cpuCreditBalance: z
    .number()
    .min(0)
    .max(10_000)
    .optional()
    .meta({ description: 'earned CPU credits of each instance that is in service at t = 0; default 0' }),
  speed: speedSchema.default(1),
  start: startSchema.default('warm'),
  frontDoor: serverFrontDoorSchema.prefault('none'),
  capacityReservation: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .meta({ description: 'instances whose capacity is reserved; what is not used is paid on demand' }),
  ebs: volumesSchema,
  ...serverNetworkShape,
  publicIpv4: z.boolean().default(true).meta({ description: 'each instance has a public IPv4 address' }),
  extraCosts: extraCostsSchema.default([]),
});

export type Ec2Options = z.infer<typeof ec2Schema>;
