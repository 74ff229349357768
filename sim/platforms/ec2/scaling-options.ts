import { z } from 'zod';

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
  ])
  .meta({ description: 'target tracking scaling policy' });

export const targetTrackingSchema = z
  .union([targetTrackingPolicy, z.array(targetTrackingPolicy).min(1).max(POLICIES_MAX)])
  .meta({
    description: 'one target tracking policy, or several: any scales out, all must agree to scale in',
  });

export type TargetTrackingOptions = z.infer<typeof targetTrackingPolicy>;
