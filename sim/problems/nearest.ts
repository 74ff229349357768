import { distance } from 'fastest-levenshtein';

/** Longer words are no slips of a known one; longer names are cut before they are compared. */
const WORD_LENGTH_MAX = 64;

/** Case, hyphens and underscores apart: `MemorySize`, `memory_size` and `memorySize` are one word. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/**
 * The candidate that a mistyped word most likely stands for: the same letters in another case, the fewest
 * edits (at most a third of its length), or the only one that begins with it.
 * @returns undefined when none is near.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > WORD_LENGTH_MAX) return undefined;
  const wanted = plain(word);
  if (wanted === '') return undefined;
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(wanted, plain(candidate));
    if (edits < fewest) {
      best = candidate;
      fewest = edits;
    }
  }
  if (best !== undefined || wanted.length < 4) return best;
  const longer = candidates.filter((each) => plain(each).startsWith(wanted));
  return longer.length === 1 ? longer[0] : undefined;
}

/**
 * The known names most like a wrong one, best first: those that `isKin` first, then by edit distance, then
 * in the order of `known`.
 * @param farthest names that are no kin are left out when more edits than this away
 */
export function nearestNames(
  wrong: string,
  known: readonly string[],
  options: { readonly count: number; readonly farthest: number; readonly isKin?: (name: string) => boolean },
): readonly string[] {
  const compared = wrong.toLowerCase().slice(0, WORD_LENGTH_MAX);
  return known
    .map((name) => ({
      name,
      kin: options.isKin?.(name) ?? false,
      edits: distance(compared, name.toLowerCase()),
    }))
    .filter((each) => each.kin || each.edits <= options.farthest)
    .sort((a, b) => Number(b.kin) - Number(a.kin) || a.edits - b.edits)
    .slice(0, options.count)
    .map((each) => each.name);
}
