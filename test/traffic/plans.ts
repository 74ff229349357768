import type { z } from 'zod';
import { openRandom } from '../../sim/kernel/random.ts';
import { type Problem, problem, ScenarioError } from '../../sim/problems/problem.ts';
import { trafficModels } from '../../sim/traffic/index.ts';
import type {
  ClosedStreamPlan,
  OpenStreamPlan,
  TrafficContext,
  TrafficPlan,
} from '../../sim/traffic/traffic.ts';

/** Monday 2026-01-05T00:00:00Z. */
export const MONDAY_EPOCH_MS = 1_767_571_200_000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A context that reads files from a map. */
export function contextOf(
  changes: Partial<TrafficContext> = {},
  files: Readonly<Record<string, string>> = {},
): TrafficContext {
  return {
    name: 'uploads',
    path: ['traffic', 'uploads'],
    workload: 'resize',
    windowMicros: undefined,
    startAtEpochMs: MONDAY_EPOCH_MS,
    readFile: (path) => {
      const text = files[path];
      if (text === undefined)
        throw new ScenarioError([
          problem('missing-file', [], `there is no file ${path}`, { help: 'make one' }),
        ]);
      return text;
    },
    ...changes,
  };
}

/** What a stream as written compiles to. */
export function plan(
  options: { executor: string; [key: string]: unknown },
  context = contextOf(),
): TrafficPlan {
  const model = trafficModels.find((each) => each.executor === options.executor)!;
  return model.plan((model.schema as z.ZodType).parse(options), context);
}

export function openPlan(
  options: { executor: string; [key: string]: unknown },
  context = contextOf(),
): OpenStreamPlan {
  const stream = plan(options, context).streams[0]!;
  if (stream.kind !== 'open') throw new Error('a closed stream');
  return stream;
}

export function closedPlan(
  options: { executor: string; [key: string]: unknown },
  context = contextOf(),
): ClosedStreamPlan {
  const stream = plan(options, context).streams[0]!;
  if (stream.kind !== 'closed') throw new Error('an open stream');
  return stream;
}

/** Every arrival of a stream, asked for in blocks of that size. */
export function arrivals(stream: OpenStreamPlan, seed = 1, blockSize = 4096): number[] {
  const process = stream.open((purpose) => openRandom(seed, 0, purpose, stream.name));
  const block = new Float64Array(blockSize);
  const times: number[] = [];
  for (;;) {
    const count = process.fill(block, blockSize);
    for (let i = 0; i < count; i += 1) times.push(block[i]!);
    if (count < blockSize) return times;
  }
}

/** How many times fall into each bin [i·width, (i+1)·width). */
export function countsBy(times: readonly number[], width: number, bins: number): number[] {
  const counts = Array<number>(bins).fill(0);
  for (const time of times) counts[Math.floor(time / width)]! += 1;
  return counts;
}

/** The problems that planning finds. */
export function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  return [];
}
