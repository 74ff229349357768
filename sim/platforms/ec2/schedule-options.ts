import { z } from 'zod';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import { durationMicros, durationSchema } from '../../units/duration.ts';
import { scheduleKeys } from '../shared/scheduled-actions.ts';

/** Most scheduled actions of a group (Amazon EC2 Auto Scaling quotas, 2023-05). */
const ACTIONS_MAX = 125;
const size = z.int().min(0).max(10_000).optional();

export const scheduledSchema = z
  .array(
    z
      .strictObject({
        ...scheduleKeys,
        minSize: size.meta({ description: 'the smallest size from then on' }),
        maxSize: size.meta({ description: 'the largest size from then on' }),
        desiredCapacity: size.meta({ description: 'the capacity at that time; policies move it on' }),
      })
      .meta({ description: 'a scheduled action' }),
  )
  .max(ACTIONS_MAX)
  .default([])
  .meta({ description: 'scheduled actions' });

const TOO_LONG = 'must be at most 1h\nwrite it as `5m`';

export const predictiveScalingSchema = z
  .strictObject({
    metric: z
      .enum(['ASGCPUUtilization', 'ALBRequestCount'])
      .meta({ description: 'the pair of load and scaling metric that is forecast' }),
    targetValue: z
      .number()
      .min(1e-3)
      .max(1e9)
      .meta({ description: 'percent, or requests per minute and target' }),
    mode: z
      .enum(['ForecastAndScale', 'ForecastOnly'])
      .default('ForecastAndScale')
      .meta({ description: 'ForecastOnly changes nothing' }),
    schedulingBufferTime: durationSchema
      .refine((text) => !isAboveAnHour(text), { error: TOO_LONG })
      .default('5m')
      .meta({ description: 'how long before its hour a capacity is asked for, at most 1h' }),
    maxCapacityBreachBehavior: z
      .enum(['HonorMaxCapacity', 'IncreaseMaxCapacity'])
      .default('HonorMaxCapacity')
      .meta({ description: 'whether a forecast may raise the maximum' }),
    maxCapacityBuffer: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .meta({ description: 'percent above the forecast that the maximum is raised to' }),
  })
  .meta({ description: 'predictive scaling policy: from 24 h of the run on' });

function isAboveAnHour(text: string): boolean {
  return durationSchema.safeParse(text).success && durationMicros(text) > MICROS_PER_HOUR;
}
