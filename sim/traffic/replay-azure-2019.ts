import { constantDistribution } from '../distributions/constant.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { meanPreservingLaw } from '../distributions/quantile-law.ts';
import { MICROS_PER_MINUTE } from '../kernel/time.ts';
import { ScenarioError } from '../problems/problem.ts';
import { durationMicros } from '../units/duration.ts';
import type { WorkloadPlan } from '../workload/workload.ts';
import { type Invocations, readInvocations, type TraceFunction } from './azure-2019-invocations.ts';
import { shortNames } from './azure-2019-names.ts';
import { type DurationTable, functionKey, readDurations, readMemory } from './azure-2019-tables.ts';
import { type CountRange, MinuteArrivals, MinuteCounts } from './minute-counts.ts';
import { REPLAY_DEFAULTS, type ReplayOptions } from './replay-options.ts';
import { filePath, RowProblems, readTraceFile, refuseEmpty } from './trace-text.ts';
import type { OpenStreamPlan, StreamPlan, TrafficContext, TrafficPlan } from './traffic.ts';

const DAYS = 14;
const MINUTES_PER_HOUR = 60;

/** Names of the three tables in the trace's folder. */
interface TableNames {
  readonly invocations: string;
  readonly durations: string;
  readonly memory: string;
}

function publishedNames(folder: string, day: number): TableNames {
  const suffix = `anon.d${String(day).padStart(2, '0')}.csv`;
  return {
    invocations: `${folder}/invocations_per_function_md.${suffix}`,
    durations: `${folder}/function_durations_percentiles.${suffix}`,
    memory: `${folder}/app_memory_percentiles.${suffix}`,
  };
}

function isMissingFile(error: unknown): boolean {
  return error instanceof ScenarioError && error.problems.every((each) => each.code === 'missing-file');
}

/**
 * Finds the first table under its short name, or else under the names that the trace was published with.
 * @throws ScenarioError about the first name that was tried, when there is none
 */
function openFolder(options: ReplayOptions, context: TrafficContext): { names: TableNames; text: string } {
  const folder = options.file.replace(/\/+$/, '');
  const short = {
    invocations: `${folder}/invocations.csv`,
    durations: `${folder}/durations.csv`,
    memory: `${folder}/memory.csv`,
  };
  const candidates =
    options.day === undefined
      ? [short, ...Array.from({ length: DAYS }, (_, i) => publishedNames(folder, i + 1))]
      : [publishedNames(folder, options.day)];
  let firstError: unknown;
  for (const names of candidates) {
    try {
      return { names, text: readTraceFile(context, names.invocations) };
    } catch (error) {
      if (!isMissingFile(error)) throw error;
      firstError ??= error;
    }
  }
  throw firstError;
}

/** The functions that have requests: the busiest `most` of them, in the order of the table. */
function selectBusiest(functions: readonly TraceFunction[], most: number): readonly TraceFunction[] {
  const busy = functions.filter((each) => each.requests > 0);
  if (busy.length <= most) return busy;
  const chosen = new Set(busy.toSorted((a, b) => b.requests - a.requests || a.line - b.line).slice(0, most));
  return busy.filter((each) => chosen.has(each));
}

/**
 * Multiplies counts; what rounding leaves over is carried on to the next minute and the next function, so
 * that all totals hold within one request.
 */
function scaleCounts(
  counts: MinuteCounts,
  functions: readonly TraceFunction[],
  scale: number,
): { counts: MinuteCounts; functions: readonly TraceFunction[] } {
  if (scale === 1) return { counts, functions };
  const scaled = new MinuteCounts();
  let recorded = 0;
  let written = 0;
  const ranges = functions.map((each) => {
    const from = scaled.length;
    const before = written;
    for (let i = each.from; i < each.to; i += 1) {
      recorded += counts.counts[i]!;
      const count = Math.floor(recorded * scale + 0.5) - written;
      if (count > 0) scaled.push(counts.minutes[i]!, count);
      written += count;
    }
    return { ...each, from, to: scaled.length, requests: written - before };
  });
  return { counts: scaled, functions: ranges.filter((each) => each.requests > 0) };
}

/** @throws ScenarioError `bad-trace-row` for functions with requests that the table of durations lacks */
function refuseWithoutDurations(
  functions: readonly TraceFunction[],
  table: DurationTable,
  names: TableNames,
  context: TrafficContext,
) {
  const problems = new RowProblems(filePath(context));
  for (const each of functions) {
    if (table.byFunction.has(functionKey(each))) continue;
    const message = `a function with ${each.requests} requests has no row in ${names.durations}`;
    problems.add(
      names.invocations,
      each.line,
      message,
      'remove the row, or replay only the busiest: `functions: 100`',
    );
  }
  problems.throwIfAny();
}

/** A share of a function's recorded time. */
function shareOf(table: DurationTable, key: string, share: number): Distribution {
  const { meanMicros, valuesMicros } = table.byFunction.get(key)!;
  if (share === 0) return constantDistribution(0);
  const values = share === 1 ? valuesMicros : valuesMicros.map((value) => value * share);
  return meanPreservingLaw({ probabilities: table.probabilities, valuesMicros: values }, meanMicros * share);
}

/** The tables of one replay, joined on owner, app and function. */
interface Trace extends Pick<Invocations, 'functions' | 'counts' | 'minutes'> {
  readonly nameOf: ReadonlyMap<number, string>;
  readonly durations: DurationTable;
  readonly memory: ReadonlyMap<string, number>;
}

function readTrace(options: ReplayOptions, context: TrafficContext): Trace {
  const path = filePath(context);
  const { names, text } = openFolder(options, context);
  const minutesMax = Math.max(1, Math.round((options.hours ?? Number.POSITIVE_INFINITY) * MINUTES_PER_HOUR));
  const invocations = readInvocations(text, names.invocations, path, minutesMax);
  const all = invocations.functions;
  const chosen = selectBusiest(all, options.functions ?? Number.POSITIVE_INFINITY);
  if (chosen.length === 0) refuseEmpty(context, names.invocations);
  const wanted = new Set(chosen.map(functionKey));
  const durations = readDurations(readTraceFile(context, names.durations), names.durations, path, wanted);
  refuseWithoutDurations(chosen, durations, names, context);
  const memory = readMemory(readTraceFile(context, names.memory), names.memory, path, all);
  const short = shortNames(all);
  const nameOf = new Map(all.map((each, i) => [each.line, short[i]!]));
  const scaled = scaleCounts(invocations.counts, chosen, options.scale);
  return { ...scaled, minutes: invocations.minutes, nameOf, durations, memory };
}

/** Opens one function's arrivals. Apart, so that a stream keeps the counts and not the tables' text. */
function opener(
  counts: MinuteCounts,
  range: CountRange,
  startMicros: number,
  isEven: boolean,
): OpenStreamPlan['open'] {
  return (openRandom) =>
    new MinuteArrivals(counts, range, startMicros, isEven ? null : openRandom('arrivals'));
}

/**
 * Replays the Azure Functions trace of 2019 (Shahrad et al., "Serverless in the Wild", USENIX ATC 2020): each
 * function is a stream and a workload of its own, its counts by the minute are held exactly, and the mean of
 * its durations too.
 */
export function planAzure2019(options: ReplayOptions, context: TrafficContext): TrafficPlan {
  const trace = readTrace(options, context);
  const startMicros = durationMicros(options.startTime);
  const endMicros = startMicros + trace.minutes * MICROS_PER_MINUTE;
  const cpuShare = options.cpuShare ?? REPLAY_DEFAULTS.cpuShare;
  const isEven = options.arrivals === 'uniform';
  const streams: StreamPlan[] = [];
  const workloads: WorkloadPlan[] = [];
  for (const each of trace.functions) {
    const key = functionKey(each);
    const name = trace.nameOf.get(each.line)!;
    const { from, to, requests } = each;
    workloads.push({
      name,
      cpu: shareOf(trace.durations, key, cpuShare),
      wait: shareOf(trace.durations, key, 1 - cpuShare),
      memoryBytes: Math.round(trace.memory.get(key) ?? 0),
      threads: 1,
      payloadInBytes: 0,
      payloadOutBytes: 0,
      timeoutMicros: Number.POSITIVE_INFINITY,
      patience: null,
      errorRate: 0,
      retries: null,
    });
    const stream = { name: `${context.name}/${name}`, workload: name, expectedRequests: requests, endMicros };
    streams.push({ kind: 'open', ...stream, open: opener(trace.counts, { from, to }, startMicros, isEven) });
  }
  return { streams, workloads };
}
