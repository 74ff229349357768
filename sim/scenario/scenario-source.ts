import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import type { Path } from '../problems/problem.ts';
import type { SourceMap, SourceSpan } from '../problems/source-map.ts';
import type { TextLines } from '../problems/text-lines.ts';
import { keyText } from './yaml-values.ts';

/** A key and its value as they stand in a document; a list's item has no key. */
interface Place {
  readonly key: unknown;
  readonly value: unknown;
}

/** Nodes that came from the command line and not from the file, and where they stand there. */
export type EditSpans = WeakMap<object, SourceSpan>;

/** The source map of a parsed scenario. `edits` says which nodes the command line put in. */
export class ScenarioSource implements SourceMap {
  readonly fileName: string;
  readonly #lines: TextLines;
  readonly #document: Document | null;
  readonly #edits: EditSpans;

  constructor(fileName: string, lines: TextLines, document: Document | null, edits: EditSpans) {
    this.fileName = fileName;
    this.#lines = lines;
    this.#document = document;
    this.#edits = edits;
  }

  locate(path: Path, at: 'key' | 'value'): SourceSpan | null {
    if (this.#document === null) return null;
    const { place, whole } = this.#find(this.#document, path);
    const value = this.spanOf(place.value);
    const wantsKey = at === 'key' || !whole || value === null || this.#isEmpty(place.value);
    return (wantsKey ? (this.spanOf(place.key) ?? value) : value) ?? this.#lines.span(0, 1);
  }

  spanAt(line: number, column: number): SourceSpan | null {
    return this.#lines.wordAt(line, column);
  }

  /** Where a node stands: one line of it, and nothing for a block that begins below its key. */
  spanOf(node: unknown): SourceSpan | null {
    if (!isNode(node)) return null;
    const edited = this.#edits.get(node);
    if (edited !== undefined) return edited;
    return node.range ? this.#lines.span(node.range[0], node.range[1]) : null;
  }

  #isEmpty(node: unknown): boolean {
    if (isScalar(node)) return node.value === null && (node.source ?? '') === '';
    return (isMap(node) || isSeq(node)) && node.flow !== true;
  }

  /** Follows a path as far as it leads. `whole` is false when it ends before the path does. */
  #find(document: Document, path: Path): { place: Place; whole: boolean } {
    let place: Place = { key: firstKey(document.contents), value: document.contents };
    for (const part of path) {
      const next = step(this.#follow(document, place.value), part);
      if (next === null) return { place, whole: false };
      place = next;
    }
    return { place, whole: true };
  }

  #follow(document: Document, node: unknown): unknown {
    return isAlias(node) ? node.resolve(document) : node;
  }
}

function firstKey(node: Node | null): unknown {
  return isMap(node) ? node.items[0]?.key : undefined;
}

function step(node: unknown, part: string | number): Place | null {
  if (isMap(node)) {
    const pair = node.items.find((each) => keyText(each.key) === String(part));
    return pair === undefined ? null : { key: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
    return { key: undefined, value: node.items[part] };
  }
  return null;
}
