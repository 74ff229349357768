import { z } from 'zod';

const purchaseSchema = z
  .union([
    z.enum(['on-demand', 'spot']).meta({ description: 'all of one kind' }),
    z
      .strictObject({
        onDemandBaseCapacity: z
          .int()
          .min(0)
          .max(10_000)
          .default(0)
          .meta({ description: 'so many on-demand instances come first' }),
        onDemandPercentageAboveBaseCapacity: z
          .int()
          .min(0)
          .max(100)
          .default(100)
          .meta({ description: 'of the instances above the base, % on demand; the rest is Spot' }),
      })
      .meta({ description: 'the instances distribution of a mixed instances policy' }),
  ])
  .meta({ description: 'how the instances are bought: on-demand, spot, or a mix' });

export const interruptionsSchema = z
  .number()
  .min(0)
  .max(10_000)
  .optional()
  .meta({ description: 'mean interruptions of a Spot instance in 730 hours; default by its type' });

/** How the instances of an Auto Scaling group are bought. */
export const purchaseShape = {
  purchase: purchaseSchema.default('on-demand'),
  interruptionsPerMonth: interruptionsSchema,
  capacityRebalance: z
    .boolean()
    .default(false)
    .meta({ description: 'order the replacement at the notice, not when the Spot instance is gone' }),
};

export type PurchaseOptions = z.infer<typeof purchaseSchema>;
