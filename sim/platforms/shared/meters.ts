import type { Fraction, MeterReading } from '../../billing/index.ts';
import { integerFraction, lcuHours, ratio, sum, ZERO } from '../../billing/index.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import { durationMicros } from '../../units/duration.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { AlbOptions } from './common-options.ts';

const BYTES_PER_GIB = 1024 ** 3;
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
  const bytes = observation.usage.bytesOut ?? 0;
  return [{ priceId: 'data-transfer.out', quantity: bytes === 0 ? ZERO : ratio(bytes, BYTES_PER_GIB) }];
}

/** A whole count as a reading. */
export function countReading(priceId: string, count: number): MeterReading {
  return { priceId, quantity: integerFraction(count) };
}
