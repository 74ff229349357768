import { distance } from 'fastest-levenshtein';

/** Longer words are no slips of a known one. */
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
