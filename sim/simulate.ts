import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ReadFile } from './distributions/distribution.ts';
import { Experiment, type Subject } from './experiment/experiment.ts';
import { problem, ScenarioError } from './problems/problem.ts';
import type { Result } from './result/result.ts';
import { compileScenario, type Overrides, type Program } from './scenario/compile.ts';
import { Gather } from './scenario/gather.ts';
import { inOrder, type ParsedScenario, type ParseOptions, parseScenario } from './scenario/parse.ts';
import { resolveScenario } from './scenario/resolve.ts';
import { isOfFile } from './scenario/salvage.ts';
import type { Scenario } from './scenario/scenario.ts';

/** What may be said besides the scenario itself. */
export interface SimulateOptions {
  /** For messages; default `scenario.yaml`. */
  readonly fileName?: string;
  /**
   * Gives the text of files that the scenario names (traces, empirical values). Without it they are missing.
   */
  readonly readFile?: ReadFile;
  /** Seed, replications and platforms to use instead of the file's. */
  readonly overrides?: Overrides;
  /** Changes to the file's values, made before they are checked. */
  readonly edits?: NonNullable<ParseOptions['edits']>;
}

/** Requests simulated between two looks at the world. */
const SLICE_REQUESTS = 1_000_000;

/**
 * Reads and compiles a scenario, ready to be run.
 *
 * @param source the text of a scenario file (YAML or JSON), or the same as an object
 * @throws ScenarioError with every problem found
 */
export function prepare(source: string | object, options: SimulateOptions = {}): Subject {
  const text = typeof source === 'string' ? source : JSON.stringify(source, null, 2);
  const parsed = parseScenario(text, options.fileName ?? 'scenario.yaml', { edits: options.edits ?? [] });
  return compileParsed(parsed, text, options);
}

/**
 * The second half of `prepare`, for who has the parsed file at hand.
 * @throws ScenarioError with every problem found
 */
export function compileParsed(parsed: ParsedScenario, text: string, options: SimulateOptions = {}): Subject {
  const { scenario, problems, salvaged, source } = parsed;
  const gather = new Gather();
  const judged = scenario ?? salvaged;
  const program =
    judged === undefined
      ? null
      : gather.attempt(() =>
          compileScenario(judged, {
            readFile: options.readFile ?? missingFile,
            ...(options.overrides === undefined ? {} : { overrides: options.overrides }),
          }),
        );
  if (scenario !== undefined && program !== null) {
    return subjectOf(scenario, program, bytesToHex(sha256(utf8ToBytes(text))));
  }
  const more = scenario === undefined ? gather.problems.filter(isOfFile) : gather.problems;
  throw new ScenarioError(inOrder([...problems, ...more], source));
}

/** The whole of the defaults is made out where it is asked for: neither a check nor a worker needs it. */
function subjectOf(written: Scenario, program: Program, sha256: string): Subject {
  let resolved: Scenario | undefined;
  return {
    get scenario() {
      resolved ??= resolveScenario(written, program);
      return resolved;
    },
    program,
    sha256,
  };
}

/**
 * Simulates a scenario from file to result.
 *
 *     text ─parse▶ scenario ─compile▶ program ─simulate▶ observations ─bill, judge▶ result
 *
 * @param source the text of a scenario file (YAML or JSON), or the same as an object
 * @throws ScenarioError with every problem found
 */
export function simulate(source: string | object, options: SimulateOptions = {}): Result {
  const experiment = new Experiment(prepare(source, options));
  for (const unit of experiment.units) {
    const engine = experiment.open(unit);
    while (!engine.advance(SLICE_REQUESTS));
    experiment.add(unit, engine.observation());
  }
  return experiment.result();
}

function missingFile(path: string): string {
  throw new ScenarioError([
    problem('missing-file', [], `the file \`${path}\` cannot be read`, {
      help: 'pass `readFile` to the library',
    }),
  ]);
}
