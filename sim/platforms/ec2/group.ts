import type { InstanceGroupPlan } from '../../fleet/replicas/plan.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { zoneLetter, zoneProblems } from '../shared/availability-zones.ts';
import type { CompleteEc2Options } from './defaults.ts';
import { planPolicies, policyProblems } from './scaling.ts';
import { planPredictive, planScheduled, predictiveProblems } from './schedule.ts';
import { warmPoolProblems } from './warm-pool.ts';

/** The Auto Scaling group in numbers, and everything that AWS would refuse of it. */
export function planGroup(
  options: CompleteEc2Options,
  context: PlatformContext,
): { group: Omit<InstanceGroupPlan, 'warmPool'>; problems: Problem[] } {
  const sizes = [...sizeProblems(options, context)];
  const limits = { min: options.minSize, max: options.maxSize };
  const scheduled = planScheduled(options, limits, context);
  const group = {
    ...limits,
    initial: options.desiredCapacity,
    warm: options.start === 'warm',
    warmupMicros: durationMicros(options.defaultInstanceWarmup),
    policies: planPolicies(options),
    schedule: scheduled.schedule,
    predictive: planPredictive(options, context),
    zones: options.availabilityZones.map(zoneLetter),
    terminationPolicies: options.terminationPolicies,
    startFailureRate: options.startFailureRate,
    healthCheckGraceMicros: durationMicros(options.healthCheckGracePeriod),
  };
  const problems = [
    ...sizes,
    ...policyProblems(options, context),
    ...predictiveProblems(options, context),
    ...warmPoolProblems(options, context),
    ...zoneProblems(options.availabilityZones, context.prices.region, [...context.path, 'availabilityZones']),
  ];
  // Limits that are wrong from the beginning are told once, not for every action too.
  return { group, problems: sizes.length > 0 ? problems : [...problems, ...scheduled.problems] };
}

function* sizeProblems(options: CompleteEc2Options, { path }: PlatformContext): Iterable<Problem> {
  const { minSize, maxSize, desiredCapacity } = options;
  const help =
    'a group holds minSize ≤ desiredCapacity ≤ maxSize; without them minSize is 1, desiredCapacity is ' +
    'minSize, and maxSize the larger of the two';
  if (minSize > maxSize) {
    yield problem('out-of-range', [...path, 'minSize'], `minSize ${minSize} is above maxSize ${maxSize}`, {
      help,
    });
  } else if (desiredCapacity < minSize || desiredCapacity > maxSize) {
    const message = `desiredCapacity ${desiredCapacity} is not in ${minSize} … ${maxSize}`;
    yield problem('out-of-range', [...path, 'desiredCapacity'], message, { help });
  }
  if (maxSize === 0) {
    yield problem('out-of-range', [...path, 'minSize'], 'the fleet has no instance, and may have none', {
      help: 'set `minSize` or `maxSize` to 1 or more: maxSize is minSize when it is not given',
    });
  }
}
