import { decimalFraction, integerFraction, type MeterReading, ratio, sum } from '../../billing/index.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { sizeBytes } from '../../units/size.ts';
import type { ProgramBase } from '../../workload/program.ts';
import { BYTES_PER_GIB, windowHours } from './meters.ts';
import type { NatGatewayOptions, ServerNetworkOptions } from './network-options.ts';

/** What goes between zones is charged where it leaves and where it arrives (EC2 pricing, 2025-26). */
const DIRECTIONS = 2;

/**
 * NAT gateways: each by the hour, with its public address, and each byte that they process. They live all
 * through the window. What a public one sends is data transfer out as well. (VPC pricing, price list of
 * 2026-08-16.)
 *
 * @param requests how many were served, each with its data
 */
export function natGatewayReadings(
  nat: NatGatewayOptions,
  requests: number,
  program: ProgramBase,
): MeterReading[] {
  if (nat === 'none') return [];
  const hours = windowHours(program).mul(nat.count);
  const served = integerFraction(requests);
  const gib = (bytes: number) => served.mul(ratio(bytes, BYTES_PER_GIB));
  const [fetched, sent] = [sizeBytes(nat.perRequest.in), sizeBytes(nat.perRequest.out)];
  const isPublic = nat.connectivityType === 'public';
  return [
    { priceId: 'vpc.nat.hours', quantity: hours },
    { priceId: 'vpc.nat.data', quantity: gib(fetched + sent) },
    ...(isPublic ? [{ priceId: 'vpc.public-ipv4', quantity: hours }] : []),
    ...(isPublic && program.billing.egress === 'internet'
      ? [{ priceId: 'data-transfer.out', quantity: gib(sent) }]
      : []),
  ];
}

/** NAT gateways of servers, and what goes between zones. */
export function serverNetworkReadings(
  { natGateway, crossZoneShare }: ServerNetworkOptions,
  observation: Observation,
  program: ProgramBase,
): MeterReading[] {
  const payload = sum(Array.from(observation.hours.bytes, (bytes) => integerFraction(bytes)));
  const crossing = payload.mul(decimalFraction(String(crossZoneShare))).mul(DIRECTIONS);
  return [
    ...natGatewayReadings(natGateway, observation.usage.served!, program),
    { priceId: 'data-transfer.cross-az', quantity: crossing.div(BYTES_PER_GIB) },
  ];
}

/** What has a public address reaches the outside by it, and not through a NAT gateway. */
export function natGatewayProblems(
  { natGateway, publicIpv4 }: { readonly natGateway: NatGatewayOptions; readonly publicIpv4: boolean },
  what: string,
  path: Path,
): Problem[] {
  if (natGateway === 'none' || !publicIpv4) return [];
  const message = `${what} with public addresses do not go through a NAT gateway`;
  const help =
    'add `publicIpv4: false`, which is true when it is not given: they are in private subnets; ' +
    'or leave `natGateway` out';
  return [problem('conflicting-keys', [...path, 'natGateway'], message, { help, at: 'key' })];
}
