import { type Fraction, integerFraction, type MeterReading, ratio } from '../../billing/index.ts';
import type { Observation } from '../../observe/observation.ts';
import type { ProgramBase } from '../../workload/program.ts';
import { apiGatewayReadings } from '../shared/api-gateway.ts';
import { albOf, apiGatewayOf } from '../shared/common-options.ts';
import { albReadings, egressReadings, usageReading } from '../shared/meters.ts';
import { natGatewayReadings } from '../shared/network.ts';
import type { ResolvedFunction } from './functions.ts';
import type { InvocationPlan } from './invocation.ts';
import { logsReadings } from './logs.ts';
import type { LambdaOptions } from './options.ts';
import { provisionedReadings } from './provisioned-concurrency.ts';
import { streamingReadings } from './response-streaming.ts';
import { snapStartReadings } from './snap-start.ts';

/** A platform's options and what they were turned into. */
export interface LambdaParts {
  readonly options: LambdaOptions;
  readonly functions: readonly ResolvedFunction[];
  readonly invocation: InvocationPlan;
}

const MS_PER_SECOND = 1_000;
const MB_PER_GB = 1_024;
/** /tmp that every function has without charge. */
const EPHEMERAL_FREE_MB = 512;

/**
 * What Lambda's meters counted: requests, GB-seconds by architecture (billed milliseconds × MB / 1024) and
 * /tmp beyond 512 MB over the same time. AWS Lambda pricing page, 2026.
 */
export function meterLambda(
  { options, functions, invocation }: LambdaParts,
  observation: Observation,
  program: ProgramBase,
): MeterReading[] {
  const readings = functions.flatMap((each, index) => {
    const billedMs = observation.usage[`billedMs.${index}`]!;
    const provisionedMs = observation.usage[`provisionedMs.${index}`] ?? 0;
    const isArm = each.architecture === 'arm64';
    const result = [
      usageReading(
        'lambda.requests',
        observation,
        `invocations.${index}`,
        ratio(invocation.requestsPerInvocation[index]!, 1),
      ),
      usageReading(
        isArm ? 'lambda.duration.arm64' : 'lambda.duration.x86',
        observation,
        `billedMs.${index}`,
        gbSeconds(1, each.memorySize),
      ),
    ];
    const extraMb = each.ephemeralStorage - EPHEMERAL_FREE_MB;
    if (extraMb > 0)
      result.push({
        priceId: 'lambda.ephemeral-storage',
        quantity: gbSeconds(billedMs + provisionedMs, extraMb),
      });
    return [
      ...result,
      ...provisionedReadings(each, index, observation, program),
      ...snapStartReadings(each, index, observation, program),
    ];
  });
  const alb = albOf(options.frontDoor);
  if (alb !== null) readings.push(...albReadings(alb, observation, program, true));
  const api = apiGatewayOf(options.frontDoor);
  if (api !== null) readings.push(...apiGatewayReadings(api, observation, program));
  const invocations = functions.reduce(
    (sum, _, index) => sum + observation.usage[`invocations.${index}`]!,
    0,
  );
  readings.push(...logsReadings(options.logs, invocations));
  readings.push(...streamingReadings(options.invokeMode, program.workloads, observation));
  readings.push(...natGatewayReadings(options.natGateway, invocations, program));
  return [...readings, ...invocation.readings(observation), ...egressReadings(observation, program)];
}

function gbSeconds(billedMs: number, megabytes: number): Fraction {
  return integerFraction(billedMs)
    .mul(megabytes)
    .div(MS_PER_SECOND * MB_PER_GB);
}
