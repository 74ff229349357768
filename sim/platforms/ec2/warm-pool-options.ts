import { z } from 'zod';
import { distributionSchema } from '../../distributions/index.ts';
import { limit } from '../shared/common-options.ts';

const SIZE_MAX = 10_000;

export const warmPoolSchema = z
  .strictObject({
    minSize: z.int().min(0).max(SIZE_MAX).default(0).meta({ description: 'fewest instances of the pool' }),
    maxGroupPreparedCapacity: limit(
      z.int().min(0).max(SIZE_MAX),
      'instances of group and pool together; default maxSize, and none where that moves: as it is then',
    ).optional(),
    poolState: z
      .enum(['Stopped', 'Running', 'Hibernated'])
      .default('Stopped')
      .meta({ description: 'in which state prepared instances wait' }),
    instanceReusePolicy: z
      .strictObject({
        reuseOnScaleIn: z
          .boolean()
          .default(false)
          .meta({ description: 'whether instances that scaling in removes go back to the pool' }),
      })
      .prefault({})
      .meta({ description: 'what becomes of instances that are removed' }),
    pending: distributionSchema
      .optional()
      .meta({ description: "from the pool to running; default the group's, by 0.82 (Hibernated 0.8)" }),
    boot: distributionSchema
      .optional()
      .meta({ description: "start of the operating system from there; default the group's, likewise" }),
    stopping: distributionSchema
      .default('60s')
      .meta({ description: 'from prepared to stopped or hibernated' }),
  })
  .meta({ description: 'a warm pool: instances prepared ahead' });
