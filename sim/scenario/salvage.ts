import type { Path, Problem } from '../problems/problem.ts';
import { crossFieldProblems } from './cross-field.ts';
import { isMap, own, shieldKey, unshield } from './names.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioSchema } from './schema.ts';

/** Stands where the file's own platforms or streams are all refused; no name can read so. */
const STAND_IN = '\ue000stand-in';

/** What a refused value is replaced by, so that what hangs on it can still be judged. */
const REPLACEMENTS: Readonly<Record<string, unknown>> = { version: 1, duration: '1h' };

/**
 * What is left of a refused scenario when the refused parts are taken out of it, so that the problems which
 * show only when words become numbers (an unknown instance type, a missing trace) are told together with
 * those of form. Undefined when nothing sensible is left, as where the region is wrong.
 */
export function salvage(
  value: Readonly<Record<string, unknown>>,
  problems: readonly Problem[],
  schema: ScenarioSchema,
): Scenario | undefined {
  const errors = problems.filter((each) => each.severity === 'error');
  if (errors.some(({ path }) => path.length === 0 || path[0] === 'region' || path[0] === 'workloads')) {
    return undefined;
  }
  const left = copyOf(value) as Record<string, unknown>;
  for (const { code, path } of errors) takeOut(left, code === 'unknown-key' ? path : partOf(path));
  if (!hasEntries(own(left, 'platforms'))) left.platforms = { [STAND_IN]: { type: 'lambda' } };
  if (!hasEntries(own(left, 'traffic'))) left.traffic = { [STAND_IN]: anyTraffic(left) };
  const outcome = schema.safeParse(left);
  if (!outcome.success || crossFieldProblems(left).length > 0) return undefined;
  return unshield(outcome.data) as Scenario;
}

/** Whether a problem of what was salvaged is one of the file, and not of what stands in for a part of it. */
export function isOfFile({ code, path }: Problem): boolean {
  return code !== 'missing-duration' && !path.includes(STAND_IN);
}

/** The part of a scenario that falls with a value in it: a whole platform or stream, or a key of the top. */
function partOf(path: Path): Path {
  return path.slice(0, path[0] === 'platforms' || path[0] === 'traffic' ? 2 : 1);
}

function takeOut(scenario: Record<string, unknown>, path: Path): void {
  const keys = path.map((key) => (typeof key === 'string' ? shieldKey(key) : key));
  const last = keys.pop()!;
  let holder: unknown = scenario;
  for (const key of keys)
    holder = isMap(holder) || Array.isArray(holder) ? Reflect.get(holder, key) : undefined;
  if (!isMap(holder)) return;
  delete holder[last];
  if (keys.length > 0) return;
  if (last === 'workload') holder[last] = { cpu: '0s' };
  if (Object.hasOwn(REPLACEMENTS, last)) holder[last] = REPLACEMENTS[last];
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  return isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each)]))
    : value;
}

function hasEntries(value: unknown): boolean {
  return isMap(value) && Object.keys(value).length > 0;
}

function anyTraffic(scenario: Readonly<Record<string, unknown>>): object {
  const names = Object.keys(own(scenario, 'workloads') ?? {});
  const stream = { executor: 'constant-arrival-rate', rate: '1/s', duration: '1m' };
  return names.length === 0 ? stream : { ...stream, workload: names[0] };
}
