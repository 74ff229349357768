import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../sim/scenario/json-schema.ts';
import { isMap } from '../../sim/scenario/names.ts';
import type { SchemaNode } from '../../sim/scenario/schema-lookup.ts';
import { vocabulary } from '../../sim/scenario/vocabulary.ts';

type Defaults = { readonly path: string; readonly text: string }[];

/** As documents write a value: `300s`, `false`, `[a, b, c]`; maps are told in prose. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  return isMap(value) ? JSON.stringify(value) : String(value);
}

/** Every default of a schema, by its path. */
function defaultsOf(node: SchemaNode, path = ''): Defaults {
  const own = 'default' in node ? [{ path, text: written(node.default) }] : [];
  const inside = Object.entries(node.properties ?? {}).flatMap(([key, each]) =>
    defaultsOf(each, `${path}.${key}`),
  );
  const members = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((each) => defaultsOf(each, path));
  const { items, additionalProperties: names } = node;
  return [
    ...own,
    ...inside,
    ...members,
    ...(isMap(items) ? defaultsOf(items as SchemaNode, path) : []),
    ...(isMap(names) ? defaultsOf(names as SchemaNode, path) : []),
  ];
}

const schema = scenarioJsonSchema();
const platforms = schema.properties?.platforms?.additionalProperties as SchemaNode;
const PLAIN = /^(?:[\w./:-]+|\[[^\]]*\]|{})$/;
/** Words for a list or a map with nothing in it, and words that say that there is no default. */
const EMPTY = ['none', 'nothing'];
const NO_DEFAULT = ['required', 'unknown'];

interface Statement {
  readonly key: string;
  readonly text: string;
}

/** What the tables of a document say that begin with `| key | default |` or `| option | default |`. */
function* statementsOf(document: string): Iterable<Statement> {
  let isDefaults = false;
  for (const line of document.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length < 4) isDefaults = false;
    else if (/^(key|option)$/.test(cells[1]!)) isDefaults = cells[2] === 'default';
    else if (isDefaults) yield* rowStatements(cells[1]!, cells[2]!);
  }
}

/** One value for all keys of a row, or one each. */
function* rowStatements(keyCell: string, cell: string): Iterable<Statement> {
  const keys = [...keyCell.matchAll(/`…?([\w.]+)`/g)].map((match) => match[1]!);
  const texts = cell.startsWith('[') ? [cell] : cell.split(', ');
  if (texts.length !== 1 && texts.length !== keys.length) return;
  for (const [index, key] of keys.entries()) {
    const text = texts[texts.length === 1 ? 0 : index]!;
    if (PLAIN.test(text) && !NO_DEFAULT.includes(text)) yield { key, text };
  }
}

/** What a document says of keys that have a default: those that it says otherwise than the schema. */
function wrong(statements: Iterable<Statement>, defaults: Defaults): { checked: number; wrong: string[] } {
  let checked = 0;
  const differing = [...statements].flatMap(({ key, text }) => {
    const suffix = key.startsWith('.') ? key : `.${key}`;
    const known = defaults.filter(({ path, text: told }) => path.endsWith(suffix) && !told.includes('{"'));
    if (known.length === 0) return [];
    checked++;
    const texts = [...new Set(known.map((each) => each.text))];
    const isEmpty = EMPTY.includes(text) && texts.some((each) => each === '[]' || each === '{}');
    return isEmpty || texts.includes(text) ? [] : [`${key}: ${text}, and it is ${texts.join(' or ')}`];
  });
  return { checked, wrong: differing };
}

const readmes = vocabulary.platforms.map(({ type }) => {
  const file = new URL(`../../sim/platforms/${type}/README.md`, import.meta.url);
  return [type, readFileSync(file, 'utf8')] as const;
});

describe('a default that a document states is that of the schema', () => {
  it.each(readmes)('README of %s', (type, readme) => {
    const member = [...(platforms.oneOf ?? []), ...(platforms.anyOf ?? [])].find(
      (each) => each.properties?.type?.const === type,
    );
    const outcome = wrong(statementsOf(readme), defaultsOf(member!));
    expect(outcome.wrong).toEqual([]);
    expect(outcome.checked).toBeGreaterThan(15);
  });

  it.each(readmes)(
    'README of %s: what AWS or Kubernetes defaults to has a source and its year',
    (_, readme) => {
      const rows = readme
        .split('\n')
        .filter((line) => /^\|.*\b(AWS|ECS|EC2|ELB|Kubernetes)'s defaults?\b/.test(line));
      expect(rows.filter((row) => !/\b20\d\d\b|\bsame\b/.test(row))).toEqual([]);
    },
  );

  it('docs/scenario-files.md', () => {
    const text = readFileSync(new URL('../../docs/scenario-files.md', import.meta.url), 'utf8');
    const inline = [...text.matchAll(/`(\w+)` \(([\w./:-]+)\)/g)].map(([, key, value]) => ({
      key: key!,
      text: value!,
    }));
    const outcome = wrong([...statementsOf(text), ...inline], defaultsOf(schema));
    expect(outcome.wrong).toEqual([]);
    expect(outcome.checked).toBeGreaterThan(30);
  });
});
