import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CommandError, systemReason } from './command-error.ts';

/**
 * A folder name made of a scenario's name: what is safe on every file system, nothing that leads elsewhere.
 */
export function folderName(scenarioName: string): string {
  const safe = scenarioName.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[.-]+|[.-]+$/g, '');
  return safe === '' ? 'scenario' : safe.slice(0, 64);
}

/**
 * Makes a folder and those above it, one by one: Node's own `recursive` never comes back where the system
 * says of a folder that is there that it is not (Linux's /proc).
 */
export function makeFolder(path: string): void {
  const whole = resolve(path);
  if (statSync(whole, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(whole) !== whole) makeFolder(dirname(whole));
  try {
    mkdirSync(whole);
  } catch (error) {
    const isThere = statSync(whole, { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isThere) throw error;
  }
}

/**
 * Where a run leaves its files. Made and tried before the run, so that no work is lost to a full or closed
 * disk.
 */
export class OutputFolder {
  readonly path: string;

  /**
   * @throws CommandError when the folder cannot be written to, or holds files that are not a result of ours
   */
  constructor(path: string, files: readonly string[]) {
    this.path = path;
    try {
      makeFolder(path);
      accessSync(path, constants.W_OK);
    } catch (error) {
      throw new CommandError('unwritable-output', `cannot write to ${path}: ${systemReason(error)}`, {
        help: 'choose another folder with `--out DIR`',
      });
    }
    const foreign = files.filter((file) => existsSync(join(path, file)));
    if (foreign.length > 0 && !this.holdsOurResult()) {
      throw new CommandError(
        'would-overwrite',
        `${join(path, foreign[0]!)} exists and is not from an earlier run`,
        {
          help: 'choose another folder with `--out DIR`, or move the file away',
        },
      );
    }
  }

  /** Writes a file whole or not at all. @throws CommandError when it cannot */
  write(file: string, text: string): void {
    const target = join(this.path, file);
    const draft = `${target}.part`;
    try {
      makeFolder(dirname(target));
      writeFileSync(draft, text);
      renameSync(draft, target);
    } catch (error) {
      throw new CommandError('unwritable-output', `cannot write ${target}: ${systemReason(error)}`, {
        help: 'choose another folder with `--out DIR`',
      });
    }
  }

  private holdsOurResult(): boolean {
    try {
      const result: unknown = JSON.parse(readFileSync(join(this.path, 'result.json'), 'utf8'));
      return (result as { tool?: { name?: unknown } }).tool?.name === 'breakeven';
    } catch {
      return false;
    }
  }
}
