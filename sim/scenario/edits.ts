import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
} from 'yaml';
import { nearest } from '../problems/nearest.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { SourceSpan } from '../problems/source-map.ts';
import { ticked } from '../problems/words.ts';
import type { EditSpans } from './scenario-source.ts';
import { guardYaml } from './yaml-guard.ts';
import { keyText } from './yaml-values.ts';

/** One `--set path=value` of the command line. The value is YAML: `512`, `50/s`, `[arm64]`. */
export interface Edit {
  /** As `platforms.lambda.memorySize` or `traffic.*.stages[1].target`; `*` means every one there is. */
  readonly path: string;
  readonly value: string;
}

export const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  prettyErrors: false,
  uniqueKeys: false,
  stringKeys: false,
} as const;

const EDIT_CHARACTERS_MAX = 10_000;
/** Their keys are names that people chose: an edit changes one, and never adds one by a slip. */
const NAMED = ['platforms', 'traffic', 'workloads'];

/** An edit that cannot be made, in words. */
class EditFault {
  readonly code: string;
  readonly message: string;
  readonly help: string;

  constructor(code: string, message: string, help: string) {
    this.code = code;
    this.message = message;
    this.help = help;
  }
}

/** Applies edits to a document, in order. `spans` learns where each new node stands on the command line. */
export function applyEdits(document: Document, edits: readonly Edit[], spans: EditSpans): Problem[] {
  return edits.flatMap((edit) => {
    const fault = applyEdit(document, edit, spans);
    if (fault === null) return [];
    const file = { name: `--set ${edit.path}=${edit.value}` };
    return [problem(fault.code, [], fault.message, { file, help: fault.help })];
  });
}

function applyEdit(document: Document, edit: Edit, spans: EditSpans): EditFault | null {
  if (!isMap(document.contents))
    return new EditFault('unknown-path', 'there is nothing to set in an empty scenario', 'fill the file');
  const parts = splitPath(edit.path);
  if (parts === null) {
    return new EditFault(
      'bad-edit',
      `${ticked(edit.path)} is no path`,
      'write it as `platforms.lambda.memorySize`',
    );
  }
  const targets = expand(document.contents, parts, []);
  if (targets instanceof EditFault) return targets;
  for (const target of targets) {
    const value = readValue(edit.value);
    if (value instanceof EditFault) return value;
    mark(value, spans, spanOf(edit, edit.path.length + 1, edit.value.length));
    const last = edit.path.lastIndexOf(target.at(-1) ?? '');
    const keySpan = spanOf(edit, Math.max(0, last), target.at(-1)?.length ?? 1);
    const fault = put(document.contents, target, value, (key) => spans.set(key, keySpan));
    if (fault !== null) return fault;
  }
  return null;
}

/** `a.b[2]."c.d"` as parts; quotes hold dots together. Null for what is no path. */
function splitPath(path: string): string[] | null {
  if (path.length > 500) return null;
  const parts: string[] = [];
  const part = /(?:^|\.)"([^"]+)"|(?:^|\.)([^."[\]]+)|\[(\d{1,6})\]/y;
  while (part.lastIndex < path.length) {
    const match = part.exec(path);
    if (match === null) return null;
    parts.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return parts.length === 0 ? null : parts;
}

function childrenOf(node: unknown): string[] {
  if (isMap(node)) return node.items.flatMap((pair) => keyText(pair.key) ?? []);
  return isSeq(node) ? node.items.map((_, index) => String(index)) : [];
}

function childOf(node: unknown, part: string): unknown {
  if (isMap(node)) return node.items.find((pair) => keyText(pair.key) === part)?.value;
  return isSeq(node) && /^\d{1,6}$/.test(part) ? node.items[Number(part)] : undefined;
}

/** Replaces `*` by what is there, and joins parts that together are a key with dots. */
function expand(node: unknown, parts: readonly string[], before: readonly string[]): string[][] | EditFault {
  const [head, ...rest] = parts;
  if (head === undefined) return [[...before]];
  if (head !== '*') {
    const count = longestKey(node, parts);
    const key = parts.slice(0, count).join('.');
    return expand(childOf(node, key), parts.slice(count), [...before, key]);
  }
  const children = childrenOf(node);
  if (children.length === 0) {
    return new EditFault(
      'unknown-path',
      `there is nothing below ${ticked(before.join('.') || 'the scenario')}`,
      'name a key that the file has, or set the whole of it',
    );
  }
  const fitting = children.filter(
    (child) => rest.length === 0 || childOf(childOf(node, child), rest[0] ?? '') !== undefined,
  );
  const targets: string[][] = [];
  for (const child of fitting.length > 0 ? fitting : children) {
    const below = expand(childOf(node, child), rest, [...before, child]);
    if (below instanceof EditFault) return below;
    targets.push(...below);
  }
  return targets;
}

function longestKey(node: unknown, parts: readonly string[]): number {
  const children = childrenOf(node);
  for (let count = parts.length; count > 1; count--) {
    if (children.includes(parts.slice(0, count).join('.'))) return count;
  }
  return 1;
}

function readValue(text: string): Node | EditFault {
  if (text.length > EDIT_CHARACTERS_MAX || guardYaml(text) !== null) {
    return new EditFault('bad-edit', 'the value is too large', 'put it into the file');
  }
  const document = parseDocument(text, YAML_OPTIONS);
  if (document.errors.length > 0) {
    return new EditFault('bad-edit', `${ticked(text)} is no YAML value`, 'quote it, or check its brackets');
  }
  return document.contents ?? new Scalar(null);
}

function spanOf(edit: Edit, start: number, length: number): SourceSpan {
  const text = `${edit.path}=${edit.value}`;
  const place = `--set ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`;
  return { place, line: null, column: start + 1, text, start, end: start + Math.max(1, length) };
}

function mark(node: Node, spans: EditSpans, span: SourceSpan): void {
  visit(node, (_, each) => {
    if (isNode(each)) spans.set(each, span);
  });
}

/** Sets the value at a path; maps that are missing on the way are made, and the schema judges their keys. */
function put(
  root: Node,
  target: readonly string[],
  value: Node,
  markKey: (key: Node) => void,
): EditFault | null {
  let node: unknown = root;
  for (const [depth, part] of target.entries()) {
    const isLast = depth === target.length - 1;
    const fault = obstacle(node, target, depth, isLast);
    if (fault !== null) return fault;
    if (isSeq(node)) {
      if (isLast) node.items[Number(part)] = value;
      node = node.items[Number(part)];
    } else if (isMap(node)) {
      node = enter(node, part, isLast ? value : null, markKey);
    }
  }
  return null;
}

/**
 * The value at a key of a map: replaced by `value` if there is one, made an empty map where it is missing.
 */
function enter(map: YAMLMap, part: string, value: Node | null, markKey: (key: Node) => void): unknown {
  const pair = map.items.find((each) => keyText(each.key) === part);
  const missing = pair === undefined || (isScalar(pair.value) && pair.value.value === null);
  if (value === null && !missing) return pair.value;
  const next = value ?? new YAMLMap();
  if (pair !== undefined) pair.value = next;
  else {
    const key = new Scalar(part);
    markKey(key);
    map.items.push(new Pair(key, next));
  }
  return next;
}

/** Why a path cannot be followed at one of its parts; null when it can. */
function obstacle(
  node: unknown,
  target: readonly string[],
  depth: number,
  isLast: boolean,
): EditFault | null {
  const part = target[depth] ?? '';
  const above = ticked(target.slice(0, depth).join('.'));
  if (isSeq(node)) {
    if (/^\d{1,6}$/.test(part) && Number(part) < node.items.length) return null;
    const help = node.items.length === 0 ? 'the list is empty' : `the last one is [${node.items.length - 1}]`;
    return new EditFault('unknown-path', `${above} has no item ${ticked(part)}`, help);
  }
  if (!isMap(node)) {
    const text = isScalar(node) ? String(node.value) : 'an alias';
    return new EditFault(
      'unknown-path',
      `${above} is ${ticked(text)} and has no keys`,
      'set the whole of it',
    );
  }
  const children = childrenOf(node);
  if (depth !== 1 || isLast || !NAMED.includes(target[0] ?? '') || children.includes(part)) return null;
  const near = nearest(part, children);
  const help =
    near === undefined ? `there are: ${children.map(ticked).join(', ')}` : `did you mean ${ticked(near)}?`;
  return new EditFault('unknown-path', `there is no ${ticked(part)} in ${above}`, help);
}
