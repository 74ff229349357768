import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';
import { adjustmentSchema, alarmKeys, stepsSchema } from '../shared/step-options.ts';

/** Most scaling policies of a group (Amazon EC2 Auto Scaling quotas, 2023-05). */
const POLICIES_MAX = 50;

const cpuUtilization = z
  .literal('ASGAverageCPUUtilization')
  .meta({ description: 'mean CPU utilisation of the group, %' });
const requestCountPerTarget = z
  .literal('ALBRequestCountPerTarget')
  .meta({ description: 'requests per minute and target' });

const trackingKeys = {
  disableScaleIn: z.boolean().default(false).meta({ description: 'never remove instances' }),
  lowAlarmShare: z.number().min(0.01).max(1).default(0.7).meta({
    description: 'the scale-in alarm stands at this share of the target; read off alarms, undocumented',
  }),
};

const targetTrackingPolicy = z
  .discriminatedUnion('metric', [
    z.strictObject({
      metric: cpuUtilization,
      targetValue: z.number().min(1).max(100).meta({ description: 'percent' }),
      ...trackingKeys,
    }),
    z.strictObject({
      metric: requestCountPerTarget,
      targetValue: z.number().min(1e-3).max(1e9).meta({ description: 'requests per minute and target' }),
      ...trackingKeys,
    }),
    z.strictObject({
      metric: z.literal('BacklogPerInstance').meta({
        description: 'customized metric: messages that can be received, for each instance in service',
      }),
      targetValue: z.number().min(1e-3).max(1e9).meta({ description: 'messages for each instance' }),
      ...trackingKeys,
    }),
  ])
  .meta({ description: 'target tracking scaling policy' });

export const targetTrackingSchema = z
  .union([targetTrackingPolicy, z.array(targetTrackingPolicy).min(1).max(POLICIES_MAX)])
  .meta({
    description: 'one target tracking policy, or several: any scales out, all must agree to scale in',
  });

const metricKeys = {
  metric: z
    .enum(['ASGAverageCPUUtilization', 'ALBRequestCountPerTarget', 'ApproximateNumberOfMessagesVisible'])
    .meta({ description: 'CPU utilisation of the group in %, requests per minute and target, or messages' }),
};

const stepPolicy = z
  .strictObject({
    ...metricKeys,
    ...alarmKeys,
    steps: stepsSchema,
  })
  .meta({ description: 'step scaling policy with its alarm' });

export const stepScalingSchema = z
  .array(stepPolicy)
  .max(POLICIES_MAX)
  .default([])
  .meta({ description: 'step scaling policies' });

const simplePolicy = z
  .strictObject({
    ...metricKeys,
    ...alarmKeys,
    adjustment: adjustmentSchema.meta({ description: 'what the policy does, by adjustmentType' }),
    cooldown: durationSchema
      .default('300s')
      .meta({ description: 'no other adjustment for this long after the last launch or termination' }),
  })
  .meta({ description: 'simple scaling policy with its alarm' });

export const simpleScalingSchema = z
  .array(simplePolicy)
  .max(POLICIES_MAX)
  .default([])
  .meta({ description: 'simple scaling policies' });

export type TargetTrackingOptions = z.infer<typeof targetTrackingPolicy>;
export type StepScalingOptions = z.infer<typeof stepPolicy>;
export type SimpleScalingOptions = z.infer<typeof simplePolicy>;
