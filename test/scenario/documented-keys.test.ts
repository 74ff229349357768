import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../sim/scenario/json-schema.ts';

/** Names of all properties that a JSON Schema knows, wherever they stand. */
function propertyNames(schema: unknown, names = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return names;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name);
    propertyNames(value, names);
  }
  return names;
}

describe('docs/scenario-files.md', () => {
  const text = readFileSync(new URL('../../docs/scenario-files.md', import.meta.url), 'utf8');
  const names = [...propertyNames(scenarioJsonSchema())].filter((name) => !/^p\d+$/.test(name)).sort();

  it.each(names)('names the key %s', (name) => {
    expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
