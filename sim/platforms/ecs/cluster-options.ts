import { z } from 'zod';
import { distributionSchema } from '../../distributions/index.ts';
import { durationSchema } from '../../units/duration.ts';
import { purchaseShape } from '../shared/purchase-options.ts';
import { volumesSchema } from '../shared/volume-options.ts';
import { zoneListSchema } from '../shared/zone-options.ts';

/** Strategies of a service (Amazon ECS Developer Guide, task placement, 2023-05: at most five). */
const STRATEGIES_MAX = 5;
const CONSTRAINTS_MAX = 10;
/** The most that a scaling step may add (Amazon ECS API, ManagedScaling, 2023). */
const STEP_MAX = 10_000;
/** The most hosts that a group may have here. */
export const HOSTS_MAX = 10_000;
const size = z.int().min(0).max(HOSTS_MAX);

const binpack = z
  .strictObject({
    type: z.literal('binpack').meta({ description: 'the host with the least left of a resource' }),
    field: z.enum(['cpu', 'memory']).meta({ description: 'which resource' }),
  })
  .meta({ description: 'as few hosts as possible' });
const spread = z
  .strictObject({
    type: z.literal('spread').meta({ description: 'where the fewest tasks of the service are' }),
    field: z
      .enum(['attribute:ecs.availability-zone', 'instanceId'])
      .meta({ description: 'over zones, or over hosts' }),
  })
  .meta({ description: 'evenly over zones or hosts' });
const random = z
  .strictObject({ type: z.literal('random').meta({ description: 'any host with room' }) })
  .meta({ description: 'any host with room' });

export const placementStrategySchema = z
  .array(z.discriminatedUnion('type', [binpack, spread, random]))
  .max(STRATEGIES_MAX)
  .meta({ description: 'which host a task is placed on, best effort: one strategy after the other' });

export const placementConstraintsSchema = z
  .array(
    z.strictObject({
      type: z.literal('distinctInstance').meta({ description: 'each task on a host of its own' }),
    }),
  )
  .max(CONSTRAINTS_MAX)
  .meta({ description: 'what a host must meet' });

export const capacityProviderSchema = z
  .strictObject({
    instanceType: z.string().min(3).max(40).meta({ description: 'of the hosts, as m7g.large' }),
    minSize: size.default(0).meta({ description: 'fewest hosts' }),
    maxSize: size
      .min(1)
      .optional()
      .meta({ description: 'most hosts; default what the most tasks of the service need' }),
    availabilityZones: zoneListSchema
      .optional()
      .meta({ description: "zones over which the hosts are spread; default the service's" }),
    targetCapacity: z
      .int()
      .min(1)
      .max(100)
      .default(100)
      .meta({ description: 'percent of the hosts that shall be in use; below 100 keeps headroom' }),
    minimumScalingStepSize: z
      .int()
      .min(1)
      .max(STEP_MAX)
      .default(1)
      .meta({ description: 'hosts that a step adds at least' }),
    maximumScalingStepSize: z
      .int()
      .min(1)
      .max(STEP_MAX)
      .default(STEP_MAX)
      .meta({ description: 'hosts that a step adds at most' }),
    instanceWarmupPeriod: durationSchema
      .default('300s')
      .meta({ description: 'no further step out for so long after one' }),
    enableTaskCpuMemLimit: z.boolean().default(true).meta({
      description: "whether a task's cpu is its limit; false: only its share of a busy host (ECS agent)",
    }),
    ...purchaseShape,
    enableSpotInstanceDraining: z.boolean().default(true).meta({
      description: 'whether a Spot host gives up its tasks at its notice (ECS agent); else it loses them',
    }),
    pending: distributionSchema.default('17s').meta({ description: 'request to running: not billed' }),
    boot: distributionSchema
      .default({ distribution: 'uniform', min: '15s', max: '45s' })
      .meta({ description: 'operating system and agent, to the registration with the cluster: billed' }),
    ebs: volumesSchema,
  })
  .meta({ description: 'hosts of launch type EC2, an Auto Scaling group with managed scaling' });

export type CapacityProviderOptions = z.infer<typeof capacityProviderSchema>;
