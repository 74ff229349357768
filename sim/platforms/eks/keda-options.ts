import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';
import { behaviorSchema } from './hpa-options.ts';

const count = z.int().min(0).max(100_000);

const triggerSchema = z
  .strictObject({
    type: z.literal('aws-sqs-queue').meta({ description: 'the queue before the pods' }),
    metadata: z
      .strictObject({
        queueLength: z
          .int()
          .min(1)
          .max(1_000_000)
          .default(5)
          .meta({ description: 'messages for each pod that are aimed at' }),
        activationQueueLength: count
          .default(0)
          .meta({ description: 'a longer queue starts the first pod, and keeps the last' }),
        scaleOnInFlight: z
          .boolean()
          .default(true)
          .meta({ description: 'whether messages that are being handled count too' }),
      })
      .prefault({})
      .meta({ description: 'how the length of the queue is read' }),
  })
  .meta({ description: 'a trigger' });

/**
 * `spec` of a ScaledObject of KEDA, its times with units. Defaults: KEDA documentation, "Scaling Deployments"
 * and "AWS SQS Queue", 2.17, 2025.
 */
export const kedaSchema = z
  .strictObject({
    minReplicaCount: count.default(0).meta({ description: 'fewest pods' }),
    maxReplicaCount: count.min(1).default(100).meta({ description: 'most pods' }),
    pollingInterval: durationSchema
      .default('30s')
      .meta({ description: 'how often KEDA looks whether there shall be pods at all' }),
    cooldownPeriod: durationSchema
      .default('300s')
      .meta({ description: 'how long after the trigger was last active the last pods go' }),
    triggers: z
      .array(triggerSchema)
      .length(1)
      .default([
        {
          type: 'aws-sqs-queue',
          metadata: { queueLength: 5, activationQueueLength: 0, scaleOnInFlight: true },
        },
      ])
      .meta({ description: 'what is watched: one queue' }),
    advanced: z
      .strictObject({
        horizontalPodAutoscalerConfig: z
          .strictObject({ behavior: behaviorSchema })
          .prefault({})
          .meta({ description: 'of the HPA that KEDA makes' }),
      })
      .prefault({})
      .meta({ description: 'the HPA between one pod and the most' }),
  })
  .meta({ description: 'KEDA on the length of the queue before the pods, to none and back' });

export type KedaOptions = z.infer<typeof kedaSchema>;
