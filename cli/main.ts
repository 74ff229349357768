#!/usr/bin/env node
import yargs, { type Argv } from 'yargs';
import { version } from '../sim/version.ts';
import { exitCodes } from './exit-codes.ts';
import {
  initOptions,
  pricesOptions,
  repeatedOption,
  runOptions,
  schemaOptions,
  validateOptions,
} from './options.ts';
import { STANDARD_INPUT } from './standard-input.ts';

const USAGE = `$0 COMMAND

Simulates the same traffic on Lambda and on servers: what it costs, how fast it answers.`;
const EXIT_CODES = `Exit codes: 0 passed, 1 thresholds failed, 2 invalid or too much work: nothing
ran, 3 the answer cannot be trusted, 70 a bug of ours, 130 interrupted.`;

/** The command line is not one that we know. */
class UsageError extends Error {}

/** Takes the exit code of the command that ran. */
type Finish = (exitCode: number) => void;

/** Commands load what they need when they run: help and version stay quick. */
async function main(words: string[]): Promise<number> {
  let exitCode: number = exitCodes.passed;
  const finish: Finish = (code) => {
    exitCode = code;
  };
  const parser = yargs(words).scriptName('breakeven').usage(USAGE);
  await withLookups(withScenarios(parser, finish), finish)
    .option('debug', { type: 'boolean', default: false, describe: 'show stack traces', global: true })
    .demandCommand(1, 'name a command')
    .strict()
    .recommendCommands()
    .check((given) => {
      const name = repeatedOption(given);
      if (name !== undefined) throw new UsageError(`--${name} is given more than once`);
      return true;
    })
    .parserConfiguration({
      'parse-numbers': false,
      'duplicate-arguments-array': true,
      // `run --set a=1 scenario.yaml`: the file is not a second value.
      'greedy-arrays': false,
    })
    .wrap(Math.min(100, process.stdout.columns || 80))
    .epilogue(EXIT_CODES)
    .version(version)
    .locale('en')
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    })
    .parseAsync();
  return exitCode;
}

/** Commands about scenario files. */
function withScenarios(parser: Argv, finish: Finish): Argv {
  return parser
    .command(
      'init [dir]',
      'write a scenario to start from',
      (y) =>
        y
          .positional('dir', { type: 'string', default: '.', describe: 'folder, made if need be' })
          .options(initOptions),
      async ({ dir, template }) => finish((await import('./commands/init.ts')).init(dir, template)),
    )
    .command(
      'validate <files..>',
      'check scenario files without running them',
      (y) =>
        y.positional('files', { type: 'string', array: true, demandOption: true }).options(validateOptions),
      async (options) => finish((await import('./commands/validate.ts')).validate(options)),
    )
    .command(
      'run [file]',
      'simulate a scenario',
      (y) =>
        y
          .positional('file', { type: 'string', describe: 'scenario file, or - for standard input' })
          .options(runOptions),
      async (options) => finish(await (await import('./commands/run.ts')).run(options)),
    );
}

/** Commands that look something up. */
function withLookups(parser: Argv, finish: Finish): Argv {
  return parser
    .command('prices', 'show the price book', (y) =>
      y
        .command(
          ['list', '$0'],
          'list prices',
          (z) => z.options(pricesOptions),
          async (options) => finish((await import('./commands/prices.ts')).listPrices(options)),
        )
        .command(
          'show <name>',
          'show one price or instance type, with its source',
          (z) =>
            z
              .positional('name', { type: 'string', demandOption: true, describe: 'price id or type' })
              .options(pricesOptions),
          async (options) => finish((await import('./commands/prices.ts')).showPrice(options)),
        )
        .strict(),
    )
    .command(
      'schema',
      'print the JSON Schema of scenario files',
      (y) => y.options(schemaOptions),
      async ({ result }) => finish((await import('./commands/schema.ts')).schema(result)),
    )
    .command(
      'explain <code>',
      'explain an error or warning code',
      (y) => y.positional('code', { type: 'string', demandOption: true, describe: 'as unknown-key' }),
      async ({ code }) => finish((await import('./commands/explain.ts')).explain(code)),
    );
}

const words = process.argv.slice(2).map((word) => (word === '-' ? STANDARD_INPUT : word));
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has gone away (`| head`) wants no more of it; the files and the exit code are still due.
    if (error.code !== 'EPIPE') throw error;
  });
}
try {
  process.exitCode = await main(words);
} catch (error) {
  const { reportFailure } = await import('./failure.ts');
  process.exitCode = reportFailure(error, error instanceof UsageError, words.includes('--debug'));
}
