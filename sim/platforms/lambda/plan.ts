import { openDistribution } from '../../distributions/index.ts';
import { EventEngine } from '../../fleet/event-sources/engine.ts';
import { OnDemandEngine } from '../../fleet/on-demand/engine.ts';
import type { FunctionPlan, OnDemandPlan } from '../../fleet/on-demand/plan.ts';
import { type Path, type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext, PlatformPlan } from '../platform.ts';
import {
  apiGatewayNotModelled,
  apiGatewayProblems,
  apiGatewayThrottle,
  throughApiGateway,
} from '../shared/api-gateway.ts';
import { apiGatewayOf, frontDoorLatency } from '../shared/common-options.ts';
import { memoryProblem } from '../shared/memory.ts';
import { payloadProblems } from '../shared/payload-limits.ts';
import { slowStartOfFunctions } from '../shared/server-front-door.ts';
import { unpricedProblems } from '../shared/unpriced.ts';
import { assumptionsOf, notModelled } from './assumptions.ts';
import { meterLambda } from './bill.ts';
import { codeSizeProblems } from './code-size.ts';
import { notMeasured } from './cold-start.ts';
import { withDefaults } from './defaults.ts';
import { type ResolvedFunction, resolveFunction, unknownFunctions } from './functions.ts';
import { invocationOf, planInvocation } from './invocation.ts';
import { LOGS_PRICE } from './logs.ts';
import { type LambdaOptions, MEMORY_MAX_MIB } from './options.ts';
import { planProvisioned, provisionedProblems, provisioningProblems } from './provisioned-concurrency.ts';
import { STREAMING_PRICE, streamingMicros, streamingProblems } from './response-streaming.ts';
import { planScaling, scalingProblems } from './scaling.ts';
import { RESTORE_BILLED, snapStartProblems } from './snap-start.ts';

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

/** @throws ScenarioError with every problem of every function */
export function planLambda(written: LambdaOptions, context: PlatformContext): PlatformPlan {
  const { program } = context;
  const options = withDefaults(written, context);
  const problems: Problem[] = unknownFunctions(options, context);
  problems.push(...scalingProblems(options, context.path));
  const scaling = planScaling(options, invocationOf(options));
  const functions = program.workloads.map((workload) => resolveFunction(written, workload, context.path));
  const plans = functions.map((each) => {
    try {
      return planFunction(each, { ...options, ...scaling }, context, problems);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      problems.push(...error.problems);
      return null;
    }
  });
  const sharedConcurrency = unreservedConcurrency(options, functions, context, problems);
  const frontDoorPath = [...context.path, 'frontDoor'];
  const isStreamed = options.invokeMode === 'RESPONSE_STREAM';
  problems.push(
    ...payloadProblems(options.frontDoor, program.workloads, frontDoorPath, isStreamed),
    ...responseProblems(options, context),
    ...slowStartOfFunctions(options.frontDoor, frontDoorPath),
  );
  const api = apiGatewayOf(options.frontDoor);
  if (api !== null) problems.push(...apiGatewayProblems(api, context.prices, frontDoorPath));
  problems.push(...crashProblems(options, functions, context.path));
  const invocation = planInvocation(options, functions, context);
  problems.push(...invocation.problems);
  if (problems.length > 0) throw new ScenarioError(problems);
  const plan: OnDemandPlan = {
    program: api === null ? program : throughApiGateway(api, program),
    functions: plans as FunctionPlan[],
    accountConcurrency:
      options.accountConcurrency === 'none' ? Number.POSITIVE_INFINITY : options.accountConcurrency,
    sharedConcurrency,
    ...scaling,
    frontDoorMicros: durationMicros(frontDoorLatency(options.frontDoor)),
    frontDoorThrottle: api === null ? null : apiGatewayThrottle(api),
  };
  const { openSource } = invocation;
  return {
    capacityUnit: 'environments',
    open: (replication) =>
      openSource === null
        ? new OnDemandEngine(plan, replication)
        : new EventEngine({ functions: plan, openSource }, replication),
    meter: (observation) => meterLambda({ options, functions, invocation }, observation, program),
    extraCosts: options.extraCosts,
    assumptions: [...assumptionsOf(options, functions), ...invocation.assumptions],
    notModelled: [...notModelled, ...invocation.notModelled, ...(api === null ? [] : apiGatewayNotModelled)],
  };
}

function responseProblems(options: LambdaOptions, { program, prices, path }: PlatformContext): Problem[] {
  const problems = streamingProblems(options, program.workloads, path);
  if (options.invokeMode === 'RESPONSE_STREAM')
    problems.push(...unpricedProblems([STREAMING_PRICE], prices, [...path, 'invokeMode']));
  if (options.logs !== 'none') problems.push(...unpricedProblems([LOGS_PRICE], prices, [...path, 'logs']));
  return problems;
}

function planFunction(
  each: ResolvedFunction,
  {
    start,
    invokeMode,
    requestsPerMicroPerConcurrency,
  }: {
    readonly start: LambdaOptions['start'];
    readonly invokeMode: LambdaOptions['invokeMode'];
    readonly requestsPerMicroPerConcurrency: number | null;
  },
  { path, program, prices, readFile }: PlatformContext,
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
      : `give it \`memorySize: {needsMib}\` or more${isExplicit ? '' : '; it is 1769 when it is not given'}`,
  );
  if (tooSmall !== null) problems.push(tooSmall);
  problems.push(...timeoutProblems(each));
  problems.push(...provisioningProblems(each.provisioning, each.pathOf('provisionedConcurrency')));
  const open = (spec: Parameters<typeof openDistribution>[0], key: 'coldStart' | 'keepAlive', part: string) =>
    openDistribution(spec, [...each.pathOf(key), part], readFile);
  problems.push(...snapStartProblems(each, prices), ...codeSizeProblems(each));
  if (each.coldStart.init === undefined) throw new ScenarioError([notMeasured(each, path)]);
  const init = open(each.coldStart.init, 'coldStart', 'init');
  const restore = each.snapStart ? open(each.coldStart.restore!, 'coldStart', 'restore') : null;
  const vcpus = each.memorySize / MB_PER_VCPU;
  return {
    serviceMicrosPerCpuMicro: 1 / (each.speed * Math.min(workload.threads, vcpus)),
    leastServiceMicros: streamingMicros(invokeMode, workload),
    setup: open(each.coldStart.setup, 'coldStart', 'setup'),
    init,
    restore: restore && { duration: restore, billedMicros: durationMicros(RESTORE_BILLED) },
    crashRate: each.crashRate,
    proactiveShare: each.proactiveInitialization,
    initLimitMicros: durationMicros(INIT_LIMIT),
    idle: each.idle === 'none' ? null : open(each.idle, 'keepAlive', 'idle'),
    maxAgeMicros: each.maxAge === 'none' ? Number.POSITIVE_INFINITY : durationMicros(each.maxAge),
    timeoutMicros: durationMicros(each.timeout),
    reservedConcurrency: each.reserved,
    provisioned: planProvisioned(each, {
      start,
      program,
      init,
      requestsPerMicroEach: requestsPerMicroPerConcurrency,
    }),
  };
}

function timeoutProblems({ timeout, pathOf }: ResolvedFunction): Problem[] {
  const micros = durationMicros(timeout);
  if (micros > 0 && micros <= durationMicros(TIMEOUT_MAX)) return [];
  const help = 'a Lambda function runs for at most 900 seconds';
  const message = `timeout ${timeout} is not in 1us … 900s`;
  return [problem('out-of-range', pathOf('timeout'), message, { help })];
}

function unreservedConcurrency(
  options: LambdaOptions,
  functions: readonly ResolvedFunction[],
  { path }: PlatformContext,
  problems: Problem[],
): number {
  if (options.accountConcurrency === 'none') {
    problems.push(...provisionedProblems(functions, Number.POSITIVE_INFINITY, UNRESERVED_MIN, path));
    return Number.POSITIVE_INFINITY;
  }
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
            `reserve at most ${reservable}, or raise \`accountConcurrency\`, ` +
            'which is 1000 when it is not given',
        },
      ),
    );
  }
  const unreserved = options.accountConcurrency - reserved;
  problems.push(...provisionedProblems(functions, unreserved, UNRESERVED_MIN, path));
  return unreserved;
}

function crashProblems(
  options: LambdaOptions,
  functions: readonly ResolvedFunction[],
  path: Path,
): Problem[] {
  const invocation = invocationOf(options);
  if (invocation === 'sync' || functions.every(({ crashRate }) => crashRate === 0)) return [];
  const message = `crashes of functions with \`invocation: ${invocation}\` are not modelled`;
  const help = 'leave `crashRate` out; `errorRate` of the workload fails their code';
  return [problem('not-yet-modelled', [...path, 'crashRate'], message, { help })];
}
