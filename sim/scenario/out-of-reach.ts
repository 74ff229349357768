import { MICROS_PER_MS } from '../kernel/time.ts';
import { type Path, type Problem, problem } from '../problems/problem.ts';
import { ticked } from '../problems/words.ts';
import { durationMicros, formatDuration } from '../units/duration.ts';
import { epochMsOf } from '../units/instant.ts';
import type { ProgramBase } from '../workload/program.ts';
import { own } from './names.ts';
import type { PlatformSpec, Scenario } from './scenario.ts';

/** Lists of platforms whose entries may say `at` which instant they act, and what an entry is. */
const DATED = [
  { key: 'scheduled', what: 'the scheduled action' },
  { key: 'deployments', what: 'the deployment' },
] as const;

/**
 * What a scenario has happen at a time that its window does not reach, or that was before it: warnings, since
 * a window may have been made short on purpose.
 */
export function outOfReach(
  { faults, traffic }: Scenario,
  platforms: readonly [name: string, spec: PlatformSpec][],
  { windowMicros, startAtEpochMs }: ProgramBase,
): Problem[] {
  const tell = (path: Path, what: string, atMicros: number): Problem[] => {
    if (atMicros >= 0 && atMicros < windowMicros) return [];
    const ends = `the window ends after ${formatDuration(windowMicros)}`;
    const why = atMicros < 0 ? 'it lies before `startAt`' : ends;
    const help = 'move it, or change `startAt` and `duration`';
    return [problem('never-happens', path, `${what} never comes: ${why}`, { severity: 'warning', help })];
  };
  const dated = platforms.flatMap(([name, spec]) =>
    DATED.flatMap(({ key, what }) => {
      const list = own(spec, key);
      if (!Array.isArray(list)) return [];
      return list.flatMap((each, index) => {
        const at = own(each, 'at');
        if (typeof at !== 'string') return [];
        const epochMs = epochMsOf(at);
        const atMicros = epochMs === null ? durationMicros(at) : (epochMs - startAtEpochMs) * MICROS_PER_MS;
        return tell(['platforms', name, key, index, 'at'], `${what} of ${ticked(at)}`, atMicros);
      });
    }),
  );
  const lost = faults.flatMap(({ zone, at }, index) =>
    tell(['faults', index, 'at'], `the loss of zone ${zone} at ${ticked(at)}`, durationMicros(at)),
  );
  const silent = Object.entries(traffic).flatMap(([name, stream]) => {
    const startTime = own(stream, 'startTime');
    if (typeof startTime !== 'string') return [];
    const what = `the stream ${ticked(name)} with its \`startTime\` of ${ticked(startTime)}`;
    return tell(['traffic', name, 'startTime'], what, durationMicros(startTime));
  });
  return [...silent, ...lost, ...dated];
}
