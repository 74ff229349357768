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
