import type { HostsObservation } from '../observe/observation.ts';
import type { BillLine, PlatformResult } from '../result/result.ts';
import type { ProgramBase } from '../workload/program.ts';
import { tidy } from './figures.ts';

const MICROS_PER_SECOND = 1e6;
/** Instances are what hosts are paid for; volumes and addresses hang on them and are left out. */
const INSTANCE_LINE = 'ec2.instance.';

/** What is told of the hosts that workers ran on: means over replications, and what of their CPU lay idle. */
export function hostFigures(
  hosts: HostsObservation | null,
  lines: readonly BillLine[],
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
      ...idleFigures(hosts.cpu, lines),
    },
  };
}

/** Shares of the hosts' CPU that lay idle, and their dollars: the same shares of what the instances cost. */
function idleFigures({ paid, requested, used }: HostsObservation['cpu'], lines: readonly BillLine[]) {
  const instanceLines = lines.filter(({ id }) => id.startsWith(INSTANCE_LINE));
  const usdPerMonth = instanceLines.reduce((sum, { usd }) => sum + usd, 0);
  // What workers use beyond their requests is neither unrequested nor unused.
  const unrequested = paid === 0 ? null : Math.max(0, paid - Math.max(requested, used)) / paid;
  const unused = paid === 0 ? null : Math.max(0, requested - used) / paid;
  return {
    unrequestedFraction: unrequested === null ? null : tidy(unrequested),
    unusedFraction: unused === null ? null : tidy(unused),
    idleUsdPerMonth: {
      unrequested: tidy((unrequested ?? 0) * usdPerMonth),
      unused: tidy((unused ?? 0) * usdPerMonth),
    },
  };
}
