import type { DistributionSpec } from '../../distributions/index.ts';
import { nearestNames } from '../../problems/nearest.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { either, ticked } from '../../problems/words.ts';
import measured from './measured-init.json' with { type: 'json' };

type Cell = Readonly<Record<string, readonly number[]>>;

const cells: Readonly<Record<string, Cell>> = measured.cells;
const runtimes = [...new Set(Object.keys(cells).map((key) => key.split('|')[0]!))].sort();
/** What a bare custom runtime is taken for: Go, the most common use of it. */
const CUSTOM_RUNTIMES: Readonly<Record<string, string>> = {
  'provided.al2': 'provided.al2:go',
  'provided.al2023': 'provided.al2023:go',
};

/**
 * Set-up (placement, download, environment) before the INIT phase: not in any REPORT line and not billed.
 * 368, 247 and 289 ms in all for Go, Java and Python in 2026 (n = 5 each), less about 40 ms of round trip and
 * a new TLS connection; AWS X-Ray showed 91–188 ms in 2019. Uncertain.
 */
export const DEFAULT_SETUP = '200ms';

/** What a start takes, each part as told or as measured; `init` is missing where nobody measured it. */
export interface ColdStart {
  readonly setup: DistributionSpec;
  readonly init?: DistributionSpec | undefined;
  /** In place of `init`, where environments are restored from a snapshot. */
  readonly restore?: DistributionSpec | undefined;
}

/** What the measured init of a function depends on. */
export interface MeasuredBy {
  readonly runtime: string;
  readonly packageType: 'Zip' | 'Image';
  readonly architecture: string;
  readonly memorySize: number;
}

function cellOf({ runtime, packageType, architecture }: MeasuredBy): Cell | undefined {
  return cells[`${CUSTOM_RUNTIMES[runtime] ?? runtime}|${packageType}|${architecture}`];
}

/**
 * The INIT phase as measured for a runtime, package and architecture, at the memory size nearest to the asked
 * one. It hardly depends on memory: INIT runs at boosted CPU.
 * @param extraMs by how much each draw is longer, for code that has to be loaded
 * @returns undefined where there is no measurement
 */
export function measuredInit(function_: MeasuredBy, extraMs = 0): DistributionSpec | undefined {
  const cell = cellOf(function_);
  if (cell === undefined) return undefined;
  const sizes = Object.keys(cell).map(Number);
  const nearest = sizes.reduce((best, size) =>
    Math.abs(size - function_.memorySize) < Math.abs(best - function_.memorySize) ? size : best,
  );
  const [min, p10, p50, p90, p99, max] = cell[String(nearest)]!.map((ms) => `${(ms + extraMs).toFixed(3)}ms`);
  return {
    distribution: 'empirical',
    percentiles: { p0: min!, p10: p10!, p50: p50!, p90: p90!, p99: p99!, p100: max! },
  };
}

/** The problem of a function without an init of its own where there is no measurement. */
export function notMeasured(function_: MeasuredBy, path: Path): Problem {
  const runtime = CUSTOM_RUNTIMES[function_.runtime] ?? function_.runtime;
  if (!runtimes.includes(runtime)) return unknownRuntime(function_.runtime, path);
  const what = `${runtime} as ${function_.packageType} on ${function_.architecture}`;
  const help = 'give `coldStart: { init: … }` instead';
  return problem('not-measured', path, `no init time was measured for ${what}`, { help });
}

function unknownRuntime(runtime: string, path: Path) {
  const near = nearestNames(runtime, runtimes, { count: 3, farthest: Number.POSITIVE_INFINITY });
  const message = `no init time is known for runtime ${ticked(runtime)}`;
  return problem('unknown-runtime', [...path, 'runtime'], message, {
    label: 'not a measured runtime',
    help: `did you mean ${either(near.map(ticked))}? or give \`coldStart\``,
  });
}
