import { printScenario } from '../../sim/scenario/print.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadSubject } from '../load-subject.ts';
import { displayName, NamedFiles, readScenarioFile } from '../scenario-file.ts';

/** Checks scenario files whole, the files that they name too. @returns the exit code */
export function validate(options: {
  files: readonly string[];
  resolved: boolean;
  json: boolean;
  allowPath: readonly string[];
}): number {
  let allGood = true;
  for (const file of options.files) {
    const named = new NamedFiles(file, options.allowPath);
    const subject = loadSubject(readScenarioFile(file), {
      fileName: displayName(file),
      readFile: named.read,
    });
    if (subject === null) allGood = false;
    else if (options.resolved)
      process.stdout.write(printScenario(subject.scenario, options.json ? 'json' : 'yaml'));
    else process.stdout.write(`${displayName(file)}: valid\n`);
  }
  return allGood ? exitCodes.passed : exitCodes.invalid;
}
