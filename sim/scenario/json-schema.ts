import { z } from 'zod';
import { resultSchema } from '../result/result.ts';
import { type ScenarioSchema, scenarioSchemaOf } from './schema.ts';
import type { SchemaNode } from './schema-lookup.ts';
import { vocabulary } from './vocabulary.ts';

export type JsonSchema = SchemaNode & Readonly<Record<string, unknown>>;

/** Puts a schema that is only a reference to one of its definitions in the place of the reference. */
function atRoot(schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.replace('#/definitions/', '');
  if (name === undefined || schema.definitions === undefined) return schema;
  const { $ref: _, ...rest } = schema;
  const { [name]: root, ...definitions } = schema.definitions;
  return { ...rest, ...root, definitions };
}

/** Draft-07, because editors' YAML servers take it from their oldest installs on; of what a person writes. */
export function inputJsonSchema(schema: ScenarioSchema): JsonSchema {
  return atRoot(
    z.toJSONSchema(schema, { target: 'draft-07', io: 'input', unrepresentable: 'any' }) as JsonSchema,
  );
}

/**
 * The JSON Schema of scenario files, for editors. Rules across keys are not in it: `validate` checks them.
 */
export function scenarioJsonSchema(): JsonSchema {
  return inputJsonSchema(scenarioSchemaOf(vocabulary));
}

/** The JSON Schema of `result.json`, as it is written. */
export function resultJsonSchema(): JsonSchema {
  return atRoot(z.toJSONSchema(resultSchema, { target: 'draft-07', io: 'output' }) as JsonSchema);
}
