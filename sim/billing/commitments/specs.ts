import { z } from 'zod';

/**
 * Commitments as scenario files write them. Prices stay texts with their `$`; which types, families and ids
 * there are is looked up when the scenario is compiled.
 */
const term = z.enum(['1y', '3y']).default('1y').meta({ description: 'how long the commitment runs' });
const payment = z
  .enum(['noUpfront', 'partialUpfront', 'allUpfront'])
  .default('noUpfront')
  .meta({ description: 'how much of it is paid in advance' });
const price = (description: string) =>
  z
    .string({ error: (issue) => `must be a price\nsay that it is money: \`$${String(issue.input)}/h\`` })
    .meta({ description });
const COMMITMENTS_MAX = 100;

export const savingsPlansSchema = z
  .array(
    z
      .strictObject({
        type: z
          .enum(['compute', 'ec2Instance'])
          .meta({ description: 'compute: EC2, Fargate and Lambda; ec2Instance: one family of EC2' }),
        commitment: price('dollars an hour, used or not, as $1.20/h'),
        term,
        payment,
        family: z
          .string()
          .max(40)
          .optional()
          .meta({ description: 'for ec2Instance: the family, as m7g; needed there' }),
        rates: z
          .record(z.string(), price('the rate under the plan, as $0.05/h'))
          .default({})
          .meta({ description: "the plan's own rates by price id or instance type; else known discounts" }),
      })
      .meta({ description: 'one Savings Plan' }),
  )
  .max(COMMITMENTS_MAX)
  .default([])
  .meta({
    description: 'Savings Plans, applied to each clock-hour; every platform is billed with all of them',
  });

export const reservedInstancesSchema = z
  .array(
    z
      .strictObject({
        instanceType: z.string().min(3).max(40).meta({ description: 'as m7g.large' }),
        count: z.int().min(1).max(100_000).default(1).meta({ description: 'how many are reserved' }),
        term,
        payment,
        rate: price('dollars an hour of each, as $0.05/h; default the list price of its term').optional(),
        upfront: price('dollars in advance for each, spread over the term; goes with rate').optional(),
        scope: z
          .enum(['regional', 'zonal'])
          .default('regional')
          .meta({ description: 'regional: for every size of the family; zonal: for its own size' }),
        offeringClass: z
          .enum(['standard', 'convertible'])
          .default('standard')
          .meta({ description: 'which prices hold; applied alike' }),
        operatingSystem: z
          .enum(['linux', 'windows'])
          .default('linux')
          .meta({ description: 'the platform that it is for' }),
      })
      .meta({ description: 'Reserved Instances of one purchase' }),
  )
  .max(COMMITMENTS_MAX)
  .default([])
  .meta({
    description:
      'Reserved Instances, applied to each clock-hour before Savings Plans; ' +
      'every platform is billed with all of them',
  });

export type SavingsPlanSpec = z.infer<typeof savingsPlansSchema>[number];
export type ReservedInstanceSpec = z.infer<typeof reservedInstancesSchema>[number];
