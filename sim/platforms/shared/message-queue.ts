import { integerFraction, type MeterReading } from '../../billing/index.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { WorkloadPlan } from '../../workload/workload.ts';
import type { DurationRange } from './duration-ranges.ts';

/** Largest message (Amazon SQS quotas, 2026; 256 KB before August 2025). */
const MESSAGE_BYTES_MAX = 1024 ** 2;
/** Messages of a standard queue that are received and not deleted (Amazon SQS quotas, 2026). */
export const IN_FLIGHT_MAX = 120_000;
/** Amazon SQS API, SetQueueAttributes, 2026. */
export const VISIBILITY_RANGE: DurationRange = ['0s', '12h', 'VisibilityTimeout is 0 to 43,200 seconds'];
export const RETENTION_RANGE: DurationRange = [
  '60s',
  '14d',
  'MessageRetentionPeriod is 60 to 1,209,600 seconds',
];
const COUNTS = ['Sends', 'Receives', 'EmptyReceives', 'Deletes'] as const;

/** The calls that queues are charged for, of all that there are. */
export function queueReadings({ usage }: Observation): MeterReading[] {
  const calls = Object.entries(usage)
    .filter(([name]) => COUNTS.some((kind) => name.startsWith(`queue${kind}.`)))
    .reduce((sum, [, count]) => sum + count, 0);
  return [{ priceId: 'sqs.requests', quantity: integerFraction(calls) }];
}

/** Messages that SQS would not take. */
export function messageSizeProblems({ name, payloadInBytes }: WorkloadPlan, path: Path): Problem[] {
  if (payloadInBytes <= MESSAGE_BYTES_MAX) return [];
  const message =
    `messages of workload \`${name}\` have ${payloadInBytes} bytes, and SQS takes ` +
    `1 MB (${MESSAGE_BYTES_MAX} bytes)`;
  const help = 'put the data into S3 and send its key: leave it out of `payload`';
  return [problem('payload-too-large', path, message, { label: 'at most 1 MB', help })];
}

/** Virtual users, who would wait for an answer that an event never gives. */
export function waitingUserProblems({ streams }: ProgramBase, path: Path): Problem[] {
  const closed = streams.filter(({ kind }) => kind === 'closed');
  if (closed.length === 0) return [];
  const names = closed.map(({ name }) => ticked(name)).join(', ');
  const message = `the virtual users of ${names} wait for an answer, and an event has none`;
  const help = 'give the stream an arrival rate: its senders go on at once, with a 202';
  return [problem('no-answer', path, message, { help })];
}

/** What a workload says of clients that wait for answers. */
export function senderAssumptions({ workloads }: ProgramBase): string[] {
  const isWaiting = workloads.some(
    ({ timeoutMicros, patience, retries }) =>
      timeoutMicros < Number.POSITIVE_INFINITY || patience !== null || retries !== null,
  );
  if (!isWaiting) return [];
  return ['`timeout`, `queueTimeout` and `retries` of clients do not apply: senders of events do not wait.'];
}
