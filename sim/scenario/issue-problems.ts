import { nearest } from '../problems/nearest.ts';
import { type Path, type Problem, type ProblemOptions, problem } from '../problems/problem.ts';
import { either, pathText, ticked } from '../problems/words.ts';
import { allowedWords, expectation, type Issue, shown } from './expectation.ts';
import { isMap, own, unshieldKey } from './names.ts';
import { isFutureKey, isFutureWord } from './not-yet-modelled.ts';
import { remedyOf } from './remedy.ts';
import type { SchemaLookup } from './schema-lookup.ts';
import { booleanSlip, numberSlip } from './slips.ts';
import { type PlaceReader, unfold } from './union-issues.ts';

/** A file of nothing but slips is not worth an answer to each. */
const ISSUES_MAX = 500;

/** What problems are made from: the refused value and what the schema knows of each place in it. */
interface Refusal extends PlaceReader {
  readonly value: (path: readonly PropertyKey[]) => unknown;
  readonly lookup: SchemaLookup;
  readonly root: unknown;
}

/** Says in people's words what zod found, one problem for each slip. Paths have the names as written. */
export function issueProblems(issues: readonly unknown[], root: unknown, lookup: SchemaLookup): Problem[] {
  const value = (path: readonly PropertyKey[]): unknown => valueAt(root, path);
  const nodes = (path: readonly PropertyKey[]) => lookup.at(path as Path, root);
  const refusal: Refusal = { value, nodes, lookup, root };
  const unfolded = (issues as readonly Issue[])
    .slice(0, ISSUES_MAX)
    .flatMap((issue) => unfold(issue, refusal));
  const missing = unfolded.filter((issue) => isMissing(refusal, issue));
  const absent = new Set(missing.map((issue) => JSON.stringify(issue.path)));
  const problems: Problem[] = [];
  for (const issue of unfolded) {
    if (issue.code === 'unrecognized_keys') problems.push(...unknownKeys(refusal, issue, absent));
    else if (!isMissing(refusal, issue)) problems.push(...wrongValue(refusal, issue));
  }
  for (const issue of missing) {
    if (absent.delete(JSON.stringify(issue.path))) problems.push(missingKey(refusal, issue));
  }
  return problems;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    value = Array.isArray(value) && typeof part === 'number' ? value[part] : own(value, String(part));
  }
  return value;
}

function written(path: readonly PropertyKey[]): Path {
  return path.map((part) => (typeof part === 'number' ? part : unshieldKey(String(part))));
}

function isMissing(refusal: Refusal, issue: Issue): boolean {
  const { path } = issue;
  if (path.length === 0 || issue.code === 'unrecognized_keys') return false;
  const parent = refusal.value(path.slice(0, -1));
  return isMap(parent) && !Object.hasOwn(parent, String(path.at(-1)));
}

/**
 * One problem for each key. A key near to a missing one stands for it: `absent` loses what is so explained.
 */
function unknownKeys(refusal: Refusal, issue: Issue, absent: Set<string>): Problem[] {
  const known = refusal.lookup.keysAt(issue.path as Path, refusal.root);
  const map = refusal.value(issue.path);
  const free = known.filter((key) => own(map, key) === undefined);
  const wanted = free.filter((key) => absent.has(JSON.stringify([...issue.path, key])));
  return (issue.keys ?? []).slice(0, ISSUES_MAX).map((key) => {
    const name = unshieldKey(key);
    const path = [...written(issue.path), name];
    if (isFutureKey(path, own(refusal.value(issue.path.slice(0, 2)), 'type')))
      return futureKey(path, name, known);
    const near = nearest(name, wanted) ?? nearest(name, free);
    if (near !== undefined) absent.delete(JSON.stringify([...issue.path, near]));
    const help = near === undefined ? keysHelp(known) : `did you mean ${ticked(near)}?`;
    const where = issue.path.length === 0 ? '' : ` in ${pathText(written(issue.path))}`;
    const options: ProblemOptions = { at: 'key', label: 'not a known key', help };
    return problem('unknown-key', path, `unknown key ${ticked(name)}${where}`, options);
  });
}

function keysHelp(known: readonly string[]): string {
  return known.length === 0 ? 'leave it out' : `known keys: ${known.slice(0, 30).map(ticked).join(', ')}`;
}

function futureKey(path: Path, name: string, known: readonly string[]): Problem {
  const help = `leave it out; modelled: ${known.map(ticked).join(', ')}`;
  const message = `${ticked(name)} in ${pathText(path.slice(0, -1))} is not modelled yet`;
  return problem('not-yet-modelled', path, message, { at: 'key', help });
}

function missingKey(refusal: Refusal, issue: Issue): Problem {
  const path = written(issue.path);
  const key = String(path.at(-1));
  const nodes = refusal.nodes(issue.path);
  const words = issue.options?.map(String) ?? allowedWords(nodes);
  const example = nodes.flatMap((node) => node.examples ?? []).at(0);
  const description = nodes.find((node) => node.description !== undefined)?.description;
  const parts = [
    words.length === 1 || (words.length === 0 && example !== undefined)
      ? `add ${ticked(`${key}: ${words[0] ?? String(example)}`)}`
      : `add ${ticked(key)}`,
    words.length > 1
      ? `: ${either(words.map(ticked))}`
      : description === undefined
        ? ''
        : ` (${description})`,
  ];
  const where = path.length === 1 ? '' : ` in ${pathText(path.slice(0, -1))}`;
  const options: ProblemOptions = { at: 'key', label: `${key} is missing here`, help: parts.join('') };
  return problem('missing-key', path, `missing key ${ticked(key)}${where}`, options);
}

function wrongValue(refusal: Refusal, issue: Issue): Problem[] {
  if (issue.code === 'invalid_key') return [wrongName(issue)];
  const path = written(issue.path);
  const value = refusal.value(issue.path);
  const nodes = refusal.nodes(issue.path);
  const words = (issue.options ?? issue.values ?? allowedWords(nodes)).map(String);
  if (isFutureWord(path, value)) {
    const message = `${String(path.at(-1))} ${ticked(String(value))} is not modelled yet`;
    return [
      problem('not-yet-modelled', path, message, { help: `modelled: ${words.map(ticked).join(', ')}` }),
    ];
  }
  const isRegion = issue.path.length === 1 && path[0] === 'region' && words.length > 0;
  const [said = '', remedy = ''] = issue.message.split('\n');
  if (value === null) return [emptyValue(path, issue.message.includes('\n') ? said : '')];
  const help =
    wordHelp(value, words) ??
    mapHelp(refusal, issue, value) ??
    (remedy === '' ? slipHelp(issue, value, nodes) : remedy) ??
    (isRegion ? 'take the one most like it, and give its own prices under `billing.prices`' : '');
  const code = isRegion ? 'unknown-region' : 'invalid-value';
  const always = help === '' ? remedyOf(path.at(-1), value, nodes, words) : help;
  return [problem(code, path, messageOf(issue, path, value, nodes, said), { help: always })];
}

/** The name of a platform, stream or workload that is none. */
function wrongName(issue: Issue): Problem {
  const path = written(issue.path);
  const fault = issue.issues?.[0]?.message.split('\n')[0] ?? 'must be a name';
  const message = `the name ${ticked(String(path.at(-1)))} in ${pathText(path.slice(0, -1))} ${fault}`;
  return problem('invalid-name', path, message, { at: 'key', help: '1 to 64 printable characters' });
}

function emptyValue(path: Path, said: string): Problem {
  const help = said.startsWith('must be') ? `it ${said}` : 'give it a value, or remove the key';
  return problem('invalid-value', path, `${pathText(path)} has no value`, { at: 'key', help });
}

function messageOf(
  issue: Issue,
  path: Path,
  value: unknown,
  nodes: Parameters<typeof expectation>[1],
  said: string,
): string {
  const asked =
    issue.options !== undefined
      ? either(issue.options.map((each) => ticked(String(each))))
      : issue.message.includes('\n')
        ? null
        : expectation(issue, nodes);
  if (asked !== null) return `${pathText(path)} must be ${asked}, not ${shown(value)}`;
  const isClause = /^(must|is|has|needs|cannot) /.test(said);
  const words = issue.values === undefined && typeof value !== 'object' ? allowedWords(nodes) : [];
  if (words.length > 0 && said.startsWith('must be ')) {
    const all = [said.slice('must be '.length), ...words.map(ticked)];
    return `${pathText(path)} must be ${either(all)}, not ${shown(value)}`;
  }
  return isClause ? `${pathText(path)} ${said}, not ${shown(value)}` : `${pathText(path)}: ${said}`;
}

function wordHelp(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value !== 'string') return undefined;
  const near = nearest(value, words);
  return near === undefined ? undefined : `did you mean ${ticked(near)}?`;
}

/**
 * What to write where a map may stand and a word stands: the word may be the map's tag, as in `cpu:
 * lognormal`.
 */
function mapHelp(refusal: Refusal, issue: Issue, value: unknown): string | undefined {
  if (isMap(value)) return undefined;
  const maps = refusal.lookup.mapsAt(issue.path as Path, refusal.root);
  for (const [key, { const: tag }] of maps.flatMap((map) => Object.entries(map.properties ?? {}))) {
    if (tag !== undefined && tag === value) return `write it as \`{ ${key}: ${value}, … }\``;
  }
  if (issue.code !== 'invalid_type' || issue.expected !== 'object' || maps.length !== 1) return undefined;
  return keysHelp(Object.keys(maps[0]?.properties ?? {}));
}

function slipHelp(
  issue: Issue,
  value: unknown,
  nodes: readonly { description?: string }[],
): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  const description = nodes.map((node) => node.description ?? '').join(' ');
  const wantsNumber = issue.expected === 'number' || issue.expected === 'int';
  if (wantsNumber && typeof value === 'string') return numberSlip(value, description);
  if (issue.expected === 'boolean') return booleanSlip(String(value));
  if (issue.expected === 'string' && typeof value === 'number') return `put quotes around it: \`"${value}"\``;
  if (issue.expected === 'array' && typeof value === 'string') return `write a list: \`['${value}']\``;
  return undefined;
}

/** Numbers that no double holds exactly, where the schema did not say so itself. */
export function absurdNumbers(value: unknown, path: Path = []): Problem[] {
  if (typeof value === 'number') {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return [];
    const help = `numbers go from -${Number.MAX_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`;
    return [
      problem('invalid-value', path, `${pathText(path)} is ${ticked(value)}, which is out of range`, {
        help,
      }),
    ];
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => absurdNumbers(each, [...path, index]));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => absurdNumbers(each, [...path, unshieldKey(key)]));
}
