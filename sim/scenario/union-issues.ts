import { either } from '../problems/words.ts';
import { expectation, type Issue } from './expectation.ts';
import { isMap, own } from './names.ts';
import type { SchemaNode } from './schema-lookup.ts';

/** Reads the schema and the value below the place of an issue. */
export interface PlaceReader {
  nodes(path: readonly PropertyKey[]): readonly SchemaNode[];
  value(path: readonly PropertyKey[]): unknown;
}

/** Codes that, for the value itself, say that it is another kind of thing. `together` is made below. */
const OTHER_KIND = ['invalid_type', 'invalid_value', 'together'];

const isAtRoot = (issue: Issue): boolean => issue.path.length === 0;

/**
 * Makes of an issue the issues that a person should see. A union reports what every member says; here the
 * member that was meant speaks alone, and where none was meant one issue names them all.
 */
export function unfold(issue: Issue, place: PlaceReader, prefix: readonly PropertyKey[] = []): Issue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors === undefined || issue.errors.length === 0) {
    return [{ ...issue, path }];
  }
  const value = place.value(path);
  const members = issue.errors.map((errors) => errors.flatMap((each) => unfold(each, place, path)));
  const relative = members.map((issues) =>
    issues.map((each) => ({ ...each, path: each.path.slice(path.length) })),
  );
  const meant = isMap(value) || Array.isArray(value) ? membersMeant(relative) : [];
  if (meant.length === 0) return [{ ...together(relative, value, place.nodes(path)), path }];
  const tags = wrongTags(meant, value);
  const chosen = tags === null ? fewest(meant) : [tags];
  return chosen.map((each) => ({ ...each, path: [...path, ...each.path] }));
}

/** Members that take such a value at all: what they refuse is inside it, or its keys and its length. */
function membersMeant(members: readonly Issue[][]): Issue[][] {
  const isOtherKind = (issue: Issue) => isAtRoot(issue) && OTHER_KIND.includes(issue.code);
  return members.filter((issues) => !issues.some(isOtherKind));
}

function isWrongTag(issue: Issue, value: unknown): boolean {
  return (
    issue.code === 'invalid_value' &&
    issue.path.length === 1 &&
    own(value, String(issue.path[0])) !== undefined
  );
}

/** One issue for a tag that no member has; null when a member's tag fits. */
function wrongTags(members: readonly Issue[][], value: unknown): Issue | null {
  const wrong = members.map((issues) => issues.find((each) => isWrongTag(each, value)));
  const first = wrong[0];
  if (first === undefined || wrong.some((each) => each?.path[0] !== first.path[0])) return null;
  return { ...first, values: wrong.flatMap((each) => each?.values ?? []) };
}

/** The issues of the member that has least to complain of; a wrong tag weighs more than anything else. */
function fewest(members: readonly Issue[][]): readonly Issue[] {
  const weight = (issues: readonly Issue[]) =>
    issues.length +
    (issues.some((each) => each.code === 'invalid_value' && each.path.length === 1) ? 1_000 : 0);
  return members.reduce((best, each) => (weight(each) < weight(best) ? each : best));
}

/** One issue that names everything that could stand here: `must be a duration or `none``. */
function together(members: readonly Issue[][], value: unknown, nodes: readonly SchemaNode[]): Issue {
  const roots = members.flatMap((issues) => issues.filter(isAtRoot).slice(0, 1));
  const words = roots.flatMap((issue) => (issue.code === 'invalid_value' ? (issue.values ?? []) : []));
  const speaking = roots.filter((issue) => issue.message.includes('\n') && issue.code !== 'invalid_value');
  const phrases = speaking.map((issue) => (issue.message.split('\n')[0] ?? '').replace(/^must be /, ''));
  phrases.push(...words.map((word) => `\`${String(word)}\``));
  for (const issue of roots) {
    const isMapWanted = issue.expected === 'object' || issue.expected === 'record';
    if (speaking.includes(issue) || issue.code === 'invalid_value' || (isMapWanted && speaking.length > 0))
      continue;
    const phrase = issue.code === 'invalid_union' ? null : expectation(issue, nodes);
    if (phrase !== null) phrases.push(phrase);
  }
  const help = speaking.map((issue) => issue.message.split('\n')[1] ?? '')[0] ?? '';
  const message = `must be ${either([...new Set(phrases)])}\n${typeof value === 'object' ? '' : help}`;
  return { code: 'together', path: [], message, values: words };
}
