import type { Fraction, HourlyUsage, MeterReading } from '../../billing/index.ts';
import {
  type BilledLife,
  billedInstanceMicros,
  billedMicrosByHour,
  integerFraction,
  lcuHours,
  ratio,
  sum,
  wholeSum,
} from '../../billing/index.ts';
import { clockHourOffset } from '../../kernel/clock-hours.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation, WorkerSpans } from '../../observe/observation.ts';
import { durationMicros } from '../../units/duration.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { AlbOptions } from './common-options.ts';

/** A GB of data transfer and of NAT gateways. */
export const BYTES_PER_GIB = 1024 ** 3;
/**
 * An internet-facing Application Load Balancer has a node, with a public address, in each of two zones at
 * least.
 */
const ALB_ADDRESSES = 2;

/** The window's length in hours, for what lives all through it. */
export function windowHours(program: ProgramBase): Fraction {
  return ratio(program.windowMicros, MICROS_PER_HOUR);
}

/**
 * An Application Load Balancer: its hours, its addresses, and LCU-hours of which each clock-hour's are
 * decided by the largest of four dimensions (Elastic Load Balancing pricing, read 2026-09-20).
 */
export function albReadings(
  alb: AlbOptions,
  observation: Observation,
  program: ProgramBase,
  lambdaTargets: boolean,
): MeterReading[] {
  const { requests, bytes } = observation.hours;
  const connectionSeconds = durationMicros(alb.connectionDuration) / MICROS_PER_SECOND;
  const lcus = Array.from(requests, (count, hour) =>
    lcuHours({
      requests: count,
      requestsPerConnection: alb.requestsPerConnection,
      connectionSeconds,
      bytes: bytes[hour]!,
      rules: alb.rules,
      lambdaTargets,
    }),
  );
  const hours = windowHours(program);
  return [
    { priceId: 'alb.hours', quantity: hours },
    { priceId: 'alb.lcu', quantity: sum(lcus) },
    { priceId: 'vpc.public-ipv4', quantity: hours.mul(ALB_ADDRESSES) },
  ];
}

/** Responses that leave for the internet, where the scenario charges for them. A GB is 2^30 bytes here. */
export function egressReadings(observation: Observation, program: ProgramBase): MeterReading[] {
  if (program.billing.egress === 'none') return [];
  const bytes = observation.largeUsage.bytesOut ?? 0n;
  return [{ priceId: 'data-transfer.out', quantity: ratio(bytes, BYTES_PER_GIB) }];
}

/** What ran by the second: billed hours, and where commitments ask for it the time in each clock-hour. */
export interface BilledTime {
  readonly hours: Fraction;
  /** In microseconds. */
  readonly byHour?: Float64Array;
}

/**
 * The billed time of all that ran: instances, tasks or pods.
 * @param minimumMicros the least that a start costs
 */
export function billedTime(spans: WorkerSpans, program: ProgramBase, minimumMicros: number): BilledTime {
  const { windowMicros } = program;
  const lives = spans.startMicros.map((startMicros, index): BilledLife => {
    return { startMicros, endMicros: spans.endMicros[index]!, windowMicros, minimumMicros };
  });
  const hours = wholeSum(lives.map(billedInstanceMicros)).div(MICROS_PER_HOUR);
  if (!program.billing.byHour) return { hours };
  const offsetMicros = clockHourOffset(program.startAtEpochMs);
  return { hours, byHour: billedMicrosByHour(lives, { windowMicros, offsetMicros }) };
}

/** @param unitsPerHour units of the price that each of them uses in an hour, as vCPUs of a task */
export function timeReading(
  priceId: string,
  { hours, byHour }: BilledTime,
  unitsPerHour: Fraction | number = 1,
): MeterReading {
  const quantity = hours.mul(unitsPerHour);
  if (byHour === undefined) return { priceId, quantity };
  const unitsPerCount = ratio(1, MICROS_PER_HOUR).mul(unitsPerHour);
  return { priceId, quantity, byHour: { counts: byHour, unitsPerCount } };
}

/**
 * What an engine counted under a name, each count worth so many units of the price; by clock-hour where
 * commitments ask for it.
 */
export function usageReading(
  priceId: string,
  observation: Observation,
  name: string,
  unitsPerCount: Fraction,
): MeterReading {
  const quantity = integerFraction(observation.usage[name] ?? 0).mul(unitsPerCount);
  const counts = observation.hours.usage[name];
  const byHour: HourlyUsage | undefined = counts === undefined ? undefined : { counts, unitsPerCount };
  return byHour === undefined ? { priceId, quantity } : { priceId, quantity, byHour };
}

/** A whole count as a reading. */
export function countReading(priceId: string, count: number): MeterReading {
  return { priceId, quantity: integerFraction(count) };
}

/** Readings as those of hosts. */
export function ofHosts(readings: readonly MeterReading[]): MeterReading[] {
  return readings.map((reading) => ({ ...reading, isHost: true }));
}
