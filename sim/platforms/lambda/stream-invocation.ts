import { type MeterReading, ratio } from '../../billing/index.ts';
import { StreamMapping, type StreamMappingPlan } from '../../fleet/event-sources/stream-mapping.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Path, type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { rangeProblems } from '../shared/duration-ranges.ts';
import { windowHours } from '../shared/meters.ts';
import {
  type CompleteEventSource,
  type EventSourceOptions,
  fittingBatch,
  foreignKeys,
  WINDOW_RANGE,
} from './event-source-options.ts';
import type { ResolvedFunction } from './functions.ts';
import type { InvocationPlan } from './invocation.ts';
import type { LambdaOptions } from './options.ts';

/**
 * Lambda Developer Guide, services-kinesis-parameters and services-ddb-params, 2026: what is without a limit
 * there is -1. One shard is the least, and records that all have their own key are our choice.
 */
const STREAM_DEFAULTS = {
  batchSize: 100,
  maximumBatchingWindow: '0s',
  reportBatchItemFailures: false,
  shards: 1,
  parallelizationFactor: 1,
  partitionKeys: 'none',
  maximumRetryAttempts: 'none',
  maximumRecordAge: 'none',
  bisectBatchOnFunctionError: false,
} as const satisfies EventSourceOptions;
/** Polls of a shard: once a second (with-kinesis), four times (with-ddb, Lambda Developer Guide, 2026). */
const POLL_MICROS = { kinesis: MICROS_PER_SECOND, dynamodb: MICROS_PER_SECOND / 4 } as const;
/** How long a record stays in a stream by default (Kinesis and DynamoDB Streams Developer Guides, 2026). */
const RETENTION = '24h';
/** Largest record, and the unit that producers pay for (Kinesis Data Streams quotas and pricing, 2026). */
const RECORD_BYTES_MAX = 1024 ** 2;
const PUT_BYTES = 25 * 1024;
const RANGES = {
  maximumBatchingWindow: WINDOW_RANGE,
  maximumRecordAge: ['60s', '7d', 'MaximumRecordAgeInSeconds is 60 to 604,800, or infinite'],
} as const;

/** A mapping of a stream with its defaults. */
type StreamSource = CompleteEventSource<keyof typeof STREAM_DEFAULTS>;

export function withStreamDefaults(given: EventSourceOptions): StreamSource {
  return { ...STREAM_DEFAULTS, ...given } as StreamSource;
}

/** Functions that handle the records of a stream each, of Kinesis or of a DynamoDB table. */
export function planStream(
  options: LambdaOptions,
  functions: readonly ResolvedFunction[],
  context: PlatformContext,
): InvocationPlan {
  const source = withStreamDefaults(options.eventSource ?? {});
  const path = [...context.path, 'eventSource'];
  const isKinesis = options.invocation === 'kinesis';
  const plans = functions.map((each) => planMapping(source, each, isKinesis));
  return {
    openSource: (parts) => new StreamMapping(plans[parts.functionIndex]!, parts),
    problems: [
      ...foreignKeys(source, options.invocation, path),
      ...rangeProblems(source as unknown as Record<string, string | undefined>, RANGES, path),
      ...(isKinesis ? functions.flatMap((each) => [...recordProblems(each, path)]) : []),
      ...(isKinesis ? unpriced(context) : []),
    ],
    requestsPerInvocation: functions.map(() => 1),
    readings: (observation) => (isKinesis ? kinesisReadings(plans, functions, observation, context) : []),
    assumptions: [
      'Latency runs from the writing of a record to the end of its handling.',
      `Each shard is polled ${isKinesis ? 'once' : 'four times'} a second until there is more to read.`,
      'A batch that failed is tried again at the next poll (AWS does not say when).',
      'A throttled batch is tried again when an invocation ends, and every second.',
      ...(isKinesis ? [] : ['Reads of DynamoDB Streams by Lambda are free; the table itself is not billed.']),
    ],
    notModelled: [
      'enhanced fan-out, tumbling windows and event filters of streams',
      'write limits and splits of shards',
      'records that are delivered twice',
    ],
  };
}

function planMapping(
  source: StreamSource,
  { workload }: ResolvedFunction,
  isKinesis: boolean,
): StreamMappingPlan {
  const { partitionKeys, maximumRetryAttempts, maximumRecordAge } = source;
  const unlimited = (limit: number | 'none') => (limit === 'none' ? Number.POSITIVE_INFINITY : limit);
  const age = maximumRecordAge === 'none' ? Number.POSITIVE_INFINITY : durationMicros(maximumRecordAge);
  return {
    shards: source.shards,
    parallelizationFactor: source.parallelizationFactor,
    partitionKeys: unlimited(partitionKeys),
    batchSize: fittingBatch(source.batchSize, workload.payloadInBytes),
    windowMicros: durationMicros(source.maximumBatchingWindow),
    pollMicros: isKinesis ? POLL_MICROS.kinesis : POLL_MICROS.dynamodb,
    maximumRetryAttempts: unlimited(maximumRetryAttempts),
    maximumRecordAgeMicros: Math.min(age, durationMicros(RETENTION)),
    bisectsBatchOnFunctionError: source.bisectBatchOnFunctionError,
    reportsBatchItemFailures: source.reportBatchItemFailures,
  };
}

/**
 * A provisioned stream: its shards by the hour, and what producers put into it by 25 KB begun (Amazon Kinesis
 * Data Streams pricing, 2026). Reads are part of the shards.
 */
function kinesisReadings(
  plans: readonly StreamMappingPlan[],
  functions: readonly ResolvedFunction[],
  observation: Observation,
  { program }: PlatformContext,
): MeterReading[] {
  const shards = plans.reduce((sum, plan) => sum + plan.shards, 0);
  const units = functions.reduce((sum, { workload }, index) => {
    const each = Math.max(1, Math.ceil(workload.payloadInBytes / PUT_BYTES));
    return sum + (observation.usage[`streamRecords.${index}`] ?? 0) * each;
  }, 0);
  return [
    { priceId: 'kinesis.shard-hours', quantity: windowHours(program).mul(shards) },
    { priceId: 'kinesis.put-units', quantity: ratio(units, 1) },
  ];
}

/** Where the region has no price for a stream: said before anything runs. */
function unpriced({ prices, path }: PlatformContext): readonly Problem[] {
  try {
    for (const id of ['kinesis.shard-hours', 'kinesis.put-units']) prices.price(id, [...path, 'invocation']);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

function* recordProblems(
  { workload: { name, payloadInBytes } }: ResolvedFunction,
  path: Path,
): Iterable<Problem> {
  if (payloadInBytes <= RECORD_BYTES_MAX) return;
  const message =
    `records of workload \`${name}\` have ${payloadInBytes} bytes, and Kinesis takes ` +
    `1 MB (${RECORD_BYTES_MAX} bytes)`;
  const help = 'put the data into S3 and send its key: leave it out of `payload`';
  yield problem('payload-too-large', path, message, { label: 'at most 1 MB', help });
}
