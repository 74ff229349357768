import {
  type Fraction,
  hourlyTotal,
  type MeterReading,
  type Price,
  ratio,
  unusedCapacityByHour,
} from '../../billing/index.ts';
import { clockHourOffset } from '../../kernel/clock-hours.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { PlatformContext } from '../platform.ts';
import { billedTime, egressReadings } from '../shared/meters.ts';
import { serverNetworkReadings } from '../shared/network.ts';
import { instanceReadings, mayBeSpot, spansBought } from '../shared/purchase.ts';
import { serverFrontDoorReadings } from '../shared/server-front-door.ts';
import { volumeReadings } from '../shared/volumes.ts';
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
  const { instanceType, operatingSystem } = options;
  const onDemand = prices.instancePrice(instanceType, operatingSystem);
  const spot = mayBeSpot(options) ? prices.instancePrice(instanceType, 'spotLinux') : null;
  const readings = instanceReadings({ onDemand, spot }, observation.spans, (spans) =>
    billedTime(spans, program, MINIMUM_MICROS),
  );
  if (options.capacityReservation > 0)
    readings.push(capacityReading(options, onDemand, observation, program));
  const volumeMonths =
    options.warmPool === undefined ? instanceMonths : monthsOfVolumes(observation, program);
  readings.push(...volumeReadings(options.ebs, volumeMonths));
  if (options.publicIpv4) readings.push({ priceId: 'vpc.public-ipv4', quantity: instanceHours });
  if (options.monitoring === 'detailed') {
    readings.push({ priceId: 'cloudwatch.detailed-monitoring', quantity: instanceMonths });
  }
  readings.push(...serverFrontDoorReadings(options.frontDoor, observation, program, prices));
  readings.push(...creditReadings(options, observation));
  readings.push(...serverNetworkReadings(options, observation, program));
  return [...readings, ...egressReadings(observation, program)];
}

/** Of instances that run or stand still in a warm pool: however often they start, a volume lives on. */
function monthsOfVolumes({ spans, largeUsage }: Observation, program: ProgramBase): Fraction {
  const running = billedTime(spans, program, 0).hours;
  const still = ratio(largeUsage.stoppedInstanceMicros ?? 0n, MICROS_PER_HOUR);
  return running.add(still).div(ratio(program.billing.monthMicros, MICROS_PER_HOUR));
}

/** Reserved capacity in which no instance runs, on demand; discounts reach it last, Spot never. */
function capacityReading(
  { instanceType, capacityReservation }: Ec2Options,
  { id }: Price,
  { spans }: Observation,
  { windowMicros, startAtEpochMs }: ProgramBase,
): MeterReading {
  const hours = { windowMicros, offsetMicros: clockHourOffset(startAtEpochMs) };
  const byHour = {
    counts: unusedCapacityByHour(spansBought(spans, 'onDemand'), capacityReservation, hours),
    unitsPerCount: ratio(1, MICROS_PER_HOUR),
  };
  return {
    priceId: id,
    quantity: hourlyTotal(byHour),
    byHour,
    unusedCapacityLine: `ec2.capacity-reservation.${instanceType}`,
    what: `EC2 ${instanceType}, reserved capacity that was not used`,
  };
}
