import type { PolicyPlan } from '../../fleet/scaling/open-policy.ts';
import type { MetricPlan } from '../../fleet/scaling/scaling-policy.ts';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { PlatformContext } from '../platform.ts';
import { albOf } from '../shared/common-options.ts';
import type { Ec2Options } from './options.ts';
import type { TargetTrackingOptions } from './scaling-options.ts';

/** Data points to the alarms that target tracking makes: 3 out, 15 in (read off published alarms). */
const HIGH_POINTS = 3;
const LOW_POINTS = 15;

type MetricName = TargetTrackingOptions['metric'];

/** The dynamic scaling policies of a group, in numbers. */
export function planPolicies(options: Ec2Options): PolicyPlan[] {
  return trackingPolicies(options).map(({ policy }) => ({
    kind: 'target-tracking',
    ...planMetric(policy.metric, options),
    targetValue: policy.targetValue,
    lowAlarmShare: policy.lowAlarmShare,
    highPoints: HIGH_POINTS,
    lowPoints: LOW_POINTS,
    disableScaleIn: policy.disableScaleIn,
  }));
}

/** EC2 tells its metrics each minute or each five; a load balancer each minute, whatever EC2 does. */
function planMetric(metric: MetricName, { monitoring }: Ec2Options): MetricPlan {
  if (metric === 'ALBRequestCountPerTarget') {
    return { metric: 'requests-per-target-minute', periodMicros: MICROS_PER_MINUTE };
  }
  const minutes = monitoring === 'detailed' ? 1 : 5;
  return { metric: 'cpu-percent', periodMicros: minutes * MICROS_PER_MINUTE };
}

/** Target tracking policies, written as one or as a list, each with its place in the file. */
function trackingPolicies({ targetTracking }: Ec2Options): { policy: TargetTrackingOptions; path: Path }[] {
  if (targetTracking === undefined) return [];
  if (!Array.isArray(targetTracking)) return [{ policy: targetTracking, path: ['targetTracking'] }];
  return targetTracking.map((policy, index) => ({ policy, path: ['targetTracking', index] }));
}

/** What AWS would refuse of the policies. */
export function policyProblems(options: Ec2Options, { path }: PlatformContext): Problem[] {
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
