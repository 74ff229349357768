import type { PolicyPlan } from '../../fleet/scaling/open-policy.ts';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { albOf } from '../shared/common-options.ts';
import type { EcsOptions } from './options.ts';
import type { TargetTrackingOptions } from './scaling-options.ts';

/**
 * Data points to the alarms that target tracking makes, one a minute: 3 out, 15 in (read off published
 * alarms, 2023).
 */
const HIGH_POINTS = 3;
const LOW_POINTS = 15;

/** The service's scaling policies, in numbers. */
export function planPolicies(options: EcsOptions): PolicyPlan[] {
  return trackingPolicies(options).map(({ policy }) => ({
    kind: 'target-tracking',
    metric: policy.metric === 'ALBRequestCountPerTarget' ? 'requests-per-target-minute' : 'cpu-percent',
    periodMicros: MICROS_PER_MINUTE,
    targetValue: policy.targetValue,
    lowAlarmShare: policy.lowAlarmShare,
    highPoints: HIGH_POINTS,
    lowPoints: LOW_POINTS,
    disableScaleIn: policy.disableScaleIn,
    cooldowns: {
      scaleOutMicros: durationMicros(policy.scaleOutCooldown),
      scaleInMicros: durationMicros(policy.scaleInCooldown),
    },
  }));
}

/** Target tracking policies, written as one or as a list, each with its place in the file. */
function trackingPolicies({ targetTracking }: EcsOptions): { policy: TargetTrackingOptions; path: Path }[] {
  if (targetTracking === undefined) return [];
  if (!Array.isArray(targetTracking)) return [{ policy: targetTracking, path: ['targetTracking'] }];
  return targetTracking.map((policy, index) => ({ policy, path: ['targetTracking', index] }));
}

/** What AWS would refuse of the policies. */
export function policyProblems(options: EcsOptions, { path }: PlatformContext): Problem[] {
  if (albOf(options.frontDoor) !== null) return [];
  return trackingPolicies(options)
    .filter(({ policy }) => policy.metric === 'ALBRequestCountPerTarget')
    .map((each) =>
      problem(
        'needs-load-balancer',
        [...path, ...each.path, 'metric'],
        'ALBRequestCountPerTarget needs a load balancer',
        { help: 'add `frontDoor: alb`' },
      ),
    );
}

/** Capacities that contradict each other. */
export function* capacityProblems(options: EcsOptions, { path }: PlatformContext): Iterable<Problem> {
  const { minCapacity, maxCapacity, desiredCount } = options;
  const help = 'a service holds minCapacity ≤ desiredCount ≤ maxCapacity';
  if (minCapacity !== undefined && maxCapacity !== undefined && minCapacity > maxCapacity) {
    const message = `minCapacity ${minCapacity} is above maxCapacity ${maxCapacity}`;
    yield problem('out-of-range', [...path, 'minCapacity'], message, { help });
    return;
  }
  const { initial, min, max } = capacityOf(options);
  if (initial < min || initial > max) {
    const message = `desiredCount ${desiredCount} is not in ${min} … ${max}`;
    yield problem('out-of-range', [...path, 'desiredCount'], message, { help });
  }
  if (max === 0) {
    yield problem('out-of-range', [...path, 'desiredCount'], 'the service has no task, and may have none', {
      help: 'set `desiredCount` or `maxCapacity` to 1 or more',
    });
  }
}

/** How many tasks: at t = 0, at least and at most. Without scaling keys all three are the same. */
export function capacityOf({ minCapacity, maxCapacity, desiredCount }: EcsOptions) {
  const initial = desiredCount ?? minCapacity ?? Math.min(1, maxCapacity ?? 1);
  return {
    initial,
    min: minCapacity ?? Math.min(initial, maxCapacity ?? initial),
    max: maxCapacity ?? initial,
  };
}
