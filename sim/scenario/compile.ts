import { type Commitments, type PriceBook, readCommitments } from '../billing/index.ts';
import type { ReadFile } from '../distributions/distribution.ts';
import { MICROS_PER_DAY, MICROS_PER_MINUTE } from '../kernel/time.ts';
import type { PlatformPlan } from '../platforms/platform.ts';
import { nearest } from '../problems/nearest.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { ticked } from '../problems/words.ts';
import type { StreamPlan, TrafficPlan } from '../traffic/traffic.ts';
import { durationMicros, formatDuration } from '../units/duration.ts';
import { epochMsOf } from '../units/instant.ts';
import type { ProgramBase } from '../workload/program.ts';
import type { WorkloadPlan } from '../workload/workload.ts';
import { bringsWorkloads, ONLY_WORKLOAD, warmupTooLong } from './cross-field.ts';
import { faultProblems, planFaults } from './faults.ts';
import { Gather } from './gather.ts';
import { outOfReach } from './out-of-reach.ts';
import type { PlatformSpec, Scenario, StreamSpec } from './scenario.ts';
import { REPLICATIONS_MAX } from './schema.ts';
import { readThresholds, type Threshold } from './threshold.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';
import { planWorkload } from './workload-plan.ts';

const BINS_MAX = 1_440;

/** A scenario whose words have all become numbers: what the simulation runs. */
export interface Program {
  readonly base: ProgramBase;
  /** In the order of the file. */
  readonly platforms: readonly {
    readonly name: string;
    readonly type: string;
    readonly plan: PlatformPlan;
  }[];
  readonly prices: PriceBook;
  readonly commitments: Commitments;
  readonly thresholds: readonly Threshold[];
  /** What the scenario says and nothing will come of: warnings. */
  readonly notices: readonly Problem[];
}

/** What the command line may say instead of the file. */
export interface Overrides {
  readonly seed?: number;
  readonly replications?: number;
  /** Only these platforms are planned; thresholds narrowed to others are left out. */
  readonly platforms?: readonly string[];
}

export interface CompileOptions {
  readonly readFile: ReadFile;
  readonly overrides?: Overrides;
  readonly vocabulary?: Vocabulary;
}

/** What the steps of one compilation share. */
interface Workshop {
  readonly scenario: Scenario;
  readonly overrides: Overrides;
  readonly words: Vocabulary;
  readonly readFile: ReadFile;
  readonly gather: Gather;
  readonly startAtEpochMs: number;
}

/**
 * Scenario (words) → workloads, traffic, window, prices, platforms → Program (numbers).
 * @throws ScenarioError with the problems of every step that could be tried, not of the first that failed
 */
export function compileScenario(scenario: Scenario, options: CompileOptions): Program {
  const workshop: Workshop = {
    scenario,
    overrides: options.overrides ?? {},
    words: options.vocabulary ?? vocabulary,
    readFile: options.readFile,
    gather: new Gather(),
    startAtEpochMs: epochMsOf(scenario.startAt) ?? 0,
  };
  const { gather } = workshop;
  gather.problems.push(...overrideProblems(workshop), ...faultProblems(scenario.faults, scenario.region));
  const prices = gather.attempt(() => workshop.words.openPriceBook(scenario.region, scenario.billing.prices));
  const commitments =
    prices === null ? null : gather.attempt(() => readCommitments(scenario.billing, prices));
  const declared = planWorkloads(workshop);
  const traffic = planTraffic(workshop);
  const windowMicros = windowOf(workshop, traffic);
  // Without its workloads or its prices a platform would be blamed for what is wrong elsewhere.
  const isKnown = prices !== null && !Object.values(scenario.traffic).some(bringsWorkloads);
  if (!isKnown) gather.settle();
  const base = baseOf(workshop, declared, traffic, Math.max(1, windowMicros));
  const platforms = chosenPlatforms(workshop).map(([name, spec]) =>
    gather.attempt(() => planPlatform(workshop, { name, spec, base, prices: prices as PriceBook })),
  );
  gather.settle();
  const chosen = chosenPlatforms(workshop);
  const names = chosen.map(([name]) => name);
  const planned = platforms.flatMap((each) => each ?? []);
  const { thresholds } = readThresholds(scenario.thresholds, Object.keys(scenario.platforms));
  return {
    base,
    platforms: planned,
    prices: prices as PriceBook,
    commitments: commitments as Commitments,
    thresholds: thresholds.filter(({ platform }) => platform === undefined || names.includes(platform)),
    notices: [...outOfReach(scenario, chosen, base), ...planned.flatMap(({ plan }) => plan.notices ?? [])],
  };
}

function overrideProblems({ scenario, overrides }: Workshop): Problem[] {
  const problems: Problem[] = [];
  const refuse = (code: string, option: string, message: string, help: string) =>
    problems.push(problem(code, [], message, { help, file: { name: option } }));
  const { seed = 1, replications = 1, platforms = [] } = overrides;
  if (!Number.isSafeInteger(seed) || seed < 0) {
    const help = `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`;
    refuse('invalid-value', `--seed ${seed}`, `the seed ${ticked(seed)} is out of range`, help);
  }
  if (!Number.isSafeInteger(replications) || replications < 1 || replications > REPLICATIONS_MAX) {
    const message = `${ticked(replications)} replications are out of range`;
    const help = `a whole number from 1 to ${REPLICATIONS_MAX}`;
    refuse('invalid-value', `--replications ${replications}`, message, help);
  }
  const known = Object.keys(scenario.platforms);
  for (const name of platforms.filter((each) => !known.includes(each))) {
    const near = nearest(name, known);
    const help =
      near === undefined ? `platforms: ${known.map(ticked).join(', ')}` : `did you mean ${ticked(near)}?`;
    refuse('unknown-platform', `--platform ${name}`, `there is no platform ${ticked(name)}`, help);
  }
  return problems;
}

function planWorkloads(workshop: Workshop): WorkloadPlan[] {
  const { workload, workloads } = workshop.scenario;
  const specs = Object.entries(workloads ?? (workload === undefined ? {} : { [ONLY_WORKLOAD]: workload }));
  return specs.flatMap(([name, spec]) => {
    const path = workloads === undefined ? ['workload'] : ['workloads', name];
    return planWorkload(name, spec, path, workshop) ?? [];
  });
}

/** The workload of a stream that names none: the only one there is. */
function workloadNameOf({ scenario }: Workshop, stream: StreamSpec): string | undefined {
  if (stream.workload !== undefined) return stream.workload;
  if (bringsWorkloads(stream)) return undefined;
  const names = scenario.workloads === undefined ? [ONLY_WORKLOAD] : Object.keys(scenario.workloads);
  return names.length === 1 ? names[0] : undefined;
}

function planTraffic(workshop: Workshop): { name: string; plan: TrafficPlan }[] {
  const { scenario, words, gather, readFile, startAtEpochMs } = workshop;
  const windowMicros = scenario.duration === undefined ? undefined : durationMicros(scenario.duration);
  return Object.entries(scenario.traffic).flatMap(([name, spec]) => {
    const model = words.trafficModels.find((each) => each.executor === spec.executor);
    if (model === undefined) throw new Error(`no traffic model ${spec.executor}`);
    const workload = workloadNameOf(workshop, spec);
    const context = { name, path: ['traffic', name], workload, windowMicros, startAtEpochMs, readFile };
    const plan = gather.attempt(() => model.plan(spec, context));
    return plan === null ? [] : [{ name, plan }];
  });
}

/**
 * The simulated window: as stated, else until the traffic ends. 0 when neither says; `gather` then holds
 * why.
 */
function windowOf(
  { scenario, gather }: Workshop,
  traffic: readonly { name: string; plan: TrafficPlan }[],
): number {
  const streams = traffic.flatMap(({ name, plan }) => plan.streams.map((stream) => ({ name, stream })));
  const endless = streams.find(({ stream }) => !Number.isFinite(stream.endMicros));
  const stated = scenario.duration === undefined ? undefined : durationMicros(scenario.duration);
  if (stated === undefined && endless !== undefined) {
    const message = `${ticked(endless.name)} has no end, and the scenario has no duration`;
    const help = 'add `duration: 1h` to the scenario';
    gather.problems.push(
      problem('missing-duration', ['traffic', endless.name], message, { help, at: 'key' }),
    );
    return 0;
  }
  const window = stated ?? Math.ceil(Math.max(0, ...streams.map(({ stream }) => stream.endMicros)));
  if (window === 0 && gather.problems.length === 0) {
    const help = 'add `duration: 1h` to the scenario, or a stage that lasts';
    gather.problems.push(
      problem('missing-duration', ['traffic'], 'the traffic ends at once', { help, at: 'key' }),
    );
  }
  const warmup = durationMicros(scenario.warmup);
  if (stated === undefined && window > 0 && warmup >= window) {
    gather.problems.push(warmupTooLong(scenario.warmup, formatDuration(window)));
  }
  return window;
}

/** Width of a bin: 60 s up to a day, beyond that the least multiple of 60 s that needs at most 1440 bins. */
export function stepMicrosOf(windowMicros: number): number {
  if (windowMicros <= MICROS_PER_DAY) return MICROS_PER_MINUTE;
  return Math.ceil(windowMicros / (BINS_MAX * MICROS_PER_MINUTE)) * MICROS_PER_MINUTE;
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

function baseOf(
  workshop: Workshop,
  declared: readonly WorkloadPlan[],
  traffic: readonly { readonly name: string; readonly plan: TrafficPlan }[],
  windowMicros: number,
): ProgramBase {
  const { scenario, overrides, gather, startAtEpochMs } = workshop;
  const brought = traffic.flatMap(({ name, plan }) => plan.workloads.map((workload) => ({ name, workload })));
  const workloads = new Map(declared.map((workload) => [workload.name, workload]));
  for (const { name, workload } of brought) {
    if (workloads.has(workload.name)) {
      const message = `${ticked(name)} brings a workload ${ticked(workload.name)}, which there already is`;
      gather.problems.push(
        problem('duplicate-name', ['traffic', name], message, {
          help: 'replay a trace in one stream',
          at: 'key',
        }),
      );
    }
    workloads.set(workload.name, workload);
  }
  const streams: StreamPlan[] = traffic.flatMap(({ plan }) => plan.streams);
  const { billing } = scenario;
  return {
    seed: overrides.seed ?? scenario.seed,
    replications: overrides.replications ?? scenario.replications,
    windowMicros,
    warmupMicros: durationMicros(scenario.warmup),
    startAtEpochMs,
    stepMicros: stepMicrosOf(windowMicros),
    streams: streams.toSorted(byName),
    workloads: [...workloads.values()].toSorted(byName),
    faults: planFaults(scenario.faults),
    billing: {
      monthMicros: durationMicros(billing.month),
      freeTier: billing.freeTier,
      egress: billing.egress,
      byHour: billing.savingsPlans.length + billing.reservedInstances.length > 0,
    },
  };
}

function chosenPlatforms({ scenario, overrides }: Workshop): [string, PlatformSpec][] {
  const all = Object.entries(scenario.platforms);
  return overrides.platforms === undefined
    ? all
    : all.filter(([name]) => overrides.platforms?.includes(name));
}

function planPlatform(
  { words, readFile }: Workshop,
  given: { name: string; spec: PlatformSpec; base: ProgramBase; prices: PriceBook },
) {
  const { name, spec, base, prices } = given;
  const platform = words.platforms.find((each) => each.type === spec.type);
  if (platform === undefined) throw new Error(`no platform type ${spec.type}`);
  const plan = platform.plan(spec, { name, path: ['platforms', name], program: base, prices, readFile });
  return { name, type: spec.type, plan };
}
