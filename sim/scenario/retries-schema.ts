import { z } from 'zod';
import type { FailureKind } from '../observe/failure-kind.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';
import type { RetryPlan } from '../workload/workload.ts';

/** Failures that a client can answer with another attempt, in the order in which they are told. */
const RETRIED = [
  'throttled',
  'rejected',
  'timedOut',
  'interrupted',
  'error',
] as const satisfies FailureKind[];
const ATTEMPTS_MAX = 100;

/**
 * The part of the backoff that chance may take off (AWS Architecture Blog, "Exponential Backoff And Jitter",
 * 2015).
 */
const JITTER = { full: 1, equal: 0.5, none: 0 } as const;

/**
 * How clients send again what failed. The defaults are those of the AWS SDKs' `standard` mode: three
 * attempts, backoff doubling up to 20 s, full jitter (AWS SDKs and Tools Reference Guide,
 * feature-retry-behavior, 2025) from 100 ms on (SDK for JavaScript v3, `DEFAULT_RETRY_DELAY_BASE`, 2025;
 * other SDKs begin at up to 1 s).
 */
export const retriesSchema = z.strictObject({
  attempts: z
    .int()
    .min(1)
    .max(ATTEMPTS_MAX)
    .default(3)
    .meta({ description: 'tries of a request in all, the first among them' }),
  backoff: durationSchema.default('100ms').meta({ description: 'longest wait before the second attempt' }),
  multiplier: z
    .number()
    .min(1)
    .max(100)
    .default(2)
    .meta({ description: 'by which the wait grows from one attempt to the next' }),
  maxBackoff: durationSchema.default('20s').meta({ description: 'the wait grows no further' }),
  jitter: z.enum(['full', 'equal', 'none']).default('full').meta({
    description: 'full: a random wait from 0 on; equal: from half of it on; none: the wait as it stands',
  }),
  on: z
    .array(z.enum(RETRIED))
    .default([...RETRIED])
    .meta({ description: 'failures after which a request is sent again' }),
});

export type RetriesSpec = z.infer<typeof retriesSchema>;

/** @returns null where nothing is ever sent again */
export function planRetries(spec: RetriesSpec | 'none'): RetryPlan | null {
  if (spec === 'none' || spec.attempts === 1 || spec.on.length === 0) return null;
  const longest = durationMicros(spec.maxBackoff);
  const backoffMicros: number[] = [];
  let backoff = durationMicros(spec.backoff);
  for (let retry = 1; retry < spec.attempts; retry++) {
    backoffMicros.push(Math.min(longest, Math.round(backoff)));
    backoff = Math.min(longest, backoff * spec.multiplier);
  }
  return { attempts: spec.attempts, backoffMicros, jitter: JITTER[spec.jitter], on: new Set(spec.on) };
}
