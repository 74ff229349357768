import { stringify } from 'yaml';
import type { Scenario } from './scenario.ts';

/** A resolved scenario as a file that can be read back: `parseScenario` gives the same scenario again. */
export function printScenario(scenario: Scenario, form: 'yaml' | 'json'): string {
  if (form === 'json') return `${JSON.stringify(scenario, null, 2)}\n`;
  return stringify(scenario, { version: '1.2', schema: 'core', aliasDuplicateObjects: false, lineWidth: 0 });
}
