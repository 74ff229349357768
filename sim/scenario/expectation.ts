import { either, ticked } from '../problems/words.ts';
import { isMap } from './names.ts';
import type { SchemaNode } from './schema-lookup.ts';

/** The fields of a zod issue that are read; which there are depends on `code` (zod 4, `$ZodIssue`). */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: string;
  readonly format?: string;
  readonly origin?: string;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
  readonly issues?: readonly Issue[];
  readonly discriminator?: string;
  readonly options?: readonly unknown[];
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys',
  record: 'a map of keys',
  array: 'a list',
};

/** Integers of JSON Schemas are bounded by what a double holds; that is no bound worth telling. */
function isBound(bound: number | undefined): bound is number {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}

/** `a whole number from 128 to 10240`: what a schema node asks of a number. */
function numberPhrase(node: SchemaNode): string {
  const noun = node.type === 'integer' ? 'a whole number' : 'a number';
  const low = isBound(node.minimum) ? node.minimum : undefined;
  const high = isBound(node.maximum) ? node.maximum : undefined;
  if (low !== undefined && high !== undefined) return `${noun} from ${low} to ${high}`;
  const parts: string[] = [];
  if (low !== undefined) parts.push(`at least ${low}`);
  if (isBound(node.exclusiveMinimum)) parts.push(`more than ${node.exclusiveMinimum}`);
  if (high !== undefined) parts.push(`at most ${high}`);
  if (isBound(node.exclusiveMaximum)) parts.push(`less than ${node.exclusiveMaximum}`);
  return parts.length === 0 ? noun : `${noun}, ${parts.join(' and ')}`;
}

function sizePhrase(low: number | undefined, high: number | undefined, things: string): string {
  if (low !== undefined && low === high) return `exactly ${low} ${low === 1 ? things.slice(0, -1) : things}`;
  if (low === undefined) return `at most ${high ?? 0} ${things}`;
  return high === undefined ? `at least ${low} ${things}` : `${low} to ${high} ${things}`;
}

/** The words and constants that a schema node allows. */
export function allowedWords(nodes: readonly SchemaNode[]): string[] {
  return nodes.flatMap((node) => node.enum ?? (node.const === undefined ? [] : [node.const])).map(String);
}

/**
 * What an issue asks for, after "must be": `a whole number from 128 to 10240`. Null when it says so itself.
 */
export function expectation(issue: Issue, nodes: readonly SchemaNode[]): string | null {
  const number = nodes.find((node) => node.type === 'integer' || node.type === 'number');
  switch (issue.code) {
    case 'invalid_value':
      return either((issue.values ?? []).map((each) => ticked(String(each))));
    case 'invalid_type':
      if (number !== undefined && (issue.expected === 'number' || issue.expected === 'int'))
        return numberPhrase(number);
      return NOUNS[issue.expected ?? ''] ?? 'something else';
    case 'too_small':
    case 'too_big':
    case 'not_multiple_of':
      return sizeExpectation(issue, nodes, number);
    default:
      return null;
  }
}

function sizeExpectation(
  issue: Issue,
  nodes: readonly SchemaNode[],
  number: SchemaNode | undefined,
): string | null {
  if (issue.origin === 'array') {
    const list = nodes.find((node) => node.type === 'array');
    return list === undefined ? null : `a list of ${sizePhrase(list.minItems, list.maxItems, 'items')}`;
  }
  if (issue.origin === 'string') {
    const text = nodes.find((node) => node.type === 'string');
    return text === undefined
      ? null
      : `a text of ${sizePhrase(text.minLength, text.maxLength, 'characters')}`;
  }
  return number === undefined ? null : numberPhrase(number);
}

/** How a wrong value is told: itself when short, else what kind of thing it is. */
export function shown(value: unknown): string {
  if (value === '') return 'an empty text';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return ticked(value);
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  return isMap(value) ? 'a map' : 'something else';
}
