import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { ReadFile } from '../sim/distributions/distribution.ts';
import { problem, ScenarioError } from '../sim/problems/problem.ts';
import { CommandError, systemReason } from './command-error.ts';
import { STANDARD_INPUT } from './standard-input.ts';

/** Longer scenario files are refused by the parser too; this keeps a huge one from being read at all. */
const SCENARIO_BYTES_MAX = 4 * 1024 ** 2;
const NAMED_FILE_BYTES_MAX = 500 * 1024 ** 2;

/** A scenario's file as messages call it. */
export function displayName(file: string): string {
  return file === STANDARD_INPUT ? 'standard input' : file;
}

/** The text of a scenario file, or of standard input. @throws CommandError when it cannot be read */
export function readScenarioFile(file: string): string {
  try {
    if (file !== STANDARD_INPUT && statSync(file).size > SCENARIO_BYTES_MAX) {
      throw new CommandError('too-large', `${file} is larger than ${SCENARIO_BYTES_MAX} bytes`, {
        help: 'a scenario is a small file; put data into files that it names',
      });
    }
    return readFileSync(file === STANDARD_INPUT ? 0 : file, 'utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError('unreadable-file', `cannot read ${displayName(file)}: ${systemReason(error)}`, {
      help: 'name a scenario file, or make one with `breakeven init`',
    });
  }
}

/**
 * Reads the files that a scenario names. Their paths are relative to its folder and must stay inside it,
 * links followed, or inside a folder that the user has allowed.
 */
export class NamedFiles {
  /** What has been read, by the path as written. */
  readonly texts = new Map<string, string>();
  private readonly folder: string;
  private readonly allowed: readonly string[];

  /** @param file the scenario file; standard input counts as one in the working folder */
  constructor(file: string, allowed: readonly string[]) {
    this.folder = file === STANDARD_INPUT ? process.cwd() : dirname(resolve(file));
    this.allowed = [this.folder, ...allowed].map((each) => realpathOr(resolve(each)));
  }

  readonly read: ReadFile = (path) => {
    const known = this.texts.get(path);
    if (known !== undefined) return known;
    const text = this.readOnce(path);
    this.texts.set(path, text);
    return text;
  };

  private readOnce(path: string): string {
    const full = resolve(this.folder, path);
    if (path.includes('\0') || !this.allowed.some((root) => isInside(root, realpathOr(full)))) {
      throw refusal('path-outside', `the path \`${path}\` leaves the folder of the scenario`, {
        help: 'put the file beside the scenario, or allow its folder with `--allow-path DIR`',
      });
    }
    try {
      const { size } = statSync(full);
      if (size > NAMED_FILE_BYTES_MAX) {
        throw refusal('too-large', `the file \`${path}\` is larger than ${NAMED_FILE_BYTES_MAX} bytes`, {
          help: 'cut it into smaller files',
        });
      }
      return readFileSync(full, 'utf8');
    } catch (error) {
      if (error instanceof ScenarioError) throw error;
      throw refusal('missing-file', `the file \`${path}\` cannot be read: ${systemReason(error)}`, {
        help: `it is looked for at ${relative(process.cwd(), full) || full}`,
      });
    }
  }
}

function refusal(code: string, message: string, options: { help: string }): ScenarioError {
  return new ScenarioError([problem(code, [], message, options)]);
}

/** The real path, or for what does not exist its nearest existing folder's with the rest put behind. */
function realpathOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : resolve(realpathOr(parent), relative(parent, path));
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
