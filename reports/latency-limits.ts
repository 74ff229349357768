import type { Result } from '../sim/result/result.ts';
import { durationMicros, durationSchema } from '../sim/units/duration.ts';

/** An upper limit on one percentile of the latency. */
export interface LatencyLimit {
  readonly share: number;
  readonly ms: number;
}

/**
 * `latency p(99)<3s`, `latency{platform:NAME} p(99.9)<=3s`: the percentile and the limit stand at the end.
 */
const PERCENTILE_LIMIT = /p\((\d{1,2}(?:\.\d{1,6})?)\)\s?<=?\s?([\d.]{1,15}[a-zµ]{1,3})$/;

/**
 * The limits on latency percentiles that a result was held to, each once, whichever platforms they are for.
 */
export function latencyLimits(result: Result): readonly LatencyLimit[] {
  const limits = new Map<string, LatencyLimit>();
  for (const { expression } of result.thresholds) {
    const match = expression.startsWith('latency') ? PERCENTILE_LIMIT.exec(expression) : null;
    const limit = durationSchema.safeParse(match?.[2]);
    if (match === null || !limit.success) continue;
    const found = { share: Number(match[1]) / 100, ms: durationMicros(limit.data) / 1_000 };
    limits.set(`${found.share}/${found.ms}`, found);
  }
  return [...limits.values()];
}
