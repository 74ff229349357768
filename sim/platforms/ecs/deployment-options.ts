import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';
import { instantSchema } from '../../units/instant.ts';

const DEPLOYMENTS_MAX = 1_000;

export const deploymentsSchema = z
  .array(
    z
      .strictObject({
        at: z
          .union([
            durationSchema.meta({ description: 'how long after t = 0: 10m' }),
            instantSchema.meta({ description: 'an instant: 2026-01-05T08:00:00Z' }),
          ])
          .meta({ description: 'when: how long after t = 0, or an instant' }),
        failureRate: z
          .number()
          .min(0)
          .max(1)
          .default(0)
          .meta({ description: 'share of the new tasks that fail before they serve' }),
        stopCode: z
          .enum(['EssentialContainerExited', 'TaskFailedToStart'])
          .default('EssentialContainerExited')
          .meta({ description: 'how they fail: their program ends, or they never reach RUNNING' }),
      })
      .meta({ description: 'the service gets another task definition' }),
  )
  .max(DEPLOYMENTS_MAX)
  .default([])
  .meta({ description: 'rolling updates of the service' });

export const deploymentConfigurationSchema = z
  .strictObject({
    minimumHealthyPercent: z
      .int()
      .min(0)
      .max(100)
      .default(100)
      .meta({ description: 'healthy tasks at least, percent of the desired count, rounded up' }),
    maximumPercent: z
      .int()
      .min(100)
      .max(200)
      .default(200)
      .meta({ description: 'tasks at most, percent of the desired count, rounded down' }),
    deploymentCircuitBreaker: z
      .strictObject({
        enable: z.boolean().meta({ description: 'whether a deployment is given up' }),
        rollback: z
          .boolean()
          .default(false)
          .meta({ description: 'whether the service goes back to the last deployment that was completed' }),
        resetOnHealthyTask: z
          .boolean()
          .default(true)
          .meta({ description: 'whether a healthy task sets the count of failed ones to 0' }),
      })
      .default({ enable: false, rollback: false, resetOnHealthyTask: true })
      .meta({ description: 'gives a deployment up after half the desired count failed, 3 to 200' }),
  })
  .prefault({})
  .meta({ description: 'how far an update may move the number of tasks' });
