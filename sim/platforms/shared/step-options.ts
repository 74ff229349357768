import { z } from 'zod';

/** Most steps of a policy (Amazon EC2 Auto Scaling and Application Auto Scaling quotas, 2023: 20). */
const STEPS_MAX = 20;

export const adjustmentSchema = z.int().min(-10_000).max(10_000);

/** An alarm of its own, but for its metric, and what an adjustment means: keys of step and simple scaling. */
export const alarmKeys = {
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
    .meta({ description: 'what an adjustment is: a number, percent of the capacity, or the capacity' }),
  minAdjustmentMagnitude: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({ description: 'percent moves at least so many' }),
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
    adjustment: adjustmentSchema.meta({ description: 'what the step does, by adjustmentType' }),
  })
  .meta({ description: 'what to do while the metric is within bounds' });

export const stepsSchema = z
  .array(stepSchema)
  .min(1)
  .max(STEPS_MAX)
  .meta({ description: 'the steps, without gaps' });
