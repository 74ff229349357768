import { type MeterReading, ratio } from '../../billing/index.ts';
import { type CpuCreditPlan, UNITS_PER_CREDIT } from '../../fleet/replicas/cpu-credits.ts';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { ticked } from '../../problems/words.ts';
import type { PlatformContext } from '../platform.ts';
import type { Ec2Options } from './options.ts';

/**
 * Credits earned an hour, by size; T3, T3a and T4g alike (EC2 User Guide, "Burstable performance instances",
 * 2023-05). The baseline is what they buy, the most that a balance holds what is earned in 24 hours.
 */
const EARNED_PER_HOUR: Readonly<Record<string, number>> = {
  nano: 6,
  micro: 12,
  small: 24,
  medium: 24,
  large: 36,
  xlarge: 96,
  '2xlarge': 192,
};
const EARNED_PER_HOUR_T2: Readonly<Record<string, number>> = {
  nano: 3,
  micro: 6,
  small: 12,
  medium: 24,
  large: 36,
  xlarge: 54,
  '2xlarge': 81.6,
};
/** Of T2 in standard mode, for each vCPU (same source). */
const LAUNCH_CREDITS_PER_VCPU = 30;
const HOURS_KEPT = 24;

type CreditSpecification = NonNullable<Ec2Options['creditSpecification']>;

/** Credits an hour of a type; undefined for one that has none, as t1.micro. */
function earnedPerHour(instanceType: string): number | undefined {
  const [family, size] = instanceType.split('.') as [string, string];
  if (family === 't2') return EARNED_PER_HOUR_T2[size];
  return /^t(?:3|3a|4g)$/.test(family) ? EARNED_PER_HOUR[size] : undefined;
}

/** AWS's default: standard for T2, unlimited for the later ones (same source). */
export function creditSpecificationOf(options: Ec2Options): CreditSpecification | null {
  if (earnedPerHour(options.instanceType) === undefined) return null;
  return options.creditSpecification ?? (options.instanceType.startsWith('t2.') ? 'standard' : 'unlimited');
}

/** @returns null for a type without CPU credits */
export function planCpuCredits(options: Ec2Options, vcpus: number): CpuCreditPlan | null {
  const mode = creditSpecificationOf(options);
  if (mode === null) return null;
  const isUnlimited = mode === 'unlimited';
  const hasLaunchCredits = options.instanceType.startsWith('t2.') && !isUnlimited;
  return {
    vcpus,
    earnedPerMicro: Math.round((earnedPerHour(options.instanceType)! * UNITS_PER_CREDIT) / MICROS_PER_HOUR),
    isUnlimited,
    launchCredits: hasLaunchCredits ? LAUNCH_CREDITS_PER_VCPU * vcpus * UNITS_PER_CREDIT : 0,
    initialBalance: options.start === 'warm' ? options.cpuCreditBalance! * UNITS_PER_CREDIT : 0,
  };
}

/** What AWS would refuse. */
export function creditProblems(options: Ec2Options, { path }: PlatformContext): Problem[] {
  const { instanceType, cpuCreditBalance } = options;
  const earned = earnedPerHour(instanceType);
  if (earned === undefined) {
    return (['creditSpecification', 'cpuCreditBalance'] as const)
      .filter((key) => options[key] !== undefined)
      .map((key) =>
        problem('no-cpu-credits', [...path, key], `${ticked(instanceType)} has no CPU credits`, {
          help: `leave \`${key}\` out, or choose a type of T2, T3, T3a or T4g`,
        }),
      );
  }
  const most = Math.round(earned * HOURS_KEPT * 10) / 10;
  if (cpuCreditBalance === undefined || cpuCreditBalance <= most) return [];
  const message = `${ticked(instanceType)} holds ${most} credits at most, not ${cpuCreditBalance}`;
  return [
    problem('out-of-range', [...path, 'cpuCreditBalance'], message, {
      help: `it is what is earned in ${HOURS_KEPT} hours: at most ${most}`,
    }),
  ];
}

/** Surplus credits that were charged: a credit is a vCPU-minute, the price is for a vCPU-hour. */
export function creditReadings(options: Ec2Options, { largeUsage }: Observation): MeterReading[] {
  const charged = largeUsage.cpuCreditsCharged ?? 0n;
  if (charged === 0n) return [];
  const isT4g = options.instanceType.startsWith('t4g.');
  const variant = isT4g ? 't4g' : options.operatingSystem;
  return [{ priceId: `ec2.cpu-credits.${variant}`, quantity: ratio(charged, 60 * UNITS_PER_CREDIT) }];
}
