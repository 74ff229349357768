import { explanations } from '../../sim/problems/explain.ts';
import { nearest } from '../../sim/problems/nearest.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';

export function explain(code: string): number {
  const known = Object.keys(explanations).sort();
  if (!Object.hasOwn(explanations, code)) {
    const near = nearest(code, known);
    throw new CommandError('unknown-code', `there is no error or warning code \`${code}\``, {
      help: near === undefined ? `codes: ${known.join(', ')}` : `did you mean \`${near}\`?`,
    });
  }
  process.stdout.write(`${explanations[code]!.trim()}\n`);
  return exitCodes.passed;
}
