import { z } from 'zod';
import { readScheduleExpression } from './schedule-expression.ts';

const ENVIRONMENTS_MAX = 1_000_000;
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;
const NO_TIME = 'must be a time of day\nhours and minutes in UTC, such as `12:00`';
const NO_SCHEDULE =
  'must be a schedule expression\n`cron(0 12 * * ? *)`, or once `at(2026-01-05T12:00:00)`, in UTC';

const timeOfDay = z.string({ error: NO_TIME }).regex(TIME_OF_DAY, NO_TIME).optional();

/**
 * A scheduled action of Application Auto Scaling: its schedule expression, and the smallest and largest
 * capacity in one number. Or, shorter, the hours of every day in which so many are there.
 */
const scheduledActionSchema = z
  .strictObject({
    schedule: z
      .string({ error: NO_SCHEDULE })
      .refine((text) => readScheduleExpression(text) !== null, { error: NO_SCHEDULE })
      .optional()
      .meta({ description: 'when: cron(0 12 * * ? *) or at(2026-01-05T12:00:00), UTC' }),
    from: timeOfDay.meta({ description: 'every day from this time on, UTC' }),
    to: timeOfDay.meta({ description: 'until this time, UTC; none are there outside' }),
    capacity: z.int().min(0).max(ENVIRONMENTS_MAX).meta({ description: 'environments from then on' }),
  })
  .meta({ description: 'a scheduled action, or hours of the day' });

const countSchema = z.int().min(1).max(ENVIRONMENTS_MAX);

/** Application Auto Scaling tracks 10 to 90 % (Lambda Developer Guide, provisioned-concurrency, 2026). */
const targetTrackingSchema = z
  .strictObject({
    min: countSchema.meta({ description: 'fewest environments, and those at the start' }),
    max: countSchema.meta({ description: 'most environments' }),
    targetValue: z
      .number()
      .min(0.1)
      .max(0.9)
      .default(0.7)
      .meta({ description: 'utilization to keep, as a share: 0.1 to 0.9' }),
    statistic: z
      .enum(['Average', 'Maximum'])
      .default('Average')
      .meta({ description: 'of a minute: the mean, or the highest for traffic in bursts' }),
    scaleInDataPoints: z
      .int()
      .min(1)
      .max(60)
      .default(15)
      .meta({ description: 'one-minute data points below 90 % of the target before any is removed' }),
  })
  .meta({ description: 'Application Auto Scaling keeps the utilization of what is provisioned' });

export const provisionedConcurrencySchema = z
  .union([
    z.literal('none'),
    countSchema,
    z
      .strictObject({
        schedule: z
          .array(scheduledActionSchema)
          .min(1)
          .max(200)
          .meta({ description: 'scheduled actions, or hours of the day' }),
      })
      .meta({ description: 'provisioned by the clock' }),
    z.strictObject({ targetTracking: targetTrackingSchema }).meta({ description: 'provisioned by use' }),
  ])
  .meta({
    description:
      'environments that are kept ready; more requests spill over to others. A number, ' +
      '{ schedule: […] } or { targetTracking: {…} }',
  });

export type ProvisionedOptions = z.infer<typeof provisionedConcurrencySchema>;
export type ScheduledAction = z.infer<typeof scheduledActionSchema>;
