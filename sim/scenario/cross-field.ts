import { nearest } from '../problems/nearest.ts';
import { type Path, type Problem, problem } from '../problems/problem.ts';
import { either, ticked } from '../problems/words.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';
import { isMap, own, unshieldKey } from './names.ts';
import { readThresholds } from './threshold.ts';

/** Formats of `replay` whose files say how long each function runs: they bring workloads of their own. */
const FORMATS_WITH_WORKLOADS = ['azure-functions-2019'];

/** The name of the only workload, where the file says `workload` and not `workloads`. */
export const ONLY_WORKLOAD = 'workload';

/** Whether a stream of traffic brings its workloads along and may name none. */
export function bringsWorkloads(stream: unknown): boolean {
  const format = own(stream, 'format');
  return own(stream, 'executor') === 'replay' && FORMATS_WITH_WORKLOADS.some((each) => each === format);
}

/**
 * The rules that lie between keys. They look at the values as read, so that they are checked also where a key
 * elsewhere is wrong; what is wrong in itself is left to the schema.
 */
export function crossFieldProblems(scenario: unknown): Problem[] {
  return [
    ...emptyParts(scenario),
    ...workloadProblems(scenario),
    ...warmupProblems(scenario),
    ...thresholdProblems(scenario),
  ];
}

function namesOf(value: unknown): string[] {
  return isMap(value) ? Object.keys(value).map(unshieldKey) : [];
}

function emptyParts(scenario: unknown): Problem[] {
  const problems: Problem[] = [];
  if (isMap(own(scenario, 'traffic')) && namesOf(own(scenario, 'traffic')).length === 0) {
    const help = 'name a stream and give it an `executor`';
    problems.push(problem('no-traffic', ['traffic'], 'there is no traffic', { help, at: 'key' }));
  }
  if (isMap(own(scenario, 'platforms')) && namesOf(own(scenario, 'platforms')).length === 0) {
    const help = 'name a platform and give it a `type`';
    problems.push(
      problem('no-platforms', ['platforms'], 'there are no platforms to compare', { help, at: 'key' }),
    );
  }
  return problems;
}

function workloadProblems(scenario: unknown): Problem[] {
  const single = own(scenario, 'workload');
  const several = own(scenario, 'workloads');
  if (single !== undefined && several !== undefined) {
    const help = 'keep `workload` for one kind of request, `workloads` for several';
    return [
      problem('conflicting-keys', ['workloads'], 'both `workload` and `workloads` are given', {
        help,
        at: 'key',
      }),
    ];
  }
  if (several !== undefined && !isMap(several)) return [];
  const names = several === undefined ? (single === undefined ? [] : [ONLY_WORKLOAD]) : namesOf(several);
  const traffic = own(scenario, 'traffic');
  if (!isMap(traffic)) return [];
  const streams = Object.entries(traffic).filter(([, stream]) => isMap(stream) && !bringsWorkloads(stream));
  if (names.length === 0 && streams.length > 0) {
    const help = 'add `workload`: what one request needs, as `cpu` and `wait`';
    const at: Path = several === undefined ? ['workload'] : ['workloads'];
    return [problem('missing-workload', at, 'the traffic has no workload', { help, at: 'key' })];
  }
  return streams.flatMap(([name, stream]) => streamProblems(unshieldKey(name), stream, names));
}

function streamProblems(name: string, stream: unknown, workloads: readonly string[]): Problem[] {
  const workload = own(stream, 'workload');
  if (workload === undefined && workloads.length > 1) {
    const help = `add \`workload\`: ${either(workloads.map(ticked))}`;
    const message = `the stream ${ticked(name)} does not say of which workload its requests are`;
    return [problem('missing-workload', ['traffic', name, 'workload'], message, { help, at: 'key' })];
  }
  if (typeof workload !== 'string' || workloads.includes(workload)) return [];
  const near = nearest(workload, workloads);
  const help =
    near !== undefined
      ? `did you mean ${ticked(near)}?`
      : workloads.length === 1
        ? 'there is only one workload: remove the key'
        : `there are ${workloads.map(ticked).join(', ')}`;
  const message = `there is no workload ${ticked(workload)}`;
  return [problem('unknown-workload', ['traffic', name, 'workload'], message, { help })];
}

function microsOf(value: unknown): number | null {
  return typeof value === 'string' && durationSchema.safeParse(value).success ? durationMicros(value) : null;
}

function warmupProblems(scenario: unknown): Problem[] {
  const duration = microsOf(own(scenario, 'duration'));
  const warmup = microsOf(own(scenario, 'warmup'));
  if (duration === null || warmup === null || duration === 0 || warmup < duration) return [];
  return [warmupTooLong(String(own(scenario, 'warmup')), String(own(scenario, 'duration')))];
}

/** Nothing is left to measure when the warm-up is as long as the window. */
export function warmupTooLong(warmup: string, window: string): Problem {
  const message = `the warm-up of ${ticked(warmup)} leaves nothing of the window of ${ticked(window)}`;
  const help = 'a shorter `warmup`, or a longer `duration`';
  return problem('warmup-too-long', ['warmup'], message, { help });
}

function thresholdProblems(scenario: unknown): Problem[] {
  const thresholds = own(scenario, 'thresholds');
  if (!isMap(thresholds)) return [];
  return readThresholds(thresholds, namesOf(own(scenario, 'platforms'))).problems;
}
