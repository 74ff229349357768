import { z } from 'zod';
import { hasUnsafeCharacter } from '../problems/display-text.ts';

const CHARACTERS_MAX = 64;

/** What is wrong with the name of a scenario, platform, stream or workload; null for a good one. */
function nameFault(name: string): string | null {
  if (name.trim() === '') return 'must not be empty';
  if (name.length > 2 * CHARACTERS_MAX || [...name].length > CHARACTERS_MAX) {
    return `must have at most ${CHARACTERS_MAX} characters`;
  }
  return hasUnsafeCharacter(name) ? 'must not contain control, invisible or text-direction characters' : null;
}

/**
 * `__proto__` is a name like any other, but schema libraries drop it and assignments misread it. It travels
 * through validation under this one, which no name can be (private-use characters are refused).
 */
export const PROTO_STAND_IN = '\ue000proto';

export function shieldKey(key: string): string {
  return key === '__proto__' ? PROTO_STAND_IN : key;
}

export function unshieldKey(key: string): string {
  return key === PROTO_STAND_IN ? '__proto__' : key;
}

/**
 * 1–64 printable characters. A name is data wherever it appears, also when it reads `constructor` or `<b>`.
 */
export const nameSchema = z
  .string()
  .refine((name) => nameFault(unshieldKey(name)) === null, {
    error: (issue) => nameFault(unshieldKey(String(issue.input))) ?? 'must be a name',
  })
  .meta({ description: 'a name of 1 to 64 printable characters' });

/**
 * A deep copy with the names as written and without prototypes, so that only what is in the file can be
 * found.
 */
export function unshield(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshield);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, each] of Object.entries(value)) copy[unshieldKey(key)] = unshield(each);
  return copy;
}

/** The way back: a deep copy with its names shielded, as the schema takes them. */
export function shield(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shield);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [shieldKey(key), shield(each)]));
}

/** True for a map of a scenario, as read from a file. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map's own value, never one that it inherits. */
export function own(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
