import type { z } from 'zod';
import type { FixedCost, MeterReading, PriceBook } from '../billing/index.ts';
import type { ReadFile } from '../distributions/distribution.ts';
import type { Engine } from '../fleet/engine.ts';
import type { Observation } from '../observe/observation.ts';
import type { Path, Problem } from '../problems/problem.ts';
import type { ProgramBase } from '../workload/program.ts';

/** What a platform may need to know to plan itself. */
export interface PlatformContext {
  readonly name: string;
  readonly path: Path;
  readonly program: ProgramBase;
  readonly prices: PriceBook;
  readonly readFile: ReadFile;
}

/** What defaults may depend on besides other options: the workloads and the window, and the price book. */
export type DefaultsContext = Pick<PlatformContext, 'program' | 'prices'>;

/** A platform of one scenario, its words turned into numbers. */
export interface PlatformPlan {
  readonly capacityUnit: 'environments' | 'instances' | 'tasks' | 'pods';
  /** Starts one replication at t = 0. */
  open(replication: number): Engine;
  /** What one replication's window used, for the bill. Quantities are exact and not yet scaled to a month. */
  meter(observation: Observation): readonly MeterReading[];
  /** Fixed monthly costs that the scenario adds. */
  readonly extraCosts: readonly FixedCost[];
  readonly notModelled: readonly string[];
  /** Defaults and rules that a reader should know were assumed, one sentence each. */
  readonly assumptions: readonly string[];
  /** What the scenario says and AWS accepts, and nothing comes of: warnings. Absent for none. */
  readonly notices?: readonly Problem[];
}

/**
 * One kind of platform. A new one is a folder with its options, its plan, its bill and a README that names
 * the source of every default, and a line in `index.ts`.
 */
export interface Platform<Options = unknown> {
  readonly type: string;
  /** Options as written, with `type: NAME` among its keys, units and all, defaults filled in. */
  readonly schema: z.ZodType<Options>;
  /**
   * The options with those defaults filled in that depend on other options, on the workloads or on the price
   * book: what `plan` goes by, and `validate --resolved` prints. What cannot be known (an instance type that
   * there is not) is left out, and `plan` says why. Options that it has filled in stay as they are.
   */
  withDefaults?(options: Options, context: DefaultsContext): Options;
  /**
   * @throws ScenarioError with every problem found: an unknown instance type, too little memory for the
   * workload.
   */
  plan(options: Options, context: PlatformContext): PlatformPlan;
}
