import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import type { ZoneFault } from '../../workload/program.ts';
import data from './availability-zones.json' with { type: 'json' };

const lettersByRegion: Readonly<Record<string, readonly string[]>> = data.letters;

/** The letter of a zone, written as `b` or as `us-east-1b`. */
export function zoneLetter(zone: string): string {
  return zone.slice(-1);
}

/**
 * What AWS would refuse of the zones that a group, a service or a cluster is in: zones that the region does
 * not have ("Invalid availability zones"), and one that is named twice. Where a region's zones are not known
 * any letter is taken.
 *
 * Sources: AWS's page of Availability Zones (2025-11), and `describe-availability-zones` for the letters
 * (2018-07). Which place a letter stands for differs between accounts made before November 2025.
 * @param path where the list stands
 */
export function zoneProblems(zones: readonly string[], region: string, path: Path): Problem[] {
  const letters = zones.map(zoneLetter);
  const twice = letters.findIndex((letter, index) => letters.indexOf(letter) < index);
  const problems = zones.flatMap((zone, index) => zoneProblem(zone, region, [...path, index]) ?? []);
  if (problems.length > 0 || twice < 0) return problems;
  const message = `zone ${ticked(zones[twice]!)} is named twice`;
  return [problem('invalid-value', path, message, { help: 'name each zone once: `[a, b]`' })];
}

/** The problem of a zone that a region does not have; null for one that it has. */
export function zoneProblem(zone: string, region: string, path: Path): Problem | null {
  const letters = lettersByRegion[region];
  const isElsewhere = zone.length > 1 && zone.slice(0, -1) !== region;
  if (!isElsewhere && (letters === undefined || letters.includes(zoneLetter(zone)))) return null;
  const known = letters === undefined ? '' : `: it has ${letters.join(', ')}`;
  const message = `there is no Availability Zone ${ticked(zone)} in ${region}`;
  const help = `name a zone of the region${known}, written as \`a\` or \`${region}a\``;
  return problem('unknown-zone', path, message, { help });
}

/** Tells which of the faults pass a group by, as it is in none of their zones. */
export function assumptionsOfZones(
  what: string,
  zones: readonly string[],
  faults: readonly ZoneFault[],
): string[] {
  const letters = zones.map(zoneLetter);
  const elsewhere = faults.map(({ zone }) => zone).filter((zone) => !letters.includes(zone));
  if (elsewhere.length === 0) return [];
  const lost = [...new Set(elsewhere)].join(', ');
  return [`The loss of zone ${lost} does not reach ${what}: zones ${letters.join(', ')}.`];
}
