import type { PlatformResult } from '../sim/result/result.ts';

/** Up to the share `upTo` of the requests, latency was at most `ms`. */
export interface PercentileStep {
  readonly from: number;
  readonly upTo: number;
  readonly ms: number;
}

/** A percentile with fewer measurements beyond it than this is left out: one of them would decide it. */
export const TAIL_SAMPLES_MIN = 10;

/** Percentiles that tables and axes name, as shares. */
export const namedPercentiles = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999] as const;

export function measuredRequests(platform: PlatformResult): number {
  return platform.latencyDistribution.counts.reduce((sum, count) => sum + count, 0);
}

/**
 * The highest percentile (as a share) with at least ten measurements beyond it; 0 or less when there is none.
 */
export function highestPercentile(platform: PlatformResult): number {
  const measured = measuredRequests(platform);
  return measured === 0 ? 0 : 1 - TAIL_SAMPLES_MIN / measured;
}

/** The latency distribution as a step function of the percentile, up to the highest that can be told. */
export function percentileSteps(platform: PlatformResult): readonly PercentileStep[] {
  const { upToMs, counts } = platform.latencyDistribution;
  const measured = measuredRequests(platform);
  const last = highestPercentile(platform);
  const steps: PercentileStep[] = [];
  let below = 0;
  for (const [index, count] of counts.entries()) {
    const from = below / measured;
    if (count === 0) continue;
    if (from >= last) break;
    below += count;
    steps.push({ from, upTo: Math.min(last, below / measured), ms: upToMs[index] ?? 0 });
  }
  return steps;
}

/** Latency at percentile `share` from the coarse histogram; null where too few measurements lie beyond it. */
export function percentileMs(platform: PlatformResult, share: number): number | null {
  return percentileSteps(platform).find((step) => step.upTo >= share - 1e-12)?.ms ?? null;
}

/** `p50`, `p99.9`: the usual name of a percentile given as a share. */
export function percentileName(share: number): string {
  return `p${Number((share * 100).toPrecision(12))}`;
}
