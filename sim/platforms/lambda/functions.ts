import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { WorkloadPlan } from '../../workload/workload.ts';
import type { PlatformContext } from '../platform.ts';
import { defaultInit } from './code-size.ts';
import { type ColdStart, DEFAULT_SETUP } from './cold-start.ts';
import type { FunctionOptions, LambdaOptions } from './options.ts';
import { mostProvisioned } from './provisioned-concurrency.ts';
import type { ProvisionedOptions } from './provisioned-options.ts';
import { DEFAULT_RESTORE } from './snap-start.ts';

/** One workload's function with the platform's keys as defaults. */
export interface ResolvedFunction {
  readonly workload: WorkloadPlan;
  readonly memorySize: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly runtime: string;
  readonly packageType: 'Zip' | 'Image';
  readonly coldStart: ColdStart;
  readonly idle: NonNullable<LambdaOptions['keepAlive']>['idle'];
  readonly maxAge: string;
  readonly timeout: string;
  readonly ephemeralStorage: number;
  readonly reserved: number | null;
  /** Environments kept ready, and the most that there may be; 0 for none. */
  readonly provisioning: ProvisionedOptions;
  readonly provisioned: number;
  readonly speed: number;
  /** Whether its environments are restored from a snapshot. */
  readonly snapStart: boolean;
  readonly codeSize: string | undefined;
  readonly crashRate: number;
  readonly proactiveInitialization: number;
  /** Where its keys stand; where one of them does. */
  readonly path: Path;
  pathOf(key: keyof FunctionOptions): Path;
}

/** What a cold start is made of by default. */
type StartKeys = Pick<
  ResolvedFunction,
  'memorySize' | 'architecture' | 'runtime' | 'packageType' | 'codeSize' | 'snapStart'
>;

function startKeys(options: LambdaOptions, own: FunctionOptions): StartKeys {
  return {
    memorySize: own.memorySize ?? options.memorySize,
    architecture: (own.architectures ?? options.architectures)[0]!,
    runtime: own.runtime ?? options.runtime,
    packageType: own.packageType ?? options.packageType,
    codeSize: own.codeSize ?? options.codeSize,
    snapStart: (own.snapStart ?? options.snapStart) === 'PublishedVersions',
  };
}

/** The cold start of a function, or with no keys of its own that of the platform, every part filled in. */
export function coldStartOf(options: LambdaOptions, own: FunctionOptions): ColdStart {
  const keys = startKeys(options, own);
  // A function that names its runtime means the measured start, whatever the platform's coldStart says.
  const told = own.coldStart ?? (own.runtime === undefined ? options.coldStart : undefined) ?? {};
  const { setup = DEFAULT_SETUP, init = defaultInit(keys) } = told;
  const restore = told.restore ?? (keys.snapStart ? DEFAULT_RESTORE : undefined);
  return {
    setup,
    ...(init === undefined ? {} : { init }),
    ...(restore === undefined ? {} : { restore }),
  };
}

/** Puts a function's own keys over the platform's. */
export function resolveFunction(
  options: LambdaOptions,
  workload: WorkloadPlan,
  path: Path,
): ResolvedFunction {
  const own: FunctionOptions = Object.hasOwn(options.functions, workload.name)
    ? options.functions[workload.name]!
    : {};
  const provisioned = own.provisionedConcurrency ?? options.provisionedConcurrency;
  const reserved = own.reservedConcurrentExecutions ?? options.reservedConcurrentExecutions;
  return {
    workload,
    ...startKeys(options, own),
    coldStart: coldStartOf(options, own),
    idle: own.keepAlive?.idle ?? options.keepAlive.idle,
    maxAge: own.keepAlive?.maxAge ?? options.keepAlive.maxAge,
    timeout: own.timeout ?? options.timeout,
    ephemeralStorage: own.ephemeralStorage ?? options.ephemeralStorage,
    reserved: reserved === 'none' ? null : reserved,
    provisioning: provisioned,
    provisioned: mostProvisioned(provisioned),
    speed: own.speed ?? options.speed,
    crashRate: own.crashRate ?? options.crashRate,
    proactiveInitialization: own.proactiveInitialization ?? options.proactiveInitialization,
    path: own.memorySize === undefined ? path : [...path, 'functions', workload.name],
    pathOf: (key) => [...path, ...(own[key] === undefined ? [] : ['functions', workload.name]), key],
  };
}

/** The problems of keys for functions that no workload is. */
export function unknownFunctions(options: LambdaOptions, { path, program }: PlatformContext): Problem[] {
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
