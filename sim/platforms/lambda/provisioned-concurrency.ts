import { type MeterReading, ratio } from '../../billing/index.ts';
import { openDistribution } from '../../distributions/index.ts';
import type { ProvisionedPlan } from '../../fleet/on-demand/provisioned.ts';
import { MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { ProgramBase } from '../../workload/program.ts';
import { usageReading } from '../shared/meters.ts';
import type { ResolvedFunction } from './functions.ts';

/** Allocation starts after a minute or two, then 6,000 environments a minute (Developer Guide, 2026). */
const ALLOCATION_DELAY = { distribution: 'uniform', min: '1m', max: '2m' } as const;
const ALLOCATED_PER_MINUTE = 6_000;
const MB_PER_GB = 1_024;
const MS_PER_SECOND = 1_000;

/** What `provisionedConcurrency` of a function asks for; null for none. */
export function planProvisioned(
  { provisioned }: ResolvedFunction,
  start: 'warm' | 'empty',
  init: ProvisionedPlan['init'],
  requestsPerMicroEach: number | null,
): ProvisionedPlan | null {
  if (provisioned === 0) return null;
  return {
    count: provisioned,
    warm: start === 'warm',
    delay: openDistribution(ALLOCATION_DELAY, [], () => ''),
    perMicro: ALLOCATED_PER_MINUTE / MICROS_PER_MINUTE,
    requestsPerMicroEach,
    init,
  };
}

/**
 * The limits that AWS refuses provisioned concurrency beyond: a function's reservation, and for functions
 * without one the unreserved concurrency less 100 (Developer Guide, provisioned-concurrency, 2026).
 */
export function provisionedProblems(
  functions: readonly ResolvedFunction[],
  unreserved: number,
  keptUnreserved: number,
  path: Path,
): Problem[] {
  const place = [...path, 'provisionedConcurrency'];
  const problems = functions
    .filter(({ provisioned, reserved }) => reserved !== null && provisioned > reserved)
    .map(({ workload, provisioned, reserved }) =>
      problem(
        'provisioned-beyond-reserved',
        place,
        `function \`${workload.name}\` has ${provisioned} provisioned of ${reserved} reserved`,
        { help: 'provision at most what is reserved, or reserve more' },
      ),
    );
  const shared = functions.reduce((sum, each) => sum + (each.reserved === null ? each.provisioned : 0), 0);
  const room = Math.max(0, unreserved - keptUnreserved);
  if (shared > room) {
    const message = `${shared} are provisioned of ${unreserved} unreserved concurrent executions`;
    const remedy = `provision at most ${room}, or raise \`accountConcurrency\``;
    const help = `Lambda keeps ${keptUnreserved} free: ${remedy}`;
    problems.push(problem('provisioned-beyond-quota', place, message, { help }));
  }
  return problems;
}

/**
 * What provisioned concurrency is billed: the configured memory for as long as it is on, here the whole
 * window; the duration of its invocations at a rate of its own; and initialising its environments, also those
 * that never serve. At which rate the last is billed AWS does not say: the on-demand rate is used (pricing
 * page, 2026).
 */
export function provisionedReadings(
  each: ResolvedFunction,
  index: number,
  observation: Observation,
  program: ProgramBase,
): MeterReading[] {
  if (each.provisioned === 0) return [];
  const variant = each.architecture === 'arm64' ? 'arm64' : 'x86';
  const gbSecondsPerMs = ratio(each.memorySize, MS_PER_SECOND * MB_PER_GB);
  const used = (priceId: string, name: string) =>
    usageReading(priceId, observation, `${name}.${index}`, gbSecondsPerMs);
  const configured = ratio(program.windowMicros, MICROS_PER_SECOND)
    .mul(each.provisioned * each.memorySize)
    .div(MB_PER_GB);
  return [
    { priceId: `lambda.provisioned.concurrency.${variant}`, quantity: configured },
    used(`lambda.provisioned.duration.${variant}`, 'provisionedMs'),
    used(`lambda.duration.${variant}`, 'provisionedInitMs'),
  ];
}
