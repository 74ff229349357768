import type { MeterReading, PriceBook } from '../../billing/index.ts';
import type { ThrottlePlan } from '../../fleet/on-demand/request-throttle.ts';
import { MICROS_PER_MS } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { readRateFraction } from '../../traffic/rate-fraction.ts';
import { durationMicros } from '../../units/duration.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { WorkloadPlan } from '../../workload/workload.ts';
import type { ApiGatewayOptions } from './api-gateway-options.ts';
import { countReading } from './meters.ts';
import { unpricedProblems } from './unpriced.ts';

const TIMEOUT_MIN_MICROS = 50 * MICROS_PER_MS;
/** Maximum integration timeout of an HTTP API, not raisable (HTTP API quotas, 2026). */
const HTTP_TIMEOUT_MAX = '30s';
/** Timeout of a REST API before AWS raises it (REST API quotas, 2026). */
const REST_TIMEOUT_DEFAULT = '29s';
/** Unit in which the calls of an HTTP API are metered (API Gateway pricing, 2025-11-02). */
const METERED_BYTES = 512 * 1024;

/** Parts of API Gateway that this model leaves out. */
export const apiGatewayNotModelled: readonly string[] = [
  'cache, authorizers and usage plans of API Gateway',
  "the first year's free calls of API Gateway",
];

const priceIdOf = ({ type }: ApiGatewayOptions) =>
  type === 'apiGatewayHttp' ? 'apigateway.http.requests' : 'apigateway.rest.requests';

/**
 * The program as it looks through the API: a request whose function has not answered when the integration
 * times out fails for its client then, after the API's own latency. The function goes on and is billed.
 * AWS starts the clock when the function is invoked, so that set-up and init count.
 */
export function throughApiGateway(api: ApiGatewayOptions, program: ProgramBase): ProgramBase {
  const longest = durationMicros(api.timeout) + durationMicros(api.latency);
  const workloads = program.workloads.map((workload) => ({
    ...workload,
    timeoutMicros: Math.min(workload.timeoutMicros, longest),
  }));
  return { ...program, workloads };
}

/**
 * The token bucket in which "a token counts for a request" (API Gateway Developer Guide, throttling, 2026),
 * `rateLimit` the steady rate and `burstLimit` "the maximum bucket size". AWS applies it as a target, on a
 * best-effort basis; here it is exact.
 */
export function apiGatewayThrottle({ throttle }: ApiGatewayOptions): ThrottlePlan {
  if (throttle === 'none') return { microsPerRequest: 0, fillMicros: Number.POSITIVE_INFINITY };
  const { count, perMicros } = readRateFraction(throttle.rateLimit);
  return { microsPerRequest: perMicros / count, fillMicros: (perMicros * throttle.burstLimit) / count };
}

/**
 * Calls by AWS's count. What API Gateway throttles itself is not charged; what Lambda throttles is (API
 * Gateway Developer Guide, pricing; AWS's answer on re:Post, 2020-06-18).
 *
 * A call of an HTTP API is one for each 512 KB (524,288 bytes) begun. AWS's example meters documents that are
 * uploaded, 4.5 MB as nine (API Gateway pricing, 2025-11-02, HTTP APIs, example 2), and does not say whether
 * responses count: so `payload.in` counts alone unless `meteredPayload` says `requestAndResponse`, and then
 * their sum. Headers are not counted. A call of a REST API is one, whatever its size.
 */
export function apiGatewayReadings(
  api: ApiGatewayOptions,
  observation: Observation,
  { workloads }: ProgramBase,
): MeterReading[] {
  const calls = workloads.reduce(
    (sum, workload, index) =>
      sum + observation.usage[`frontDoorRequests.${index}`]! * callsPerRequest(api, workload),
    0,
  );
  return [countReading(priceIdOf(api), calls)];
}

function callsPerRequest(api: ApiGatewayOptions, workload: WorkloadPlan): number {
  if (api.type === 'apiGatewayRest') return 1;
  const response = api.meteredPayload === 'requestAndResponse' ? workload.payloadOutBytes : 0;
  return Math.max(1, Math.ceil((workload.payloadInBytes + response) / METERED_BYTES));
}

/**
 * What AWS would not accept of an API, and `unpriced` where the region has no price for its calls.
 * @param path where the front door stands
 */
export function apiGatewayProblems(api: ApiGatewayOptions, prices: PriceBook, path: Path): Problem[] {
  const problems = unpricedProblems([priceIdOf(api)], prices, path);
  const timeout = durationMicros(api.timeout);
  if (api.type === 'apiGatewayHttp' && timeout > durationMicros(HTTP_TIMEOUT_MAX)) {
    const message = `timeout ${api.timeout} is above ${HTTP_TIMEOUT_MAX}`;
    const help =
      'AWS: "Maximum integration timeout: 30 seconds", and it cannot be increased; ' +
      'use `apiGatewayRest`, where it can, or `functionUrl`';
    problems.push(problem('out-of-range', [...path, 'timeout'], message, { help }));
  }
  if (timeout < TIMEOUT_MIN_MICROS) {
    const message = `timeout ${api.timeout} is below 50ms`;
    const help = 'AWS waits for an integration for 50 milliseconds at least';
    problems.push(problem('out-of-range', [...path, 'timeout'], message, { help }));
  }
  if (api.throttle !== 'none' && readRateFraction(api.throttle.rateLimit).count === 0) {
    const message = `rateLimit ${api.throttle.rateLimit} would refuse every request but the first burst`;
    const help = 'give a rate above zero, or `throttle: none`';
    problems.push(problem('out-of-range', [...path, 'throttle', 'rateLimit'], message, { help }));
  }
  return problems;
}

/** What a reader should know was assumed about an API. */
export function apiGatewayAssumptions(api: ApiGatewayOptions): string[] {
  const sentences = [
    'API Gateway throttles as an exact token bucket (AWS: a target, on a best-effort basis), ' +
      'and what it throttles is not charged.',
  ];
  if (api.type === 'apiGatewayHttp' && api.meteredPayload === 'request') {
    sentences.push(
      'An HTTP API meters requests by 512 KB of `payload.in`; whether responses count too is not published ' +
        '(`meteredPayload: requestAndResponse`).',
    );
  }
  if (api.type === 'apiGatewayRest' && durationMicros(api.timeout) > durationMicros(REST_TIMEOUT_DEFAULT)) {
    sentences.push(
      'AWS has raised the integration timeout above 29 s: ' +
        'it does for Regional and private REST APIs, and may lower the throttle for it.',
    );
  }
  return sentences;
}
