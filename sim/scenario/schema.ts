import { z } from 'zod';
import { freePools, reservedInstancesSchema, savingsPlansSchema } from '../billing/index.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';
import { instantSchema } from '../units/instant.ts';
import { faultsSchema } from './faults.ts';
import { nameSchema } from './names.ts';
import type { PlatformSpec, StreamSpec } from './scenario.ts';
import { booleanSlip } from './slips.ts';
import type { Vocabulary } from './vocabulary.ts';
import { workloadSchema } from './workload-schema.ts';

const NAMED_MAX = 100;
export const REPLICATIONS_MAX = 10_000;

const isZero = (text: string): boolean =>
  durationSchema.safeParse(text).success && durationMicros(text) === 0;

const positiveDuration = durationSchema.refine((text) => !isZero(text), {
  error: 'must be longer than 0s\nwrite it as `40m`',
});

const priceText = z
  .string({ error: (issue) => `must be a price\nsay that it is money: \`$${String(issue.input)}\`` })
  .meta({ description: 'a price, as $0.05 or $0.05/h' });

const billingSchema = z.strictObject({
  month: positiveDuration
    .default('730h')
    .meta({ description: 'usage of the window is scaled to this month, before tiers and free tier' }),
  freeTier: z
    .union([
      z
        .boolean({ error: ({ input }) => `must be true or false\n${booleanSlip(String(input))}` })
        .meta({ description: 'all of it, or nothing' }),
      z
        .array(z.enum(freePools as [string, ...string[]]).meta({ description: 'a pool of the free tier' }))
        .max(NAMED_MAX)
        .meta({ description: 'only these pools, as where others are used up' }),
    ])
    .default(false)
    .meta({ description: "whether AWS's free tier is taken off, or which pools of it" }),
  egress: z
    .enum(['none', 'internet'])
    .default('none')
    .meta({ description: 'internet: payload.out is charged as data transfer out, on every platform alike' }),
  savingsPlans: savingsPlansSchema,
  reservedInstances: reservedInstancesSchema,
  prices: z.record(z.string(), priceText).default({}).meta({
    description: "prices to use instead of the book's, by price id, as ec2.instance.c7g.large: $0.05/h",
  }),
});

const expressions = z
  .array(z.string().meta({ description: 'a statistic, a comparison and a limit with its unit' }))
  .max(NAMED_MAX);

const thresholdsSchema = z
  .object({
    latency: expressions.optional().meta({ description: 'of served requests: p(95)<1s, avg, med or max' }),
    failed: expressions.optional().meta({ description: 'of failed requests: rate<0.1% or count<5' }),
    cost: expressions.optional().meta({ description: 'of the bill: month<$500 or perMillion<$20' }),
    coldStarts: expressions.optional().meta({ description: 'of cold starts: rate<1% or count<100' }),
    utilization: expressions.optional().meta({ description: 'of capacity: avg<80%' }),
  })
  .catchall(expressions.meta({ description: 'a threshold of one platform: latency{platform:NAME}' }))
  .meta({ description: "what a platform must hold: k6's thresholds, with units" });

/**
 * The members of a tagged union. Registries keep their schemas as plain `ZodType`s; all are tagged objects.
 */
function tagged<Spec>(tag: string, schemas: readonly z.ZodType[], description: string): z.ZodType<Spec> {
  const members = schemas as unknown as Parameters<typeof z.discriminatedUnion>[1];
  return z.discriminatedUnion(tag, members).meta({ description }) as unknown as z.ZodType<Spec>;
}

const general = {
  version: z.literal(1).meta({ description: 'version of this format' }),
  name: nameSchema
    .default('scenario')
    .meta({ description: 'name of the scenario, 1 to 64 printable characters' }),
  description: z
    .string()
    .optional()
    .meta({ description: 'what the scenario is about, for readers of the report' }),
};

const run = {
  seed: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(1)
    .meta({ description: 'where all randomness comes from' }),
  replications: z
    .int()
    .min(1)
    .max(REPLICATIONS_MAX)
    .default(1)
    .meta({ description: 'independent runs, for confidence intervals' }),
  duration: positiveDuration
    .optional()
    .meta({ description: 'simulated window; default: where the traffic ends' }),
  startAt: instantSchema.default('2026-01-05T00:00:00Z').meta({
    description: 'the wall clock at t = 0, for schedules, times of day and weekends; default a Monday',
  }),
  warmup: durationSchema
    .default('0s')
    .meta({ description: 'beginning of the window that latency, cold starts and capacity leave out' }),
};

/** The whole of a scenario file: strict, with every default, values kept as written. */
export function scenarioSchemaOf(vocabulary: Vocabulary) {
  const stream = tagged<StreamSpec>(
    'executor',
    vocabulary.trafficModels.map((model) => model.schema),
    'one stream of requests, by its executor',
  );
  const platform = tagged<PlatformSpec>(
    'type',
    vocabulary.platforms.map((each) => each.schema),
    'one platform, by its type',
  );
  const workload = workloadSchema(vocabulary.distributionSchema);
  return z
    .strictObject({
      ...general,
      region: z
        .enum(vocabulary.regions as readonly [string, ...string[]])
        .default('us-east-1')
        .meta({ description: 'AWS region, whose prices hold' }),
      ...run,
      billing: billingSchema.prefault({}).meta({ description: 'how usage becomes a monthly bill' }),
      workload: workload.optional().meta({ description: 'what one request needs, on any platform' }),
      workloads: z
        .record(nameSchema, workload)
        .optional()
        .meta({ description: 'several kinds of request by name, instead of workload' }),
      traffic: z.record(nameSchema, stream).meta({ description: 'when requests come: streams by name' }),
      platforms: z
        .record(nameSchema, platform)
        .meta({ description: 'with what they are served: platforms by name' }),
      faults: faultsSchema,
      thresholds: thresholdsSchema.default({}),
    })
    .meta({
      title: 'Breakeven scenario',
      description: 'One comparison: workload, traffic, platforms',
    });
}

export type ScenarioSchema = ReturnType<typeof scenarioSchemaOf>;
