import type { Path } from '../problems/problem.ts';

/**
 * Words of the format that a scenario may use one day. Listed here, they are refused as such and not as
 * slips.
 */
const VALUES: readonly { readonly at: string; readonly words: readonly string[] }[] = [
  { at: 'traffic.*.format', words: ['azure-functions-2021', 'alb-access-log', 'lambda-report'] },
  { at: 'platforms.*.packageType', words: ['Image'] },
];

const KEYS: Readonly<Record<string, readonly string[]>> = {
  ec2: ['lifecycleHooks', 'mixedInstancesPolicy'],
};

function matches(pattern: string, path: Path): boolean {
  const parts = pattern.split('.');
  return parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index]);
}

/** Whether a refused value at a place is a word of the format that is not modelled yet. */
export function isFutureWord(path: Path, value: unknown): boolean {
  return (
    typeof value === 'string' && VALUES.some(({ at, words }) => matches(at, path) && words.includes(value))
  );
}

/** Whether an unknown key of a platform is a key of the format that is not modelled yet. */
export function isFutureKey(path: Path, platformType: unknown): boolean {
  if (path.length < 3 || path[0] !== 'platforms' || typeof platformType !== 'string') return false;
  const inPlatform = path.length === 3 || (path.length === 5 && path[2] === 'functions');
  const keys = Object.hasOwn(KEYS, platformType) ? KEYS[platformType] : undefined;
  return inPlatform && (keys?.includes(String(path.at(-1))) ?? false);
}
