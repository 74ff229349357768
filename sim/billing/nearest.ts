import { distance } from 'fastest-levenshtein';

/** Longer names are cut before they are compared: the work must not grow with a hostile file. */
const COMPARED_LENGTH = 64;

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
  const compared = wrong.toLowerCase().slice(0, COMPARED_LENGTH);
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

/** `` `a`, `b` or `c` ``. */
export function quotedList(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

/** A name as a message shows it: never longer than a line has room for. */
export function shortened(name: string): string {
  return name.length <= COMPARED_LENGTH ? name : `${name.slice(0, COMPARED_LENGTH - 1)}…`;
}
