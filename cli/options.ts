import type { Options } from 'yargs';

/**
 * Options by command, as yargs takes them. Numbers are read as text, so that a wrong one can be quoted back.
 */
type CommandOptions = Record<string, Options>;

const json = { type: 'boolean', default: false, describe: 'print as JSON' } satisfies Options;
const region = { type: 'string', default: 'us-east-1', describe: 'AWS region' } satisfies Options;
const allowPath = {
  type: 'string',
  array: true,
  default: [] as string[],
  describe: 'folder that files may be in',
} satisfies Options;

export const initOptions = {
  template: { type: 'string', default: 'image-resize', describe: 'what to start from' },
} satisfies CommandOptions;

export const validateOptions = {
  resolved: { type: 'boolean', default: false, describe: 'print each with every default' },
  json,
  'allow-path': allowPath,
} satisfies CommandOptions;

export const runOptions = {
  default: { type: 'string', hidden: true },
  out: { type: 'string', describe: 'folder for the results; default out/NAME' },
  json: { type: 'boolean', default: false, describe: 'print result.json, and nothing else' },
  platform: { type: 'string', describe: 'only these platforms: a,b' },
  seed: { type: 'string', describe: 'seed to use instead of the file’s' },
  replications: { type: 'string', describe: 'independent runs instead of the file’s' },
  set: { type: 'string', array: true, default: [] as string[], describe: 'change a value: PATH=VALUE' },
  jobs: { type: 'string', describe: 'threads; results do not depend on it' },
  strict: { type: 'boolean', default: false, describe: 'fail when any platform breaks a threshold' },
  force: { type: 'boolean', default: false, describe: 'run however much work it is' },
  quiet: { type: 'boolean', default: false, describe: 'no progress, no summary' },
  'allow-path': allowPath,
} satisfies CommandOptions;

export const pricesOptions = { region, json } satisfies CommandOptions;

export const schemaOptions = {
  result: { type: 'boolean', default: false, describe: 'that of result.json instead' },
} satisfies CommandOptions;

/** Those that may be given more than once, and positional lists. */
const REPEATABLE = ['_', 'files', 'set', 'allow-path', 'allowPath'];

/** The name of an option that was given twice though only one can count; undefined when there is none. */
export function repeatedOption(given: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(given).find((name) => Array.isArray(given[name]) && !REPEATABLE.includes(name));
}
