import { describe, expect, it } from 'vitest';
import { resultJsonSchema, scenarioJsonSchema } from '../../sim/scenario/json-schema.ts';
import type { SchemaNode } from '../../sim/scenario/schema-lookup.ts';
import { vocabulary } from '../../sim/scenario/vocabulary.ts';

type Visit = (node: SchemaNode, where: string, isKey: boolean) => void;

/** Walks every schema of a JSON Schema; `isKey` says that it is what a key of a map may hold. */
function walk(node: SchemaNode, where: string, visit: Visit, isKey = false): void {
  visit(node, where, isKey);
  for (const [key, each] of Object.entries(node.properties ?? {})) walk(each, `${where}.${key}`, visit, true);
  for (const [key, each] of Object.entries(node.definitions ?? {})) walk(each, `${where}#${key}`, visit);
  for (const each of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])])
    walk(each, where, visit);
  const { items, additionalProperties: rest } = node;
  if (typeof items === 'object' && !Array.isArray(items)) walk(items as SchemaNode, `${where}[]`, visit);
  if (typeof rest === 'object') walk(rest, `${where}.*`, visit);
}

describe('the JSON Schema of scenarios', () => {
  const schema = scenarioJsonSchema();

  it('is draft-07, which every editor takes', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
  });

  it('describes every key', () => {
    const silent: string[] = [];
    let keys = 0;
    walk(schema, '', (node, where, isKey) => {
      if (!isKey) return;
      keys++;
      if ((node.description ?? '').trim() === '') silent.push(where);
    });
    expect(silent).toEqual([]);
    expect(keys).toBeGreaterThan(200);
  });

  it('forbids unknown keys everywhere but where names and thresholds stand', () => {
    const open: string[] = [];
    walk(schema, '', (node, where) => {
      if (node.properties !== undefined && node.additionalProperties !== false) open.push(where);
    });
    expect(open).toEqual(['.thresholds']);
  });

  it('asks only for what has no default', () => {
    expect(schema.required).toEqual(['version', 'traffic', 'platforms']);
  });

  it.each([
    ['platforms', 'type', vocabulary.platforms.map((each) => each.type)],
    ['traffic', 'executor', vocabulary.trafficModels.map((each) => each.executor)],
  ])(
    'offers %s by their %s, each with a constant, so that editors complete inside one',
    (key, tag, names) => {
      const union = schema.properties?.[key]?.additionalProperties as SchemaNode;
      const members = union.oneOf ?? union.anyOf ?? [];
      expect(members.map((member) => member.properties?.[tag]?.const).toSorted()).toEqual(names.toSorted());
    },
  );
});

describe('the JSON Schema of results', () => {
  it('is draft-07 and closed', () => {
    const schema = resultJsonSchema();
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      additionalProperties: false,
    });
    expect(Object.keys(schema.properties ?? {})).toContain('platforms');
  });
});
