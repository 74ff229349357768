import type { HostsObservation } from '../observe/observation.ts';
import type { PlatformResult } from '../result/result.ts';
import type { ProgramBase } from '../workload/program.ts';
import { tidy } from './figures.ts';

const MICROS_PER_SECOND = 1e6;

/**
 * What is told of the hosts that workers ran on: means over replications, and what of their CPU lay idle.
 * @param usdPerMonth what they cost
 */
export function hostFigures(
  hosts: HostsObservation | null,
  usdPerMonth: number,
  program: ProgramBase,
  replications: number,
): Pick<PlatformResult, 'hosts'> {
  if (hosts === null) return {};
  const measuredMicros = (program.windowMicros - program.warmupMicros) * replications;
  const { area, busyArea, started } = hosts;
  return {
    hosts: {
      mean: tidy(area / measuredMicros),
      busyMean: tidy(busyArea / measuredMicros),
      idleMean: tidy((area - busyArea) / measuredMicros),
      max: hosts.max,
      started,
      utilization: area === 0 ? null : tidy(busyArea / area),
      meanLifetimeSeconds: started === 0 ? null : tidy(area / started / MICROS_PER_SECOND),
      ...idleFigures(hosts.cpu, usdPerMonth),
    },
  };
}

/** Shares of the hosts' CPU that lay idle, and what they cost in those parts: the parts come to the whole. */
function idleFigures({ paid, requested, used }: HostsObservation['cpu'], usdPerMonth: number) {
  // What workers use beyond their requests is neither unrequested nor unused.
  const unrequested = paid === 0 ? null : Math.max(0, paid - Math.max(requested, used)) / paid;
  const unused = paid === 0 ? null : Math.max(0, requested - used) / paid;
  const usd = tidy(usdPerMonth);
  const idleUsdPerMonth = {
    unrequested: tidy((unrequested ?? 0) * usd),
    unused: tidy((unused ?? 0) * usd),
  };
  return {
    unrequestedFraction: unrequested === null ? null : tidy(unrequested),
    unusedFraction: unused === null ? null : tidy(unused),
    usdPerMonth: usd,
    usedUsdPerMonth: Math.max(0, tidy(usd - idleUsdPerMonth.unrequested - idleUsdPerMonth.unused)),
    idleUsdPerMonth,
  };
}
