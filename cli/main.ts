#!/usr/bin/env node
import yargs from 'yargs';
import { version } from '../sim/version.ts';
import { exitCodes } from './exit-codes.ts';
import { reportFailure } from './failure.ts';

/** What every command may be told. */
export interface GlobalOptions {
  readonly debug: boolean;
}

const EXIT_CODES = `Exit codes: 0 passed, 1 thresholds failed, 2 invalid or too much work (nothing ran),
3 the answer cannot be trusted, 70 a bug of ours, 130 interrupted.`;

/** Commands load what they need when they run: help and version stay quick. */
async function main(words: string[]): Promise<number> {
  let exitCode: number = exitCodes.passed;
  const finish = (code: number) => {
    exitCode = code;
  };
  await yargs(words)
    .scriptName('breakeven')
    .usage('$0 COMMAND\n\nSimulates the same traffic on Lambda and on servers: what it costs, how fast it answers.')
    .command(
      'init [dir]',
      'write a scenario to start from',
      (y) =>
        y
          .positional('dir', { type: 'string', default: '.', describe: 'folder, made if need be' })
          .option('template', { type: 'string', default: 'image-resize', describe: 'what to start from' }),
      async ({ dir, template }) => finish((await import('./commands/init.ts')).init(dir, template)),
    )
    .command(
      'validate <files..>',
      'check scenario files without running them',
      (y) =>
        y
          .positional('files', { type: 'string', array: true, demandOption: true })
          .option('resolved', { type: 'boolean', default: false, describe: 'print each with every default' })
          .option('json', { type: 'boolean', default: false, describe: 'print as JSON' })
          .option('allow-path', { type: 'string', array: true, default: [], describe: 'folder that files may be in' }),
      async (options) => finish((await import('./commands/validate.ts')).validate(options)),
    )
    .command(
      'run [file]',
      'simulate a scenario',
      (y) =>
        y
          .positional('file', { type: 'string', describe: 'scenario file, or - for standard input' })
          .option('default', { type: 'string', hidden: true })
          .option('out', { type: 'string', describe: 'folder for the results; default out/NAME' })
          .option('json', { type: 'boolean', default: false, describe: 'print result.json, and nothing else' })
          .option('platform', { type: 'string', describe: 'only these platforms: a,b' })
          .option('seed', { type: 'string', describe: 'seed to use instead of the file’s' })
          .option('replications', { type: 'string', describe: 'independent runs instead of the file’s' })
          .option('set', { type: 'string', array: true, default: [], describe: 'change a value: PATH=VALUE' })
          .option('jobs', { type: 'string', describe: 'threads; results do not depend on it' })
          .option('strict', { type: 'boolean', default: false, describe: 'fail when any platform breaks a threshold' })
          .option('force', { type: 'boolean', default: false, describe: 'run however much work it is' })
          .option('quiet', { type: 'boolean', default: false, describe: 'no progress, no summary' })
          .option('allow-path', { type: 'string', array: true, default: [], describe: 'folder that files may be in' }),
      async (options) => finish(await (await import('./commands/run.ts')).run(options)),
    )
    .command('prices', 'show the price book', (y) =>
      y
        .command(
          ['list', '$0'],
          'list prices',
          (z) =>
            z
              .option('region', { type: 'string', default: 'us-east-1', describe: 'AWS region' })
              .option('json', { type: 'boolean', default: false, describe: 'print as JSON' }),
          async (options) => finish((await import('./commands/prices.ts')).listPrices(options)),
        )
        .command(
          'show <name>',
          'show one price or instance type, with its source',
          (z) =>
            z
              .positional('name', { type: 'string', demandOption: true, describe: 'price id or instance type' })
              .option('region', { type: 'string', default: 'us-east-1', describe: 'AWS region' })
              .option('json', { type: 'boolean', default: false, describe: 'print as JSON' }),
          async (options) => finish((await import('./commands/prices.ts')).showPrice(options)),
        )
        .strict(),
    )
    .command(
      'schema',
      'print the JSON Schema of scenario files',
      (y) => y.option('result', { type: 'boolean', default: false, describe: 'that of result.json instead' }),
      async ({ result }) => finish((await import('./commands/schema.ts')).schema(result)),
    )
    .command(
      'explain <code>',
      'explain an error or warning code',
      (y) => y.positional('code', { type: 'string', demandOption: true, describe: 'as unknown-key' }),
      async ({ code }) => finish((await import('./commands/explain.ts')).explain(code)),
    )
    .option('debug', { type: 'boolean', default: false, describe: 'show stack traces', global: true })
    .demandCommand(1, 'name a command')
    .strict()
    .recommendCommands()
    .parserConfiguration({ 'parse-numbers': false, 'duplicate-arguments-array': true })
    .wrap(Math.min(100, process.stdout.columns ?? 80))
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

/** The command line is not one that we know. */
class UsageError extends Error {}

const words = process.argv.slice(2);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has gone away (`| head`) wants no more of it.
  if (error.code === 'EPIPE') process.exit(exitCodes.passed);
  throw error;
});
try {
  process.exitCode = await main(words);
} catch (error) {
  process.exitCode = reportFailure(error, error instanceof UsageError, words.includes('--debug'));
}
