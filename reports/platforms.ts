import type { PlatformResult, Result } from '../sim/result/result.ts';
import { formatMoney } from './format.ts';
import { listed, visible } from './text.ts';

/**
 * A platform as reports show it: its place in the file, which gives it its colour, and a name safe to print.
 */
export interface ShownPlatform {
  readonly name: string;
  readonly index: number;
  readonly result: PlatformResult;
}

export function shownPlatforms(result: Result): readonly ShownPlatform[] {
  return Object.entries(result.platforms).map(([name, platform], index) => ({
    name: visible(name),
    index,
    result: platform,
  }));
}

/** What a reader should know of a run that was cut short; null when it was not. */
export function cutShortText(result: Result): string | null {
  if (!result.partial) return null;
  const { platforms } = result.scenario.resolved;
  const asked = typeof platforms === 'object' && platforms !== null ? Object.keys(platforms) : [];
  const missing = asked.filter((name) => !Object.hasOwn(result.platforms, name));
  const without = missing.length === 0 ? '' : `; nothing is known of ${listed(missing)}`;
  return `Cut short: the figures are of what was simulated until then${without}.`;
}

/** Failed requests as a share of those that arrived; null when none did. */
export function failedShare(platform: PlatformResult): number | null {
  const { arrived, failed } = platform.requests;
  return arrived === 0 ? null : failed / arrived;
}

/** Half the width of the 95 % interval of the monthly cost; null where there was one replication only. */
export function costMargin(platform: PlatformResult): number | null {
  const interval = platform.ci95['cost.usdPerMonth'];
  return interval === undefined ? null : (interval[1] - interval[0]) / 2;
}

/** The monthly cost with its margin, where there is one: `$271.12 ± $1.08`. */
export function costText(platform: PlatformResult): string {
  const margin = costMargin(platform);
  const total = formatMoney(platform.cost.usdPerMonth);
  if (margin === null) return total;
  const cents = Math.max(0, Math.round(margin * 100)) / 100;
  return `${total} ± ${formatMoney(platform.cost.usdPerMonth >= 0.01 ? cents : margin)}`;
}

/**
 * The share of requests that met a cold start; null where there are no environments to start for a request.
 */
export function coldShare(platform: PlatformResult): number | null {
  const cannot = platform.coldStarts.count === 0 && platform.capacity.unit !== 'environments';
  return cannot ? null : platform.coldStarts.fraction;
}
