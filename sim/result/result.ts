import { z } from 'zod';
import { deploymentStatuses } from '../observe/deployments.ts';
import { failureKinds } from '../observe/failure-kind.ts';
import { throttleReasons } from '../observe/throttle-reason.ts';

const count = z.number().int().nonnegative();
const interval = z.tuple([z.number(), z.number()]);

const billLineSchema = z
  .strictObject({
    id: z.string().meta({ description: 'service.meter[.variant], the id of its price' }),
    what: z.string(),
    quantity: z.number().meta({ description: "the month's usage, before the free tier is taken off" }),
    freeQuantity: z.number().optional().meta({ description: 'the part of it that the free tier covers' }),
    unit: z.string(),
    usdPerUnit: z
      .number()
      .meta({ description: 'list price; the mean over the tiers where more than one was reached' }),
    usd: z.number().meta({ description: 'exact product, not rounded to cents' }),
  })
  .meta({ id: 'BillLine' });

const latencySchema = z.strictObject({
  mean: z.number().nullable(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  p999: z.number().nullable(),
  max: z.number().nullable(),
});

const capacitySchema = z.strictObject({
  unit: z.enum(['environments', 'instances', 'tasks', 'pods']),
  mean: z.number(),
  busyMean: z.number(),
  idleMean: z.number(),
  max: count,
  started: count,
  utilization: z.number().nullable(),
  meanLifetimeSeconds: z.number().nullable(),
});

const share = z.number().nullable();
const usd = z.number().nonnegative();
const hostsSchema = capacitySchema
  .omit({ unit: true })
  .extend({
    unrequestedFraction: share.meta({
      description: 'of the CPU of hosts that ran: paid for, requested by none',
    }),
    unusedFraction: share.meta({ description: 'of the same: requested, and not used' }),
    usdPerMonth: usd.optional().meta({
      description:
        'what the hosts cost, whoever pays: on demand, Spot, fee of Auto Mode, commitments that they used; ' +
        'a part of the bill, not beside it',
    }),
    usedUsdPerMonth: usd.optional().meta({ description: 'of that: CPU that was used' }),
    idleUsdPerMonth: z
      .strictObject({
        unrequested: usd.meta({ description: 'paid for, requested by none' }),
        unused: usd.meta({ description: 'requested, and not used' }),
      })
      .optional()
      .meta({ description: 'the rest of it: CPU that lay idle' }),
  })
  .meta({ description: 'what tasks or pods ran on, where that is paid for' });

const deploymentSchema = z
  .strictObject({
    atSeconds: z.number().meta({ description: 'when the service got the task definition' }),
    statuses: z
      .partialRecord(z.enum(deploymentStatuses), count)
      .meta({ description: 'how it stood when the window closed: in so many replications each' }),
    failedTasks: count.meta({ description: 'tasks of it that failed before they served' }),
  })
  .meta({ description: 'an update of an ECS service' });

const binPercentile = z.array(z.number().nullable()).meta({
  description: 'of requests that arrived in the bin, exact to 3 %; null where none was completed',
});
const timeseriesSchema = z.strictObject({
  stepSeconds: z.number().positive(),
  columns: z.strictObject({
    arrivals: z.array(z.number()),
    capacity: z.array(z.number()),
    busy: z.array(z.number()),
    queue: z.array(z.number()),
    coldStarts: z.array(z.number()),
    failed: z.array(z.number()),
    p50Ms: binPercentile,
    p99Ms: binPercentile,
  }),
});

const platformResultSchema = z
  .strictObject({
    type: z.string(),
    requests: z.strictObject({
      arrived: count,
      completed: count,
      failed: count,
      inFlight: count,
      attempts: count,
      deadLetters: count.optional().meta({
        description:
          'failed events that were given up: what a dead-letter queue would hold; only where events come',
      }),
      failures: z.partialRecord(z.enum(failureKinds), count),
    }),
    throttles: z
      .partialRecord(z.enum(throttleReasons), count)
      .optional()
      .meta({ description: 'attempts refused with 429 by what refused them; absent where none was' }),
    latencyMs: latencySchema,
    latencyDistribution: z
      .strictObject({ upToMs: z.array(z.number()), counts: z.array(count) })
      .meta({ description: 'merged histogram in coarse steps: counts[i] requests took at most upToMs[i]' }),
    coldStarts: z.strictObject({ count, fraction: z.number().nullable() }),
    capacity: capacitySchema,
    hosts: hostsSchema.optional(),
    deployments: z
      .array(deploymentSchema)
      .optional()
      .meta({ description: 'updates within the window; absent without one' }),
    limitedBy: z.enum(['nothing', 'cpu', 'concurrency', 'quota', 'scaling-speed']),
    cost: z.strictObject({
      usdPerMonth: z.number(),
      usdPerMillionRequests: z.number().nullable(),
      lines: z.array(billLineSchema),
    }),
    ci95: z.record(z.string(), interval),
    timeseries: timeseriesSchema,
    assumptions: z.array(z.string()),
    notModelled: z.array(z.string()),
  })
  .meta({ id: 'PlatformResult' });

/**
 * The whole of `result.json`. Its JSON Schema is published; every field is a function of scenario, seed and
 * version.
 */
export const resultSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({ name: z.literal('breakeven'), version: z.string() }),
    scenario: z.strictObject({
      name: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      resolved: z.record(z.string(), z.unknown()),
    }),
    prices: z.strictObject({
      snapshot: z.string(),
      region: z.string(),
      overrides: z.record(z.string(), z.string()),
    }),
    seed: z.number().int(),
    replications: z.number().int().positive(),
    partial: z.boolean(),
    platforms: z.record(z.string(), platformResultSchema),
    verdict: z.strictObject({
      cheapest: z.string().nullable(),
      cheapestThatPasses: z.string().nullable(),
      text: z.string(),
    }),
    thresholds: z.array(
      z.strictObject({
        expression: z.string(),
        ok: z.boolean(),
        actual: z.number().nullable(),
        unit: z.string(),
        platform: z
          .string()
          .optional()
          .meta({ description: 'for one line of an unscoped threshold: whose it is' }),
        scoped: z
          .boolean()
          .meta({ description: 'true: fails the run by itself; false: held against every candidate' }),
      }),
    ),
    warnings: z.array(
      z.strictObject({ code: z.string(), message: z.string(), platform: z.string().optional() }),
    ),
  })
  .meta({ id: 'BreakevenResult', title: 'Breakeven result' });

export type Result = z.infer<typeof resultSchema>;
export type PlatformResult = z.infer<typeof platformResultSchema>;
export type BillLine = z.infer<typeof billLineSchema>;
