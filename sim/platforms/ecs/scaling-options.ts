import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';
import { scheduleKeys } from '../shared/scheduled-actions.ts';
import { alarmKeys, stepsSchema } from '../shared/step-options.ts';

/** Most scaling policies of a scalable target (Application Auto Scaling quotas, 2023). */
const POLICIES_MAX = 50;

const trackingKeys = {
  disableScaleIn: z.boolean().default(false).meta({ description: 'never remove tasks' }),
  scaleOutCooldown: durationSchema
    .default('300s')
    .meta({ description: 'after a scale-out, only a larger one runs for so long' }),
  scaleInCooldown: durationSchema
    .default('300s')
    .meta({ description: 'after a scale-in, nothing is removed for so long' }),
  lowAlarmShare: z.number().min(0.01).max(1).default(0.9).meta({
    description: 'the scale-in alarm stands at this share of the target; read off alarms, undocumented',
  }),
};

const targetTrackingPolicy = z
  .discriminatedUnion('metric', [
    z.strictObject({
      metric: z
        .literal('ECSServiceAverageCPUUtilization')
        .meta({ description: 'CPU used of the CPU that the tasks reserve, %' }),
      targetValue: z.number().min(1).max(100).meta({ description: 'percent' }),
      ...trackingKeys,
    }),
    z.strictObject({
      metric: z.literal('ALBRequestCountPerTarget').meta({ description: 'requests per minute and target' }),
      targetValue: z.number().min(1e-3).max(1e9).meta({ description: 'requests per minute and target' }),
      ...trackingKeys,
    }),
    z.strictObject({
      metric: z
        .literal('BacklogPerTask')
        .meta({ description: 'customized metric: messages that can be received, for each task in service' }),
      targetValue: z.number().min(1e-3).max(1e9).meta({ description: 'messages for each task' }),
      ...trackingKeys,
    }),
  ])
  .meta({ description: 'target tracking scaling policy of the service' });

export const targetTrackingSchema = z
  .union([targetTrackingPolicy, z.array(targetTrackingPolicy).min(1).max(POLICIES_MAX)])
  .meta({
    description: 'one target tracking policy, or several: any scales out, all must agree to scale in',
  });

const stepPolicy = z
  .strictObject({
    metric: z
      .enum([
        'ECSServiceAverageCPUUtilization',
        'ALBRequestCountPerTarget',
        'ApproximateNumberOfMessagesVisible',
      ])
      .meta({
        description: 'CPU used of the CPU reserved in %, requests per minute and target, or messages',
      }),
    ...alarmKeys,
    steps: stepsSchema,
    cooldown: durationSchema
      .default('300s')
      .meta({ description: 'after a scale-out only a larger one, after a scale-in no other for so long' }),
  })
  .meta({ description: 'step scaling policy with its alarm' });

export const stepScalingSchema = z
  .array(stepPolicy)
  .max(POLICIES_MAX)
  .default([])
  .meta({ description: 'step scaling policies of the service' });

/** Scheduled actions of a scalable target (Application Auto Scaling quotas, 2023: 200). */
const ACTIONS_MAX = 200;
const capacity = z.int().min(0).max(5_000).optional();

export const scheduledSchema = z
  .array(
    z
      .strictObject({
        ...scheduleKeys,
        minCapacity: capacity.meta({ description: 'the fewest tasks from then on' }),
        maxCapacity: capacity.meta({ description: 'the most tasks from then on' }),
      })
      .meta({ description: 'a scheduled action: moves the limits, and the tasks into them' }),
  )
  .max(ACTIONS_MAX)
  .default([])
  .meta({ description: 'scheduled actions of the service' });

export type StepScalingOptions = z.infer<typeof stepPolicy>;
export type TargetTrackingOptions = z.infer<typeof targetTrackingPolicy>;
