import { printScenario } from '../../sim/scenario/print.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadSubject } from '../load-subject.ts';
import { displayName, NamedFiles, readScenarioFile } from '../scenario-file.ts';

/** Checks scenario files whole, the files that they name too. @returns the exit code */
export function validate({
  files,
  resolved,
  json,
  allowPath,
}: {
  files: readonly string[];
  resolved: boolean;
  json: boolean;
  allowPath: readonly string[];
}): number {
  let allGood = true;
  let isFirst = true;
  for (const file of files) {
    const named = new NamedFiles(file, allowPath);
    const options = { fileName: displayName(file), readFile: named.read };
    const subject = loadSubject(readScenarioFile(file), options, true);
    if (subject === null) allGood = false;
    else if (resolved) {
      // Documents of one YAML stream; values of JSON need nothing between them.
      if (!(json || isFirst)) process.stdout.write('---\n');
      process.stdout.write(printScenario(subject.scenario, json ? 'json' : 'yaml'));
      isFirst = false;
    } else process.stdout.write(`${displayName(file)}: valid\n`);
  }
  return allGood ? exitCodes.passed : exitCodes.invalid;
}
