import { resultJsonSchema, scenarioJsonSchema } from '../../sim/scenario/json-schema.ts';
import { exitCodes } from '../exit-codes.ts';

export function schema(ofResult: boolean): number {
  const document = ofResult ? resultJsonSchema() : scenarioJsonSchema();
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  return exitCodes.passed;
}
