import { z } from 'zod';
import { integerFraction, type MeterReading, ratio } from '../../billing/index.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { WorkloadPlan } from '../../workload/workload.ts';
import { type FrontDoorOptions, frontDoorType } from '../shared/common-options.ts';

const BYTES_PER_MB = 1024 ** 2;
const BYTES_PER_GB = 1024 ** 3;
/** Streamed at any rate and without charge; what is beyond goes at 2 MB/s (Lambda quotas, 2026). */
const UNCAPPED_BYTES = 6 * BYTES_PER_MB;
const BYTES_PER_SECOND = 2 * BYTES_PER_MB;
/** The largest response that can be streamed (Lambda quotas, 2026). */
export const STREAMED_MEGABYTES_MAX = 200;
export const STREAMING_PRICE = 'lambda.streaming';

/** How a response leaves the function, by the words of a function URL. */
export const responseShape = {
  invokeMode: z
    .enum(['BUFFERED', 'RESPONSE_STREAM'])
    .default('BUFFERED')
    .meta({ description: 'RESPONSE_STREAM: responses are streamed, up to 200 MB' }),
};

export type InvokeMode = z.infer<typeof responseShape.invokeMode>;

/** Bytes of one response that are charged and go at the capped rate. */
function cappedBytes({ payloadOutBytes }: WorkloadPlan): number {
  return Math.max(0, payloadOutBytes - UNCAPPED_BYTES);
}

/**
 * The least that an invocation takes: beyond its first 6 MB a response leaves at 2 MB/s, and the function
 * runs, and is billed, until it has. A response is streamed while it is made, so that this is no addition.
 */
export function streamingMicros(invokeMode: InvokeMode, workload: WorkloadPlan): number {
  if (invokeMode === 'BUFFERED') return 0;
  return Math.ceil((cappedBytes(workload) / BYTES_PER_SECOND) * MICROS_PER_SECOND);
}

/** What is streamed beyond 6 MB of each response, by the GB (Lambda pricing page, 2026). */
export function streamingReadings(
  invokeMode: InvokeMode,
  workloads: readonly WorkloadPlan[],
  observation: Observation,
): MeterReading[] {
  if (invokeMode === 'BUFFERED') return [];
  return workloads.map((workload, index) => ({
    priceId: STREAMING_PRICE,
    quantity: integerFraction(observation.usage[`invocations.${index}`]!).mul(
      ratio(cappedBytes(workload), BYTES_PER_GB),
    ),
  }));
}

/**
 * What cannot be streamed: more than 200 MB, through a front door that waits for the whole response, or to
 * nobody, who is who waits for the response to an event.
 */
export function streamingProblems(
  {
    invokeMode,
    frontDoor,
    invocation,
  }: {
    readonly invokeMode: InvokeMode;
    readonly frontDoor: FrontDoorOptions;
    readonly invocation: string;
  },
  workloads: readonly WorkloadPlan[],
  path: Path,
): Problem[] {
  if (invokeMode === 'BUFFERED') return [];
  const type = frontDoorType(frontDoor);
  const problems = workloads
    .filter(({ payloadOutBytes }) => payloadOutBytes > STREAMED_MEGABYTES_MAX * BYTES_PER_MB)
    .map(({ name, payloadOutBytes }) => {
      const message = `responses of workload \`${name}\` have ${payloadOutBytes} bytes`;
      const help = `AWS: a streamed response has at most ${STREAMED_MEGABYTES_MAX} MB; put it into S3`;
      return problem('payload-too-large', [...path, 'invokeMode'], message, { help });
    });
  if (type !== 'none' && type !== 'functionUrl') {
    const message = `responses are not streamed through \`${type}\` here`;
    const help = 'take `frontDoor: functionUrl` or `none`, or leave `invokeMode` out';
    problems.push(problem('conflicting-keys', [...path, 'invokeMode'], message, { help }));
  }
  if (invocation !== 'sync') {
    const message = `nobody waits for a response with \`invocation: ${invocation}\``;
    const help = 'AWS: InvokeWithResponseStream is synchronous; leave `invokeMode` out';
    problems.push(problem('conflicting-keys', [...path, 'invokeMode'], message, { help }));
  }
  return problems;
}
