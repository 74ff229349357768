import { type AsyncPlan, AsyncQueue } from '../../fleet/event-sources/async-queue.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import type { ResolvedFunction } from './functions.ts';
import type { InvocationPlan } from './invocation.ts';
import type { LambdaOptions } from './options.ts';
import { planS3Event } from './s3-event.ts';

/** Lambda API, PutFunctionEventInvokeConfig, 2026: 0 to 2, and 60 to 21,600 s; the largest by default. */
export const ASYNC_DEFAULTS = { maximumRetryAttempts: 2, maximumEventAge: '6h' } as const;
const EVENT_AGE = { min: '60s', max: '6h' } as const;
/** Invocation payload, asynchronous (Lambda quotas, 2026). */
const EVENT_BYTES_MAX = 1024 ** 2;
/** An event counts once for its first 256 KB and once for each further 64 KB (Lambda pricing page, 2026). */
const FIRST_BYTES = 256 * 1024;
const FURTHER_BYTES = 64 * 1024;

/** Functions invoked with events: by their senders, or by S3. */
export function planAsync(
  options: LambdaOptions,
  functions: readonly ResolvedFunction[],
  { path, readFile }: PlatformContext,
): InvocationPlan {
  const s3 = planS3Event(options, { path, readFile });
  const plan: AsyncPlan = {
    kind: 'async',
    maximumRetryAttempts: options.maximumRetryAttempts ?? ASYNC_DEFAULTS.maximumRetryAttempts,
    maximumEventAgeMicros: durationMicros(options.maximumEventAge ?? ASYNC_DEFAULTS.maximumEventAge),
    deliveryDelay: s3?.delay ?? null,
  };
  const isOwnPayload = s3 === null;
  return {
    openSource: (parts) => new AsyncQueue(plan, parts),
    problems: [...ageProblems(options, path), ...(isOwnPayload ? payloadProblems(functions, path) : [])],
    requestsPerInvocation: functions.map(({ workload }) =>
      isOwnPayload ? requestsOfEvent(workload.payloadInBytes) : 1,
    ),
    readings: () => [],
    assumptions: [
      'Latency runs from the event to the end of its handling; the sender had its 202 at once.',
      'Lambda takes events off its queue at once, however long the queue is.',
      ...(s3?.assumptions ?? []),
    ],
    notModelled: ['destinations, and what a dead-letter queue costs', 'events that are delivered twice'],
  };
}

/** How many requests an event of so many bytes is counted for. */
export function requestsOfEvent(bytes: number): number {
  return 1 + Math.max(0, Math.ceil((bytes - FIRST_BYTES) / FURTHER_BYTES));
}

function* ageProblems({ maximumEventAge }: LambdaOptions, path: PlatformContext['path']): Iterable<Problem> {
  if (maximumEventAge === undefined) return;
  const age = durationMicros(maximumEventAge);
  if (age >= durationMicros(EVENT_AGE.min) && age <= durationMicros(EVENT_AGE.max)) return;
  const message = `maximumEventAge ${maximumEventAge} is not in ${EVENT_AGE.min} … ${EVENT_AGE.max}`;
  const help = 'AWS: MaximumEventAgeInSeconds is 60 to 21,600';
  yield problem('out-of-range', [...path, 'maximumEventAge'], message, { help });
}

function payloadProblems(functions: readonly ResolvedFunction[], path: PlatformContext['path']): Problem[] {
  return functions
    .filter(({ workload }) => workload.payloadInBytes > EVENT_BYTES_MAX)
    .map(({ workload: { name, payloadInBytes } }) => {
      const message =
        `events of workload \`${name}\` have ${payloadInBytes} bytes, and an asynchronous invocation takes ` +
        `1 MB (${EVENT_BYTES_MAX} bytes)`;
      const help =
        'put the data into S3 and send its key: leave it out of `payload`, or use `frontDoor: s3Event`';
      return problem('payload-too-large', [...path, 'invocation'], message, { label: 'at most 1 MB', help });
    });
}
