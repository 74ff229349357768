import { z } from 'zod';
import { durationSchema } from '../../units/duration.ts';

/** Most scaling policies of a group, most steps of a policy (Amazon EC2 Auto Scaling quotas, 2023-05). */
const POLICIES_MAX = 50;
const STEPS_MAX = 20;

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
  ])
  .meta({ description: 'target tracking scaling policy' });

export const targetTrackingSchema = z
  .union([targetTrackingPolicy, z.array(targetTrackingPolicy).min(1).max(POLICIES_MAX)])
  .meta({
    description: 'one target tracking policy, or several: any scales out, all must agree to scale in',
  });

const adjustment = z.int().min(-10_000).max(10_000);

/** An alarm of its own, and what to do while it stands: keys of step and of simple scaling. */
const alarmKeys = {
  metric: z
    .enum(['ASGAverageCPUUtilization', 'ALBRequestCountPerTarget'])
    .meta({ description: 'CPU utilisation of the group in %, or requests per minute and target' }),
  threshold: z.number().min(0).max(1e9).meta({ description: "of the alarm, in the metric's unit" }),
  comparison: z
    .enum([
      'GreaterThanOrEqualToThreshold',
      'GreaterThanThreshold',
      'LessThanThreshold',
      'LessThanOrEqualToThreshold',
    ])
    .meta({ description: "how a data point breaches: the alarm's comparison operator" }),
  evaluationPeriods: z
    .int()
    .min(1)
    .max(1_440)
    .default(1)
    .meta({ description: 'data points in a row that must breach' }),
  adjustmentType: z
    .enum(['ChangeInCapacity', 'PercentChangeInCapacity', 'ExactCapacity'])
    .meta({ description: 'what an adjustment is: instances, percent of the capacity, or the capacity' }),
  minAdjustmentMagnitude: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({ description: 'percent moves at least so many instances' }),
};

const stepSchema = z
  .strictObject({
    lowerBound: z
      .number()
      .optional()
      .meta({ description: 'from the threshold to where the step begins; without it there is no limit' }),
    upperBound: z
      .number()
      .optional()
      .meta({ description: 'from the threshold to where the step ends; without it there is no limit' }),
    adjustment: adjustment.meta({ description: 'what the step does, by adjustmentType' }),
  })
  .meta({ description: 'what to do while the metric is within bounds' });

const stepPolicy = z
  .strictObject({
    ...alarmKeys,
    steps: z.array(stepSchema).min(1).max(STEPS_MAX).meta({ description: 'the steps, without gaps' }),
  })
  .meta({ description: 'step scaling policy with its alarm' });

export const stepScalingSchema = z
  .array(stepPolicy)
  .max(POLICIES_MAX)
  .default([])
  .meta({ description: 'step scaling policies' });

const simplePolicy = z
  .strictObject({
    ...alarmKeys,
    adjustment: adjustment.meta({ description: 'what the policy does, by adjustmentType' }),
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
