import {
  billedInstanceMicros,
  type Fraction,
  integerFraction,
  type MeterReading,
  ratio,
} from '../../billing/index.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import type { PlatformContext } from '../platform.ts';
import { albOf } from '../shared/common-options.ts';
import { albReadings, egressReadings } from '../shared/meters.ts';
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
  const instanceHours = hoursRun(observation, program.windowMicros);
  // What is priced by the month costs its price for the scenario's month, however long that is.
  const instanceMonths = instanceHours.div(ratio(program.billing.monthMicros, MICROS_PER_HOUR));
  const instance = prices.instancePrice(options.instanceType, options.operatingSystem);
  const readings: MeterReading[] = [{ priceId: instance.id, quantity: instanceHours }];
  if (options.ebs !== 'none') {
    readings.push({ priceId: `ebs.${options.ebs.type}`, quantity: instanceMonths.mul(options.ebs.size) });
  }
  if (options.publicIpv4) readings.push({ priceId: 'vpc.public-ipv4', quantity: instanceHours });
  if (options.monitoring === 'detailed') {
    readings.push({ priceId: 'cloudwatch.detailed-monitoring', quantity: instanceMonths });
  }
  const alb = albOf(options.frontDoor);
  if (alb !== null) readings.push(...albReadings(alb, observation, program, false));
  return [...readings, ...egressReadings(observation, program)];
}

function hoursRun(observation: Observation, windowMicros: number): Fraction {
  const { startMicros, endMicros } = observation.spans;
  const micros = startMicros.reduce(
    (sum, start, index) =>
      sum +
      billedInstanceMicros({
        startMicros: start,
        endMicros: endMicros[index]!,
        windowMicros,
        minimumMicros: MINIMUM_MICROS,
      }),
    0,
  );
  return integerFraction(micros).div(MICROS_PER_HOUR);
}
