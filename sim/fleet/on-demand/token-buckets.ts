// Hot: asked for every request. No allocation, no closures.
import { MICROS_PER_SECOND } from '../../kernel/time.ts';

/** A token bucket, full at t = 0. */
export interface BucketPlan {
  /** Time in which it gains one token; 0 for no limit. */
  readonly microsPerToken: number;
  /** Time in which the empty bucket fills; Infinity for no limit. */
  readonly fillMicros: number;
}

/** A bucket that holds what comes in a second at a rate, and one token at least. */
export function bucketOf(tokensPerMicro: number): BucketPlan {
  const microsPerToken = 1 / tokensPerMicro;
  return { microsPerToken, fillMicros: Math.max(MICROS_PER_SECOND, microsPerToken) };
}

/** Times of requests are whole microseconds: one that comes a rounding early is not refused for it. */
const ROUNDING_MICROS = 1;
export const UNLIMITED: BucketPlan = { microsPerToken: 0, fillMicros: Number.POSITIVE_INFINITY };

/**
 * Token buckets that are refilled continuously and hold no more than they hold.
 *
 * Instead of tokens each keeps the time at which it would be full again (the generic cell rate algorithm,
 * ITU-T I.371): a token taken puts that off by `microsPerToken`, and none may put it off by more than
 * `fillMicros` from now.
 */
export class TokenBuckets {
  private readonly fullAt: Float64Array;
  private readonly microsPerToken: Float64Array;
  /** By how much a bucket may be from full and still have a token. */
  private readonly wantingMax: Float64Array;

  /** @param plans null for a bucket without a limit */
  constructor(plans: readonly (BucketPlan | null)[]) {
    this.fullAt = new Float64Array(plans.length);
    this.microsPerToken = Float64Array.from(plans, (plan) => (plan ?? UNLIMITED).microsPerToken);
    this.wantingMax = Float64Array.from(plans, (plan) => wantingMax(plan ?? UNLIMITED));
  }

  /** Whether a bucket has a token. Times must not go back. */
  has(now: number, bucket: number): boolean {
    return this.fullAt[bucket]! - now <= this.wantingMax[bucket]!;
  }

  /** Takes a token that is there. */
  take(now: number, bucket: number): void {
    const fullAt = this.fullAt[bucket]!;
    this.fullAt[bucket] = (fullAt > now ? fullAt : now) + this.microsPerToken[bucket]!;
  }

  /** From now on the bucket is of another size. The time until it is full stays as it was. */
  resize(bucket: number, plan: BucketPlan): void {
    this.microsPerToken[bucket] = plan.microsPerToken;
    this.wantingMax[bucket] = wantingMax(plan);
  }
}

/** By how much a bucket may be from full, in time, and still have a token. */
export function wantingMax({ microsPerToken, fillMicros }: BucketPlan): number {
  return fillMicros + ROUNDING_MICROS - microsPerToken;
}
