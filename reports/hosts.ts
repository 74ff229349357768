import type { PlatformResult, Result } from '../sim/result/result.ts';
import { formatMoney, formatShare } from './format.ts';

/** A part of what a platform's hosts cost a month; the parts come to the whole. */
export interface HostCostPart {
  readonly what: string;
  readonly usd: number;
}

/** What of the hosts' cost was used, what was requested and idle, what nobody requested; null for none. */
export function hostCostParts({ hosts }: PlatformResult): readonly HostCostPart[] | null {
  const { usedUsdPerMonth: used, idleUsdPerMonth: idle } = hosts ?? {};
  if (used === undefined || idle === undefined) return null;
  return [
    { what: 'used', usd: used },
    { what: 'requested and idle', usd: idle.unused },
    { what: 'requested by none', usd: idle.unrequested },
  ];
}

/** Whose hosts lay idle, and what that cost: a part of the bill. Null where no platform has hosts. */
export function hostSentence(result: Result): string | null {
  const told = Object.entries(result.platforms).flatMap(([name, platform]) => {
    const parts = hostCostParts(platform);
    const total = platform.hosts?.usdPerMonth ?? 0;
    if (parts === null || total === 0) return [];
    const shares = parts.map(
      ({ what, usd }) => `${formatShare(Number((usd / total).toPrecision(2)))} ${what}`,
    );
    return [`${name} ${formatMoney(total)} a month, ${shares.join(', ')}`];
  });
  return told.length === 0 ? null : `Hosts: ${told.join('; ')}.`;
}
