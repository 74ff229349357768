import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { type Path, type Problem, problem } from '../problems/problem.ts';
import { ticked } from '../problems/words.ts';
import { PROTO_STAND_IN, shieldKey } from './names.ts';

const DEPTH_MAX = 64;
const NODES_MAX = 100_000;
const ALIASES_MAX = 100;
const TEXT_CHARACTERS_MAX = 256;
const DESCRIPTION_CHARACTERS_MAX = 2_000;

/**
 * A key as the file has it: `1.0` stays `1.0`. Null for a key that is no plain word: a list, a map,
 * nothing.
 */
export function keyText(key: unknown): string | null {
  if (!isScalar(key)) return null;
  if (typeof key.value === 'string') return key.value;
  if (key.value === null) return null;
  return key.source ?? String(key.value);
}

/** A list of problems about a document's form, with what is needed to read it. */
interface Reading {
  readonly anchors: Map<string, Node>;
  readonly opened: Set<Node>;
  readonly problems: Problem[];
  /** Tells at which line and column a node stands, where a path could not. */
  readonly placeOf: (node: unknown) => Pick<Problem, 'file'>;
  nodes: number;
  aliases: number;
  halted: boolean;
}

/**
 * Turns a YAML document into plain values: maps, lists, texts, numbers. Everything that could run code,
 * hide a value or grow without bound is refused on the way. Duplicate keys keep their first value.
 */
export function readValues(
  document: Document,
  placeOf: (node: unknown) => Pick<Problem, 'file'>,
): { value: unknown; problems: Problem[] } {
  const reading: Reading = {
    anchors: new Map(),
    opened: new Set(),
    problems: [],
    placeOf,
    nodes: 0,
    aliases: 0,
    halted: false,
  };
  return { value: read(reading, document.contents, []), problems: reading.problems };
}

function halt(reading: Reading, code: string, path: Path, message: string, help: string): undefined {
  if (!reading.halted) reading.problems.push(problem(code, path, message, { help }));
  reading.halted = true;
  return undefined;
}

function read(reading: Reading, node: unknown, path: Path): unknown {
  if (reading.halted || !isNode(node)) return null;
  if (++reading.nodes > NODES_MAX) {
    return halt(reading, 'too-large', path, 'the scenario has too many parts', `at most ${NODES_MAX} values`);
  }
  if (path.length > DEPTH_MAX) {
    return halt(reading, 'too-deep', path, 'the file is nested too deeply', `at most ${DEPTH_MAX} levels`);
  }
  if (isAlias(node)) return readAlias(reading, node, path);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, node);
  if (typeof node.tag === 'string') {
    const help = 'remove it: a scenario is plain data';
    reading.problems.push(
      problem('tag-not-allowed', path, `the tag ${ticked(node.tag)} is not allowed`, { help }),
    );
    return undefined;
  }
  if (isScalar(node)) return readScalar(reading, node.value, path);
  reading.opened.add(node);
  const value = isMap(node) ? readMap(reading, node.items, path) : readList(reading, node, path);
  reading.opened.delete(node);
  return value;
}

function readAlias(reading: Reading, alias: Node & { source: string }, path: Path): unknown {
  const target = reading.anchors.get(alias.source);
  if (target === undefined) {
    const help = 'an anchor (`&name`) comes before its alias (`*name`)';
    const message = `the alias ${ticked(`*${alias.source}`)} repeats nothing`;
    reading.problems.push(problem('bad-yaml', path, message, { help }));
    return undefined;
  }
  if (reading.opened.has(target)) {
    const message = `the alias ${ticked(`*${alias.source}`)} stands inside what it repeats`;
    return halt(reading, 'too-many-aliases', path, message, 'write the value out');
  }
  if (++reading.aliases > ALIASES_MAX) {
    return halt(
      reading,
      'too-many-aliases',
      path,
      'too many aliases',
      `at most ${ALIASES_MAX}; write the values out`,
    );
  }
  return read(reading, target, path);
}

function readScalar(reading: Reading, value: unknown, path: Path): unknown {
  if (typeof value !== 'string') return value;
  const limit = path.at(-1) === 'description' ? DESCRIPTION_CHARACTERS_MAX : TEXT_CHARACTERS_MAX;
  if (value.length <= limit) return value;
  const message = `a text of ${value.length} characters is too long`;
  reading.problems.push(problem('too-long', path, message, { help: `at most ${limit} characters` }));
  return undefined;
}

function readList(reading: Reading, node: Node, path: Path): unknown[] {
  return isSeq(node) ? node.items.map((item, index) => read(reading, item, [...path, index])) : [];
}

function readMap(reading: Reading, pairs: readonly Pair[], path: Path): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const { key, value } of pairs) {
    const text = keyText(key);
    const fault = keyFault(key, text, seen);
    if (fault !== null) {
      const { code, message, help } = fault;
      const at = text === null ? path : [...path, text];
      reading.problems.push(problem(code, at, message, { at: 'key', help, ...reading.placeOf(key) }));
    } else if (text !== null) {
      seen.add(text);
      map[shieldKey(text)] = read(reading, value, [...path, text]);
    }
  }
  return map;
}

function keyFault(key: unknown, text: string | null, seen: Set<string>) {
  if (text === null) {
    return { code: 'bad-key', message: 'a key must be a word', help: 'write `key: value`' };
  }
  if (text.length > TEXT_CHARACTERS_MAX) {
    return {
      code: 'too-long',
      message: 'a key is too long',
      help: `at most ${TEXT_CHARACTERS_MAX} characters`,
    };
  }
  if (text === PROTO_STAND_IN) {
    return {
      code: 'invalid-name',
      message: 'a key has private-use characters',
      help: 'printable characters',
    };
  }
  if (text === '<<' && isScalar(key) && key.type === 'PLAIN') {
    return { code: 'merge-key', message: 'merge keys (`<<`) are not supported', help: 'write the keys out' };
  }
  if (isScalar(key) && typeof key.tag === 'string') {
    return {
      code: 'tag-not-allowed',
      message: `the tag ${ticked(key.tag)} is not allowed`,
      help: 'remove it',
    };
  }
  if (seen.has(text)) {
    return {
      code: 'duplicate-key',
      message: `the key ${ticked(text)} is given twice`,
      help: 'remove one of them',
    };
  }
  return null;
}
