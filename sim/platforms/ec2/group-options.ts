import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';
import { availabilityZonesSchema } from '../shared/zone-options.ts';
import { warmPoolSchema } from './warm-pool-options.ts';

/** How the instances of a group are placed, kept ready, checked and chosen to leave. */
export const groupShape = {
  availabilityZones: availabilityZonesSchema.meta({
    description: 'Availability Zones over which the instances are spread',
  }),
  terminationPolicies: z
    .array(
      z
        .enum(['Default', 'ClosestToNextInstanceHour', 'OldestInstance', 'NewestInstance'])
        .meta({ description: 'a rule' }),
    )
    .min(1)
    .max(4)
    .default(['Default'])
    .meta({ description: 'which instance of the fullest zone is removed: the first rule that tells apart' }),
  warmPool: warmPoolSchema.optional(),
  startFailureRate: z
    .number()
    .min(0)
    .max(0.99)
    .default(0)
    .meta({ description: 'share of started instances that never answer and are replaced' }),
  healthCheckGracePeriod: durationSchema
    .default('0s')
    .meta({ description: 'for how long after it runs an instance is not replaced for its health' }),
};
