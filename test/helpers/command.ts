import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { explain } from '../../sim/problems/explain.ts';
import { type Result, resultSchema } from '../../sim/result/result.ts';
import { ROOT } from './sources.ts';

export const CLI = join(ROOT, 'dist/cli.js');
/** A command that is not done by then never will be. */
const HANGS_MS = 90_000;

/** What a command did. */
export interface Outcome {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Settles when the command is to be interrupted, as by Ctrl-C. */
  readonly interruptAfter?: () => Promise<void>;
}

/** Runs a program to its end. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<Outcome> {
  // Colours must not depend on who runs the tests: Node paints less where CI is set.
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...env } = process.env;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...env, TERM: 'xterm-256color', ...options.env },
    timeout: HANGS_MS,
    killSignal: 'SIGKILL',
  });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  options.interruptAfter?.().then(() => child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: out.join(''), stderr: err.join('') }));
  });
}

/** Runs the built command. */
export function breakeven(args: readonly string[], options: CommandOptions): Promise<Outcome> {
  return runProgram(process.execPath, [CLI, ...args], options);
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own with some files, gone when the tests of the file are over. */
export function folderWith(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'breakeven-')));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const TWO_PLATFORMS = `lambda: { type: lambda }
  servers: { type: ec2, instanceType: c7g.large, minSize: 2 }`;

/** Ten minutes of five requests a second. Lines can be replaced, more can follow. */
export function scenario(
  lines: { workload?: string; main?: string; platforms?: string; tail?: string } = {},
): string {
  return `version: 1
name: small
workload: ${lines.workload ?? '{ cpu: 100ms }'}
traffic:
  main: ${lines.main ?? '{ executor: constant-arrival-rate, rate: 5/s, duration: 10m }'}
platforms:
  ${lines.platforms ?? TWO_PLATFORMS}
${lines.tail ?? ''}`;
}

/** The result that a command printed: JSON of the published schema, and nothing else. */
export function printedResult({ stdout }: Outcome): Result {
  return resultSchema.parse(JSON.parse(stdout));
}

/**
 * What every refusal has: exit code 2, nothing on stdout, an explained code, a place, a remedy, no stack
 * trace.
 */
export function expectRefusal(
  outcome: Outcome,
  expected: { code: string; place?: string; remedy?: RegExp },
): void {
  const { stderr } = outcome;
  expect(stderr).toContain(`error[${expected.code}]: `);
  expect(outcome.code, stderr).toBe(2);
  expect(outcome.stdout).toBe('');
  expect(stderr).toMatch(expected.remedy ?? /= help: \S/);
  expect(stderr).not.toMatch(/\n\s+at .*(?:node:|\.js:|\.ts:)/);
  expect(explain(expected.code), `no explanation of ${expected.code}`).toBeTypeOf('string');
  if (expected.place !== undefined) expect(stderr).toContain(`--> ${expected.place}\n`);
}

/**
 * Splits a text with a `¦` before the place where a caret must stand: the text, and `line:column` of the
 * mark.
 */
export function marked(text: string): { text: string; place: string } {
  const before = text.slice(0, text.indexOf('¦')).split('\n');
  return { text: text.replace('¦', ''), place: `${before.length}:${[...before.at(-1)!].length + 1}` };
}
