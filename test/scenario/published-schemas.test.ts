import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resultJsonSchema, scenarioJsonSchema } from '../../sim/scenario/json-schema.ts';

describe.each([
  ['scenario.schema.json', scenarioJsonSchema],
  ['result.schema.json', resultJsonSchema],
])('scenarios/%s', (file, generate) => {
  it('is what the schemas in the sources make (else: npm run build && npm run schemas)', () => {
    const published = readFileSync(new URL(`../../scenarios/${file}`, import.meta.url), 'utf8');
    expect(published).toBe(`${JSON.stringify(generate(), null, 2)}\n`);
  });
});
