import type { BillLine } from '../result/result.ts';

/** What hosts used in a month of a bill line. */
interface HostUsage {
  readonly line: string;
  readonly quantity: number;
}

const COMMITMENTS = /^(?:reserved-instance|savings-plan)\..*(?<!\.unused)$/;
const COVERED = '.covered';
const NOISE = 1e-9;

/**
 * What hosts cost a month, whoever pays: on demand, Spot, the fee of Auto Mode, and of Reserved Instances and
 * Savings Plans what was used for hosts. Part of the bill's total and no line beside it: volumes and
 * addresses hang on hosts and are left out, and so is what of commitments nobody used.
 *
 * A line that instances besides hosts (a proxy of one's own) go to as well is shared by hours. Commitments
 * that such instances use too are shared by what the covered hours cost on demand.
 */
export function hostUsdPerMonth(
  usage: readonly HostUsage[],
  lines: readonly BillLine[],
  listPrice: (line: string) => number,
): number {
  const lineOf = (id: string) => lines.find((line) => line.id === id);
  let direct = 0;
  let coveredOfHosts = 0;
  for (const { line: id, quantity } of usage) {
    const line = lineOf(id);
    const covered = lineOf(id + COVERED)?.quantity ?? 0;
    const all = (line?.quantity ?? 0) + covered;
    const share = all === 0 ? 0 : quantity / all;
    const ofHosts = share > 1 - NOISE ? 1 : share;
    direct += ofHosts * (line?.usd ?? 0);
    if (covered > 0) coveredOfHosts += ofHosts * covered * listPrice(id);
  }
  if (coveredOfHosts === 0) return direct;
  const used = lines.filter(({ id }) => COMMITMENTS.test(id)).reduce((sum, { usd }) => sum + usd, 0);
  const coveredInAll = lines
    .filter(({ id }) => id.endsWith(COVERED))
    .reduce((sum, { id, quantity }) => sum + quantity * listPrice(id.slice(0, -COVERED.length)), 0);
  const share = coveredOfHosts / coveredInAll;
  return direct + used * (share > 1 - NOISE ? 1 : share);
}
