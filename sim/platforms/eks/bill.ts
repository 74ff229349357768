import { integerFraction, type MeterReading, ratio } from '../../billing/index.ts';
import type { NodesPlan } from '../../fleet/kubernetes/nodes/plan.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation, TypedSpans, WorkerSpans } from '../../observe/observation.ts';
import type { PlatformContext } from '../platform.ts';
import { billedTime, egressReadings, ofHosts, timeReading } from '../shared/meters.ts';
import { serverNetworkReadings } from '../shared/network.ts';
import { serverFrontDoorReadings } from '../shared/server-front-door.ts';
import { volumeReadings } from '../shared/volumes.ts';
import type { Hosting } from './hosting.ts';
import type { NodesOptions } from './node-options.ts';
import type { EksOptions } from './options.ts';
import { areSpot } from './spot.ts';

/** Every start costs a minute (EC2 On-Demand pricing, 2025-26; the fee of Auto Mode alike, 2026-09). */
const MINIMUM_MICROS = 60 * MICROS_PER_SECOND;
const CLUSTER_PRICES = { standard: 'eks.cluster', extended: 'eks.cluster.extended' } as const;

/** What the meters counted: the cluster by the hour, and what its pods run on by the second. */
export function meterEks(
  options: EksOptions,
  hosting: Hosting,
  observation: Observation,
  { program, prices }: PlatformContext,
): MeterReading[] {
  const clusterHours = integerFraction(program.windowMicros).div(MICROS_PER_HOUR);
  const readings: MeterReading[] = [
    { priceId: CLUSTER_PRICES[options.support], quantity: clusterHours },
    ...hosting.meter(observation),
  ];
  readings.push(...serverFrontDoorReadings(options.frontDoor, observation, program, prices));
  readings.push(...serverNetworkReadings(options, observation, program));
  return [...readings, ...egressReadings(observation, program)];
}

/** Nodes by the second, and what hangs on them for as long as they run. */
export function nodeReadings(
  nodes: NodesOptions,
  { types }: NodesPlan,
  spans: TypedSpans,
  { program, prices }: PlatformContext,
): MeterReading[] {
  const { ebs, publicIpv4, type: kind } = nodes;
  const instances = types.flatMap(({ name }, index): MeterReading[] => {
    const time = billedTime(spansOfType(spans, index), program, MINIMUM_MICROS);
    if (time.hours.equals(0)) return [];
    const onDemand = prices.instancePrice(name, 'linux');
    const paid = areSpot(nodes) ? prices.instancePrice(name, 'spotLinux') : onDemand;
    const instance = timeReading(paid.id, time);
    if (kind !== 'autoMode') return [instance];
    // The fee is a share of the on-demand price, of Spot nodes too: that price is what its meter counts.
    return [instance, { priceId: autoModePriceId(name), quantity: time.hours.mul(onDemand.tiers[0]!.usd) }];
  });
  const { hours } = billedTime(spans, program, MINIMUM_MICROS);
  const months = hours.div(ratio(program.billing.monthMicros, MICROS_PER_HOUR));
  const readings = [...ofHosts(instances), ...volumeReadings(ebs, months)];
  if (publicIpv4) readings.push({ priceId: 'vpc.public-ipv4', quantity: hours });
  return readings;
}

function spansOfType({ startMicros, endMicros, types }: TypedSpans, type: number): WorkerSpans {
  const isOfType = (_: number, index: number) => types[index] === type;
  return { startMicros: startMicros.filter(isOfType), endMicros: endMicros.filter(isOfType) };
}

/** From 2026-07-01 on the fee is lower for accelerated families. */
export function autoModePriceId(instanceType: string): string {
  if (/^(?:p|trn)\d/.test(instanceType)) return 'eks.auto-mode.accelerated';
  return /^g\d/.test(instanceType) ? 'eks.auto-mode.g' : 'eks.auto-mode';
}
