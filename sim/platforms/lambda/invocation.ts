import type { MeterReading } from '../../billing/index.ts';
import type { EventSource } from '../../fleet/event-sources/event-source.ts';
import type { SourceParts } from '../../fleet/event-sources/source-parts.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import type { PlatformContext } from '../platform.ts';
import { frontDoorType } from '../shared/common-options.ts';
import { senderAssumptions, waitingUserProblems } from '../shared/message-queue.ts';
import { planAsync } from './async-invocation.ts';
import type { ResolvedFunction } from './functions.ts';
import type { LambdaOptions } from './options.ts';
import { planQueue } from './queue-invocation.ts';
import { planStream } from './stream-invocation.ts';

/** How requests reach the functions of a platform, its words turned into numbers. */
export interface InvocationPlan {
  /** Opens what stands between senders and one function; null where callers wait for their answer. */
  readonly openSource: ((parts: SourceParts) => EventSource) | null;
  readonly problems: readonly Problem[];
  readonly assumptions: readonly string[];
  readonly notModelled: readonly string[];
  /** By function: how many requests Lambda counts for an invocation. */
  readonly requestsPerInvocation: readonly number[];
  /** What the way to the functions costs besides. */
  readings(observation: Observation): MeterReading[];
}

const PLANS = { async: planAsync, sqs: planQueue, kinesis: planStream, dynamodb: planStream } as const;

/** Which `invocation` each key belongs to. */
const KEYS = {
  maximumRetryAttempts: ['async'],
  maximumEventAge: ['async'],
  eventSource: ['sqs', 'kinesis', 'dynamodb'],
} as const;

/** S3 invokes a function asynchronously, whatever else is said (S3 User Guide, EventNotifications, 2026). */
export function invocationOf({ invocation, frontDoor }: LambdaOptions): LambdaOptions['invocation'] {
  return frontDoorType(frontDoor) === 's3Event' && invocation === 'sync' ? 'async' : invocation;
}

export function planInvocation(
  options: LambdaOptions,
  functions: readonly ResolvedFunction[],
  context: PlatformContext,
): InvocationPlan {
  const invocation = invocationOf(options);
  const problems = [...misplacedKeys(options, invocation, context.path)];
  if (invocation === 'sync') {
    const requestsPerInvocation = functions.map(() => 1);
    const none = { assumptions: [], notModelled: [], readings: () => [] };
    return { openSource: null, problems, requestsPerInvocation, ...none };
  }
  problems.push(...answerProblems(options, context));
  const plan = PLANS[invocation](options, functions, context);
  return {
    ...plan,
    problems: [...problems, ...plan.problems],
    assumptions: [...plan.assumptions, ...senderAssumptions(context.program)],
  };
}

function* misplacedKeys(options: LambdaOptions, invocation: string, path: Path): Iterable<Problem> {
  for (const [key, kinds] of Object.entries(KEYS)) {
    if (options[key as keyof typeof KEYS] === undefined || kinds.some((kind) => kind === invocation))
      continue;
    const message = `${ticked(key)} means nothing with \`invocation: ${invocation}\``;
    const help = `remove it, or set \`invocation: ${kinds.join('` or `')}\``;
    yield problem('misplaced-key', [...path, key], message, { at: 'key', help });
  }
}

/** What waits for an answer that an event never gives. */
function* answerProblems(options: LambdaOptions, { program, path }: PlatformContext): Iterable<Problem> {
  const { invocation } = options;
  const frontDoor = frontDoorType(options.frontDoor);
  const place = [...path, frontDoor === 's3Event' ? 'frontDoor' : 'invocation'];
  if (frontDoor !== 'none' && frontDoor !== 's3Event') {
    const message = `${ticked(frontDoor)} waits for an answer, and \`invocation: ${invocation}\` gives none`;
    const help =
      'AWS: such a front door invokes a function synchronously; use `frontDoor: none` or `s3Event`';
    yield problem('no-answer', [...path, 'frontDoor'], message, { help });
  }
  if (frontDoor === 's3Event' && (invocation === 'kinesis' || invocation === 'dynamodb')) {
    const message = `S3 sends no events to a stream, as \`invocation: ${invocation}\` reads one`;
    const help = 'use `frontDoor: none`, or `invocation: async` or `sqs`';
    yield problem('misplaced-key', [...path, 'frontDoor'], message, { help });
  }
  yield* waitingUserProblems(program, place);
}
