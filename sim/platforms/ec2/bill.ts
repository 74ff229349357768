import { type MeterReading, ratio } from '../../billing/index.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import type { PlatformContext } from '../platform.ts';
import { albOf } from '../shared/common-options.ts';
import { albReadings, billedTime, egressReadings, timeReading } from '../shared/meters.ts';
import { creditReadings } from './cpu-credits.ts';
import type { Ec2Options } from './options.ts';

/** Every start costs a minute (EC2 User Guide, instance lifecycle; EC2 On-Demand pricing, 2025-26). */
const MINIMUM_MICROS = 60 * MICROS_PER_SECOND;

/**
 * What the meters of EC2 counted: instances by the second, and what hangs on them for as long as they run.
 */
export function meterEc2(
  options: Ec2Options,
  observation: Observation,
  { program, prices }: PlatformContext,
): MeterReading[] {
  const time = billedTime(observation.spans, program, MINIMUM_MICROS);
  const instanceHours = time.hours;
  // What is priced by the month costs its price for the scenario's month, however long that is.
  const instanceMonths = instanceHours.div(ratio(program.billing.monthMicros, MICROS_PER_HOUR));
  const instance = prices.instancePrice(options.instanceType, options.operatingSystem);
  const readings: MeterReading[] = [timeReading(instance.id, time)];
  if (options.ebs !== 'none') {
    readings.push({ priceId: `ebs.${options.ebs.type}`, quantity: instanceMonths.mul(options.ebs.size) });
  }
  if (options.publicIpv4) readings.push({ priceId: 'vpc.public-ipv4', quantity: instanceHours });
  if (options.monitoring === 'detailed') {
    readings.push({ priceId: 'cloudwatch.detailed-monitoring', quantity: instanceMonths });
  }
  const alb = albOf(options.frontDoor);
  if (alb !== null) readings.push(...albReadings(alb, observation, program, false));
  readings.push(...creditReadings(options, observation));
  return [...readings, ...egressReadings(observation, program)];
}
