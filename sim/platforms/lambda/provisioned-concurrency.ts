import { type HourlyUsage, integerFraction, type MeterReading, ratio } from '../../billing/index.ts';
import { openDistribution } from '../../distributions/index.ts';
import type { ProvisionedPlan, ProvisionedTracking } from '../../fleet/on-demand/provisioned-plan.ts';
import { MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { ProgramBase } from '../../workload/program.ts';
import { usageReading } from '../shared/meters.ts';
import type { ResolvedFunction } from './functions.ts';
import type { ProvisionedOptions } from './provisioned-options.ts';
import { type ProvisionedSchedule, scheduleOf, scheduleProblems } from './provisioned-schedule.ts';

/** Allocation starts after a minute or two, then 6,000 environments a minute (Developer Guide, 2026). */
const ALLOCATION_DELAY = { distribution: 'uniform', min: '1m', max: '2m' } as const;
const ALLOCATED_PER_MINUTE = 6_000;
const MB_PER_GB = 1_024;
const MS_PER_SECOND = 1_000;
const FIVE_MINUTES_SECONDS = 300;

/** Data points of a minute; the low alarm stands at 90 % of the target (Developer Guide, 2026). */
const TRACKING = { periodMicros: MICROS_PER_MINUTE, highPoints: 3, lowAlarmShare: 0.9 } as const;
/** "In smaller periodic steps" says the guide of scaling in: here a tenth at most. Uncertain. */
const KEPT_SHARE = 0.9;

/** The most environments that `provisionedConcurrency` may come to. */
export function mostProvisioned(options: ProvisionedOptions): number {
  if (options === 'none') return 0;
  if (typeof options === 'number') return options;
  if ('targetTracking' in options) return options.targetTracking.max;
  return Math.max(0, ...options.schedule.map(({ capacity }) => capacity));
}

/** What `provisionedConcurrency` of a function asks for; null for none. */
export function planProvisioned(
  { provisioned, provisioning }: ResolvedFunction,
  run: {
    readonly start: 'warm' | 'empty';
    readonly program: ProgramBase;
    readonly init: ProvisionedPlan['init'];
    readonly requestsPerMicroEach: number | null;
  },
): ProvisionedPlan | null {
  if (provisioned === 0) return null;
  const { initial, changes } = scheduleOrStart(provisioning, run.program);
  return {
    initial,
    warm: run.start === 'warm',
    schedule: changes,
    tracking: trackingOf(provisioning),
    delay: openDistribution(ALLOCATION_DELAY, [], () => ''),
    perMicro: ALLOCATED_PER_MINUTE / MICROS_PER_MINUTE,
    requestsPerMicroEach: run.requestsPerMicroEach,
    init: run.init,
  };
}

function scheduleOrStart(options: ProvisionedOptions, program: ProgramBase): ProvisionedSchedule {
  if (options === 'none') return { initial: 0, changes: [] };
  if (typeof options === 'number') return { initial: options, changes: [] };
  if ('targetTracking' in options) return { initial: options.targetTracking.min, changes: [] };
  return scheduleOf(options.schedule, program);
}

function trackingOf(options: ProvisionedOptions): ProvisionedTracking | null {
  if (typeof options !== 'object' || !('targetTracking' in options)) return null;
  const { min, max, targetValue, statistic, scaleInDataPoints } = options.targetTracking;
  const { periodMicros, highPoints, lowAlarmShare } = TRACKING;
  return {
    min,
    max,
    periodMicros,
    statistic,
    keptShare: KEPT_SHARE,
    rule: { targetValue, lowAlarmShare, highPoints, lowPoints: scaleInDataPoints, disableScaleIn: false },
  };
}

/** What a function's own schedule or policy has wrong. */
export function provisioningProblems(options: ProvisionedOptions, path: Path): Problem[] {
  if (typeof options !== 'object') return [];
  if ('schedule' in options) return scheduleProblems(options.schedule, [...path, 'schedule']);
  const { min, max } = options.targetTracking;
  if (min <= max) return [];
  const place = [...path, 'targetTracking', 'max'];
  const help = 'let the largest be at least the smallest';
  return [problem('out-of-range', place, `max ${max} is below min ${min}`, { help })];
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
    .map(({ workload, provisioned, reserved, pathOf }) =>
      problem(
        'provisioned-beyond-reserved',
        pathOf('provisionedConcurrency'),
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
 * What provisioned concurrency is billed: the configured memory for as long as it is on, in steps of five
 * minutes where it is switched inside the window; the duration of its invocations at a rate of its own; and
 * initialising its environments, also those that never serve. At which rate the last is billed AWS does not
 * say: the on-demand rate is used (pricing page, 2026).
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
  const { usage } = observation;
  const whole = ratio(program.windowMicros, MICROS_PER_SECOND).mul(usage[`provisionedThroughout.${index}`]!);
  const parts = integerFraction(usage[`provisionedFiveMinutes.${index}`]!).mul(FIVE_MINUTES_SECONDS);
  const counts = observation.hours.usage[`provisionedMicros.${index}`];
  const unitsPerCount = ratio(each.memorySize, MB_PER_GB * MICROS_PER_SECOND);
  const byHour: HourlyUsage | undefined = counts === undefined ? undefined : { counts, unitsPerCount };
  const configured = whole.add(parts).mul(each.memorySize).div(MB_PER_GB);
  return [
    {
      priceId: `lambda.provisioned.concurrency.${variant}`,
      quantity: configured,
      ...(byHour === undefined ? {} : { byHour }),
    },
    used(`lambda.provisioned.duration.${variant}`, 'provisionedMs'),
    used(`lambda.duration.${variant}`, 'provisionedInitMs'),
  ];
}
