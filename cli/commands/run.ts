import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Experiment, type Subject } from '../../sim/experiment/experiment.ts';
import { untrustworthy } from '../../sim/experiment/warnings.ts';
import type { Result } from '../../sim/result/result.ts';
import type { Overrides } from '../../sim/scenario/compile.ts';
import { estimateWork, WORK_LIMIT_REQUESTS } from '../../sim/scenario/estimate-work.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { favourHotLoops } from '../hot-loop.ts';
import { loadSubject } from '../load-subject.ts';
import { folderName, OutputFolder } from '../output-folder.ts';
import { ProgressBar } from '../progress.ts';
import { runHere, runInWorkers } from '../run-units.ts';
import { displayName, NamedFiles, readScenarioFile } from '../scenario-file.ts';
import { outputFiles, writeOutputs } from '../write-outputs.ts';

interface RunOptions {
  readonly file?: string | undefined;
  readonly default?: string | undefined;
  readonly out?: string | undefined;
  readonly json: boolean;
  readonly platform?: string | undefined;
  readonly seed?: string | undefined;
  readonly replications?: string | undefined;
  readonly set: readonly string[];
  readonly jobs?: string | undefined;
  readonly strict: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
  readonly allowPath: readonly string[];
}

/** Fewer requests than this are not worth the start of another thread. */
const WORKER_REQUESTS_MIN = 3_000_000;
const JOBS_MAX = 256;
/**
 * A launcher such as npm passes Ctrl-C on to a command that has it from the terminal already: one key, two
 * signals.
 */
const SAME_KEY_MS = 500;

/** Simulates a scenario, tells what came out and writes the files. @returns the exit code */
export async function run(options: RunOptions): Promise<number> {
  const file = options.file ?? options.default;
  if (file === undefined) {
    throw new CommandError('command-line', 'run needs a scenario file', {
      help: 'name one, as in `breakeven run scenario.yaml`, or make one with `breakeven init`',
    });
  }
  const jobsAsked = options.jobs === undefined ? null : wholeNumber('jobs', options.jobs, 1, JOBS_MAX);
  const text = readScenarioFile(file);
  const files = new NamedFiles(file, options.allowPath);
  const simulateOptions = {
    fileName: displayName(file),
    overrides: overridesOf(options),
    edits: options.set.map(editOf),
  };
  const subject = loadSubject(text, { ...simulateOptions, readFile: files.read });
  if (subject === null) return exitCodes.invalid;
  const work = estimateWork(subject.program);
  if (work.requests > WORK_LIMIT_REQUESTS && !options.force) {
    throw new CommandError('too-much-work', work.text, {
      help: 'shorten `duration`, lower the rate or `replications`; `--force` goes on all the same',
      file: { name: displayName(file) },
    });
  }
  const outPath = options.out ?? join('out', folderName(subject.scenario.name));
  const output = options.json && options.out === undefined ? null : new OutputFolder(outPath, outputFiles());
  const source = { text, files: files.texts, options: simulateOptions };
  const jobs = jobsAsked ?? defaultJobs(work.requests);
  const result = await simulateWatched(subject, source, jobs, !options.quiet);
  if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else if (!options.quiet) await printSummary(result);
  if (output !== null) {
    await writeOutputs(output, result, commandText());
    if (!options.json && !options.quiet)
      process.stdout.write(`  Written to ${join(outPath, '/')}: report.html, result.json, charts/, csv/\n`);
  }
  return exitCodeOf(result, options.strict);
}

interface Source {
  readonly text: string;
  readonly files: ReadonlyMap<string, string>;
  readonly options: { fileName: string; overrides: Overrides; edits: { path: string; value: string }[] };
}

/** Runs the units with a progress bar, until they are done or the user presses Ctrl-C. */
async function simulateWatched(
  subject: Subject,
  source: Source,
  jobs: number,
  showsProgress: boolean,
): Promise<Result> {
  favourHotLoops();
  const experiment = new Experiment(subject);
  const bar = new ProgressBar(process.stderr, showsProgress);
  let stoppedAt = Number.POSITIVE_INFINITY;
  const stop = () => {
    if (performance.now() - stoppedAt > SAME_KEY_MS) process.exit(exitCodes.interrupted);
    stoppedAt = Math.min(stoppedAt, performance.now());
  };
  process.on('SIGINT', stop);
  const watch = {
    update: (state: { share: number; requests: number }) => bar.update(state),
    isStopped: () => Number.isFinite(stoppedAt),
  };
  const threads = Math.min(jobs, experiment.units.length);
  try {
    if (threads === 1) await runHere(experiment, experiment.windowMicros, watch);
    else await runInWorkers(experiment, source, threads, watch);
  } finally {
    bar.clear();
    process.off('SIGINT', stop);
  }
  return experiment.result();
}

function defaultJobs(requests: number): number {
  return requests < WORKER_REQUESTS_MIN ? 1 : availableParallelism();
}

function overridesOf(options: RunOptions): Overrides {
  return {
    ...(options.seed === undefined
      ? {}
      : { seed: wholeNumber('seed', options.seed, 0, Number.MAX_SAFE_INTEGER) }),
    ...(options.replications === undefined
      ? {}
      : { replications: wholeNumber('replications', options.replications, 1, 10_000) }),
    ...(options.platform === undefined
      ? {}
      : { platforms: options.platform.split(',').map((name) => name.trim()) }),
  };
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new CommandError(
      'command-line',
      `--${option} takes a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`,
      { help: `as in \`--${option} ${Math.max(min, 2)}\`` },
    );
  }
  return value;
}

function editOf(text: string): { path: string; value: string } {
  const sign = text.indexOf('=');
  if (sign < 1) {
    throw new CommandError('command-line', `--set takes PATH=VALUE, not ${JSON.stringify(text)}`, {
      help: 'as in `--set platforms.lambda.memorySize=1024`',
    });
  }
  return { path: text.slice(0, sign), value: text.slice(sign + 1) };
}

async function printSummary(result: Result): Promise<void> {
  const { summarise } = await import('../../reports/index.ts');
  const { stdout, env } = process;
  const colour =
    stdout.isTTY === true && stdout.hasColors?.() === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const unicode = env.TERM !== 'linux' && env.TERM !== 'dumb';
  process.stdout.write(
    summarise(result, { width: Math.max(40, Math.min(stdout.columns || 80, 100)), colour, unicode }),
  );
}

/** The command as it would be typed, for the report. */
function commandText(): string {
  const quote = (word: string) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
  return ['breakeven', ...process.argv.slice(2)].map(quote).join(' ');
}

/** Interrupted before all, then what cannot be trusted, then thresholds. */
function exitCodeOf(result: Result, strict: boolean): number {
  if (result.partial) return exitCodes.interrupted;
  if (result.warnings.some((warning) => untrustworthy.includes(warning.code))) return exitCodes.untrustworthy;
  const unscoped = result.thresholds.filter((each) => !each.scoped);
  const meetsAll = (name: string) => unscoped.every((each) => each.platform !== name || each.ok);
  const names = Object.keys(result.platforms);
  const candidatesFail = strict ? !names.every(meetsAll) : !names.some(meetsAll);
  const scopedFails = result.thresholds.some((each) => each.scoped && !each.ok);
  return scopedFails || candidatesFail ? exitCodes.thresholdsFailed : exitCodes.passed;
}
