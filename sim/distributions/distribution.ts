import type { z } from 'zod';
import type { Random } from '../kernel/random.ts';

/**
 * A law of durations. Every draw is an integer number of microseconds, never negative.
 *
 * A distribution holds no state between draws (no spare normal kept back): one object serves many random
 * streams, and what a stream yields must not depend on who else draws. Normal deviates come from the inverse
 * CDF for that reason: one uniform in, one deviate out.
 */
export interface Distribution {
  /** The exact mean of the law before rounding, in microseconds. */
  readonly meanMicros: number;
  /** True when every draw is the same: engines may then skip the random stream. */
  readonly isConstant: boolean;
  /** One draw. Consumes the same count of uniforms as one place of `fill`. */
  sample(random: Random): number;
  /** Writes `count` draws to `out[0 … count-1]`; equal to `count` calls of `sample`. */
  fill(random: Random, out: Float64Array, count: number): void;
}

/**
 * One kind of distribution: its name in scenario files, the options it takes and how it is made from them.
 * A new one is a file of this folder and a line in `index.ts`.
 */
export interface DistributionKind<Options = unknown> {
  readonly name: string;
  /** Options as written, units and all; `distribution: NAME` is among its keys. */
  readonly schema: z.ZodType<Options>;
  /** @throws ScenarioProblem when the options contradict each other (p99 below the median, say). */
  open(options: Options, readFile: ReadFile): Distribution;
}

/** Text of a file that the scenario names, by the path as it stands there. */
export type ReadFile = (path: string) => string;
