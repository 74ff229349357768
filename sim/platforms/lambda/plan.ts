import { openDistribution } from '../../distributions/index.ts';
import { OnDemandEngine } from '../../fleet/on-demand/engine.ts';
import type { FunctionPlan, OnDemandPlan } from '../../fleet/on-demand/plan.ts';
import { type Path, type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { WorkloadPlan } from '../../workload/workload.ts';
import type { PlatformContext, PlatformPlan } from '../platform.ts';
import { frontDoorLatency } from '../shared/common-options.ts';
import { memoryProblem } from '../shared/memory.ts';
import { assumptionsOf, notModelled } from './assumptions.ts';
import { meterLambda } from './bill.ts';
import { DEFAULT_SETUP, measuredInit } from './cold-start.ts';
import { type FunctionOptions, type LambdaOptions, MEMORY_MAX_MIB } from './options.ts';

/**
 * 1,769 MB are one vCPU, and the share is proportional (Lambda Developer Guide, configuration-memory, 2026).
 */
const MB_PER_VCPU = 1769;
/**
 * At least 100 of an account's concurrency stay unreserved (Lambda Developer Guide, lambda-concurrency,
 * 2026).
 */
const UNRESERVED_MIN = 100;
const TIMEOUT_MAX = '900s';
/** INIT may take 10 s; then it is done again in the first invocation, under its timeout (same guide). */
const INIT_LIMIT = '10s';
const BYTES_PER_MIB = 1024 ** 2;

/** One workload's function with the platform's keys as defaults. */
export interface ResolvedFunction {
  readonly workload: WorkloadPlan;
  readonly memorySize: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly runtime: string;
  readonly packageType: 'Zip' | 'Image';
  readonly coldStart: FunctionOptions['coldStart'];
  readonly idle: NonNullable<LambdaOptions['keepAlive']>['idle'];
  readonly maxAge: string;
  readonly timeout: string;
  readonly ephemeralStorage: number;
  readonly reserved: number | null;
  readonly speed: number;
  /** Where its keys stand. */
  readonly path: Path;
}

/** @throws ScenarioError with every problem of every function */
export function planLambda(options: LambdaOptions, context: PlatformContext): PlatformPlan {
  const { program } = context;
  const problems: Problem[] = unknownFunctions(options, context);
  const functions = program.workloads.map((workload) => resolveFunction(options, workload, context.path));
  const plans = functions.map((each) => {
    try {
      return planFunction(each, context, problems);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      problems.push(...error.problems);
      return null;
    }
  });
  const sharedConcurrency = unreservedConcurrency(options, functions, context, problems);
  if (problems.length > 0) throw new ScenarioError(problems);
  const plan: OnDemandPlan = {
    program,
    functions: plans as FunctionPlan[],
    sharedConcurrency,
    frontDoorMicros: durationMicros(frontDoorLatency(options.frontDoor)),
  };
  return {
    capacityUnit: 'environments',
    open: (replication) => new OnDemandEngine(plan, replication),
    meter: (observation) => meterLambda(options, functions, observation, program),
    extraCosts: options.extraCosts,
    assumptions: assumptionsOf(options, functions),
    notModelled,
  };
}

function resolveFunction(options: LambdaOptions, workload: WorkloadPlan, path: Path): ResolvedFunction {
  const own: FunctionOptions = Object.hasOwn(options.functions, workload.name)
    ? options.functions[workload.name]!
    : {};
  const reserved = own.reservedConcurrentExecutions ?? options.reservedConcurrentExecutions;
  return {
    workload,
    memorySize: own.memorySize ?? options.memorySize,
    architecture: (own.architectures ?? options.architectures)[0]!,
    runtime: own.runtime ?? options.runtime,
    packageType: own.packageType ?? options.packageType,
    // A function that names its runtime means the measured start, whatever the platform's coldStart says.
    coldStart: own.coldStart ?? (own.runtime === undefined ? options.coldStart : undefined),
    idle: own.keepAlive?.idle ?? options.keepAlive.idle,
    maxAge: own.keepAlive?.maxAge ?? options.keepAlive.maxAge,
    timeout: own.timeout ?? options.timeout,
    ephemeralStorage: own.ephemeralStorage ?? options.ephemeralStorage,
    reserved: reserved === 'none' ? null : reserved,
    speed: own.speed ?? options.speed,
    path: own.memorySize === undefined ? path : [...path, 'functions', workload.name],
  };
}

function planFunction(
  each: ResolvedFunction,
  { path, readFile }: PlatformContext,
  problems: Problem[],
): FunctionPlan {
  const { workload } = each;
  const isExplicit = each.path !== path || each.memorySize !== 1769;
  const tooSmall = memoryProblem(
    workload,
    each.memorySize,
    isExplicit ? [...each.path, 'memorySize'] : path,
    workload.memoryBytes > MEMORY_MAX_MIB * BYTES_PER_MIB
      ? `no function can have more than ${MEMORY_MAX_MIB}: split the work, or leave Lambda out`
      : 'give it `memorySize: {needsMib}` or more',
  );
  if (tooSmall !== null) problems.push(tooSmall);
  if (durationMicros(each.timeout) > durationMicros(TIMEOUT_MAX) || durationMicros(each.timeout) === 0) {
    const help = 'a Lambda function runs for at most 900 seconds';
    problems.push(
      problem('out-of-range', [...path, 'timeout'], `timeout ${each.timeout} is not in 1us … 900s`, { help }),
    );
  }
  const open = (spec: Parameters<typeof openDistribution>[0], key: string) =>
    openDistribution(spec, [...path, key], readFile);
  const init = each.coldStart?.init ?? measuredInit(each, path);
  const vcpus = each.memorySize / MB_PER_VCPU;
  return {
    serviceMicrosPerCpuMicro: 1 / (each.speed * Math.min(workload.threads, vcpus)),
    setup: open(each.coldStart?.setup ?? DEFAULT_SETUP, 'coldStart'),
    init: open(init, 'coldStart'),
    initLimitMicros: durationMicros(INIT_LIMIT),
    idle: each.idle === 'none' ? null : open(each.idle, 'keepAlive'),
    maxAgeMicros: each.maxAge === 'none' ? Number.POSITIVE_INFINITY : durationMicros(each.maxAge),
    timeoutMicros: durationMicros(each.timeout),
    reservedConcurrency: each.reserved,
  };
}

function unreservedConcurrency(
  options: LambdaOptions,
  functions: readonly ResolvedFunction[],
  { path }: PlatformContext,
  problems: Problem[],
): number {
  if (options.accountConcurrency === 'none') return Number.POSITIVE_INFINITY;
  const reserved = functions.reduce((sum, each) => sum + (each.reserved ?? 0), 0);
  const reservable = Math.max(0, options.accountConcurrency - UNRESERVED_MIN);
  if (reserved > reservable) {
    problems.push(
      problem(
        'reserved-beyond-quota',
        [...path, 'reservedConcurrentExecutions'],
        `${reserved} are reserved of an account concurrency of ${options.accountConcurrency}`,
        {
          help:
            `Lambda keeps ${UNRESERVED_MIN} unreserved: ` +
            `reserve at most ${reservable}, or raise \`accountConcurrency\``,
        },
      ),
    );
  }
  return options.accountConcurrency - reserved;
}

function unknownFunctions(options: LambdaOptions, { path, program }: PlatformContext): Problem[] {
  const names = program.workloads.map((workload) => workload.name);
  return Object.keys(options.functions)
    .filter((name) => !names.includes(name))
    .map((name) =>
      problem('unknown-workload', [...path, 'functions', name], `no workload is called \`${name}\``, {
        at: 'key',
        help: `there ${names.length === 1 ? 'is' : 'are'} ${names
          .slice(0, 10)
          .map((each) => `\`${each}\``)
          .join(', ')}`,
      }),
    );
}
