import type { Result } from '../sim/result/result.ts';
import { listed } from './text.ts';

type Threshold = Result['thresholds'][number];

/** A threshold without the platform in it, which stands beside it: `latency p(99)<2s`. */
export function thresholdText(threshold: Threshold): string {
  const { expression, platform } = threshold;
  return platform === undefined ? expression : expression.replace(`{platform:${platform}}`, '');
}

/**
 * Whether the run met its thresholds, in words. A scoped one fails the run by itself; the unscoped ones are
 * met when at least one platform meets them all.
 */
export function thresholdVerdict(result: Result): { readonly ok: boolean; readonly text: string } {
  const soFar = result.partial ? ' so far' : '';
  const scopedFailed = result.thresholds.filter((each) => each.scoped && !each.ok);
  const unscoped = result.thresholds.filter((each) => !each.scoped);
  const names = Object.keys(result.platforms);
  const concern = (name: string) => (each: Threshold) => (each.platform ?? name) === name;
  const meets = names.filter((name) => result.thresholds.filter(concern(name)).every((each) => each.ok));
  const anyMeetsUnscoped = names.some((name) => unscoped.filter(concern(name)).every((each) => each.ok));
  if (scopedFailed.length > 0) {
    const which = listed(scopedFailed.map((each) => each.expression));
    return { ok: false, text: `thresholds failed${soFar}: ${which}` };
  }
  if (unscoped.length > 0 && !anyMeetsUnscoped) {
    return { ok: false, text: `thresholds failed${soFar}: no platform meets them all` };
  }
  const misses = names.filter((name) => !meets.includes(name));
  if (misses.length === 0) return { ok: true, text: `thresholds passed${soFar}, by every platform` };
  return { ok: true, text: `thresholds passed${soFar}, by ${listed(meets)}; not by ${listed(misses)}` };
}
