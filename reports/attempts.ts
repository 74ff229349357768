import type { PlatformResult, Result } from '../sim/result/result.ts';
import { formatCount } from './format.ts';

/** More attempts than this for a request, and it is worth telling. */
const TOLD_FROM = 1.005;

/** How often a request was tried on average; null when none came. */
export function attemptsPerRequest({ requests }: PlatformResult): number | null {
  return requests.arrived === 0 ? null : requests.attempts / requests.arrived;
}

/** Whether clients, or what holds events, tried more than a few requests again. */
export function isTriedAgain(platform: PlatformResult): boolean {
  return (attemptsPerRequest(platform) ?? 0) >= TOLD_FROM;
}

/** Which platforms had their requests tried again, and which gave events up; null when none did. */
export function attemptSentence(result: Result): string | null {
  const parts = Object.entries(result.platforms).flatMap(([name, platform]) => {
    const { deadLetters = 0 } = platform.requests;
    const attempts = attemptsPerRequest(platform) ?? 0;
    const told = isTriedAgain(platform) ? [`${attempts.toFixed(2)} attempts a request`] : [];
    if (deadLetters > 0) told.push(`${formatCount(deadLetters)} given up (dead letters)`);
    return told.length === 0 ? [] : [`${name} ${told.join(', ')}`];
  });
  return parts.length === 0 ? null : `Tried again: ${parts.join('; ')}.`;
}
