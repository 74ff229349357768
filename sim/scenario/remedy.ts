import { ticked } from '../problems/words.ts';
import { isMap } from './names.ts';
import type { SchemaNode } from './schema-lookup.ts';

/** What a person may write instead of a refused value, where nothing nearer to what they meant is known. */
export function remedyOf(
  key: string | number | undefined,
  value: unknown,
  nodes: readonly SchemaNode[],
  words: readonly string[],
): string {
  const entry = (example: unknown) => {
    const text = typeof example === 'string' ? example : JSON.stringify(example);
    return ticked(typeof key === 'string' ? `${key}: ${text}` : text);
  };
  const number = nodes.find(({ type }) => type === 'integer' || type === 'number');
  const bound = number === undefined ? null : boundOf(number, value);
  if (bound !== null) return `${bound.what} is ${entry(bound.limit)}`;
  const example = nodes.flatMap(({ examples }) => examples ?? []).at(0);
  if (words.length === 1) return `write ${entry(words[0])}`;
  if (words.length > 1) return `write one of them, as ${entry(words[0])}`;
  if (example !== undefined) return `write it as ${entry(example)}`;
  const description = nodes.find((node) => node.description !== undefined)?.description;
  if (description !== undefined) return `it says: ${description}`;
  return isMap(value) ? 'write a single value' : 'write another value, or leave the key out for its default';
}

/** The limit that a number has passed; null where it has passed none, or is no number. */
function boundOf(node: SchemaNode, value: unknown): { what: string; limit: number } | null {
  if (typeof value !== 'number' || Number.isNaN(value)) return null;
  const { minimum, maximum } = node;
  if (maximum !== undefined && value > maximum) return { what: 'the most', limit: maximum };
  if (minimum !== undefined && value < minimum) return { what: 'the least', limit: minimum };
  return null;
}
