import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scenarioJsonSchema } from '../../sim/scenario/json-schema.ts';
import { CommandError, systemReason } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { makeFolder } from '../output-folder.ts';

/** Templates are the scenarios that the package ships: dist/cli.js stands beside scenarios/. */
const SCENARIOS = fileURLToPath(new URL('../scenarios/', import.meta.url));
const TEMPLATES = ['image-resize'];

/** Writes a scenario and the JSON Schema that editors complete it with; never over a file. */
export function init(folder: string, template: string): number {
  if (!TEMPLATES.includes(template)) {
    throw new CommandError('unknown-template', `there is no template \`${template}\``, {
      help: `templates: ${TEMPLATES.join(', ')}`,
    });
  }
  const source = readdirSync(SCENARIOS).includes(`${template}.yaml`)
    ? join(SCENARIOS, `${template}.yaml`)
    : null;
  if (source === null) throw new Error(`the package lacks its template ${basename(template)}`);
  try {
    makeFolder(folder);
    writeNew(join(folder, 'scenario.yaml'), readFileSync(source, 'utf8'));
    writeNew(join(folder, 'scenario.schema.json'), `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError('unwritable-output', `cannot write to ${folder}: ${systemReason(error)}`, {
      help: 'choose another folder: `breakeven init DIR`',
    });
  }
  const file = join(folder, 'scenario.yaml');
  process.stdout.write(`Wrote ${file} and its schema. Next: breakeven run ${file}\n`);
  return exitCodes.passed;
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CommandError('would-overwrite', `${file} exists already`, {
      help: 'choose another folder: `breakeven init DIR`',
    });
  }
}
