import type { TerminationPolicy } from '../../sim/fleet/replicas/termination.ts';
import type { Instance } from './server.ts';

const HOUR_MICROS = 3_600_000_000;

const isStaying = ({ phase }: Instance) => phase !== 'draining' && phase !== 'gone';
const countIn = (instances: readonly Instance[], zone: string) =>
  instances.filter((each) => isStaying(each) && each.zone === zone).length;

/** The zone for another instance: of those that are there the emptiest, and of these the first. */
export function zoneForOne(zones: readonly string[], instances: readonly Instance[]): string | undefined {
  return zones.toSorted((a, b) => countIn(instances, a) - countIn(instances, b))[0];
}

/** How many instances the zones that are there lack to hold as many each, rounded down. */
export function missingInZones(zones: readonly string[], instances: readonly Instance[]): number {
  const counts = zones.map((zone) => countIn(instances, zone));
  const share = Math.floor(counts.reduce((sum, count) => sum + count, 0) / counts.length);
  return counts.reduce((sum, count) => sum + Math.max(0, share - count), 0);
}

/** Who goes first: of the fullest zone, by the policies, else who ran first. */
export function firstToGo(
  instances: readonly Instance[],
  policies: readonly TerminationPolicy[],
  now: number,
): Instance {
  const inService = instances.filter(({ phase }) => phase === 'inService');
  const most = Math.max(...instances.filter(isStaying).map(({ zone }) => countIn(instances, zone)));
  const inFullest = inService.filter(({ zone }) => countIn(instances, zone) === most);
  const intoHour = ({ ran }: Instance) => (now - ran!.start) % HOUR_MICROS;
  const lead: Record<TerminationPolicy, (a: Instance, b: Instance) => number> = {
    Default: (a, b) => intoHour(b) - intoHour(a),
    ClosestToNextInstanceHour: (a, b) => intoHour(b) - intoHour(a),
    OldestInstance: (a, b) => a.ran!.start - b.ran!.start,
    NewestInstance: (a, b) => b.ran!.start - a.ran!.start || b.ranNumber - a.ranNumber,
  };
  const candidates = inFullest.length > 0 ? inFullest : inService;
  return candidates.toSorted((a, b) => {
    const leads = policies.map((policy) => lead[policy](a, b));
    return leads.find((each) => each !== 0) ?? a.ranNumber - b.ranNumber;
  })[0]!;
}
