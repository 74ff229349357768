import type Fraction from 'fraction.js';
import { assert } from '../../kernel/assert.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { integerFraction, max, ratio } from '../exact.ts';

/**
 * Counts: what one Application Load Balancer saw in one clock hour, or in the part of it that was
 * simulated.
 */
export interface LcuHour {
  readonly requests: number;
  /** Requests that clients send over one connection; 1 without keep-alive. */
  readonly requestsPerConnection: number;
  /** How long each connection stays open; parts of a second are held to the microsecond. */
  readonly connectionSeconds: number;
  /** Request and response bodies together. */
  readonly bytes: number | bigint;
  /** Rules that each request is held against. */
  readonly rules: number;
  readonly lambdaTargets: boolean;
}

const SECONDS_PER_HOUR = 3_600;
/**
 * What one LCU holds: new connections a second, active connections, bytes an hour, rule evaluations a
 * second.
 */
const NEW_CONNECTIONS_PER_SECOND = 25;
const ACTIVE_CONNECTIONS = 3_000;
const BYTES_PER_HOUR = 1_000_000_000;
const BYTES_PER_HOUR_TO_LAMBDA = 400_000_000;
const EVALUATIONS_PER_SECOND = 1_000;
const FREE_RULES = 10;

/**
 * LCU-hours of one hour: the largest of the four dimensions, each averaged over the hour.
 *
 * Active connections are the mean number open (Little's law). A GB is 10^9 bytes, as in the page's own
 * example, and the first ten rules are free. (Elastic Load Balancing pricing page and ELB FAQ, read
 * 2026-09-20.)
 */
export function lcuHours(hour: LcuHour): Fraction {
  assert(hour.requestsPerConnection >= 1, 'requests per connection must be 1 or more');
  const connections = ratio(hour.requests, hour.requestsPerConnection);
  const connectionSeconds = ratio(Math.round(hour.connectionSeconds * MICROS_PER_SECOND), MICROS_PER_SECOND);
  const bytesPerHour = hour.lambdaTargets ? BYTES_PER_HOUR_TO_LAMBDA : BYTES_PER_HOUR;
  const evaluations = integerFraction(hour.requests).mul(
    integerFraction(Math.max(0, hour.rules - FREE_RULES)),
  );
  return max(
    connections.div(NEW_CONNECTIONS_PER_SECOND * SECONDS_PER_HOUR),
    connections.mul(connectionSeconds).div(SECONDS_PER_HOUR * ACTIVE_CONNECTIONS),
    ratio(hour.bytes, bytesPerHour),
    evaluations.div(EVALUATIONS_PER_SECOND * SECONDS_PER_HOUR),
  );
}
