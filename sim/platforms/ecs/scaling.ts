import type { PolicyPlan } from '../../fleet/scaling/open-policy.ts';
import type { MetricPlan } from '../../fleet/scaling/scaling-policy.ts';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { albOf } from '../shared/common-options.ts';
import { planQueueMetric, queueMetricProblems } from '../shared/queue-metrics.ts';
import { adjustmentProblems, stepProblems } from '../shared/step-problems.ts';
import { sameMetricProblems } from '../shared/tracking-problems.ts';
import type { EcsOptions } from './options.ts';
import type { StepScalingOptions, TargetTrackingOptions } from './scaling-options.ts';

/** Data points to the alarms that target tracking makes: 3 out, 15 in (read off published alarms, 2023). */
const HIGH_POINTS = 3;
const LOW_POINTS = 15;

type MetricName = (TargetTrackingOptions | StepScalingOptions)['metric'];

/** The service's scaling policies, in numbers. */
export function planPolicies(options: EcsOptions): PolicyPlan[] {
  return [
    ...trackingPolicies(options).map(({ policy }) => planTracking(policy)),
    ...options.stepScaling.map(planSteps),
  ];
}

function planTracking(policy: TargetTrackingOptions): PolicyPlan {
  return {
    kind: 'target-tracking',
    ...planMetric(policy.metric),
    targetValue: policy.targetValue,
    lowAlarmShare: policy.lowAlarmShare,
    highPoints: HIGH_POINTS,
    lowPoints: LOW_POINTS,
    disableScaleIn: policy.disableScaleIn,
    cooldowns: {
      scaleOutMicros: durationMicros(policy.scaleOutCooldown),
      scaleInMicros: durationMicros(policy.scaleInCooldown),
    },
  };
}

function planSteps(policy: StepScalingOptions): PolicyPlan {
  const { threshold, comparison, evaluationPeriods, adjustmentType, minAdjustmentMagnitude = 0 } = policy;
  const cooldownMicros = durationMicros(policy.cooldown);
  return {
    kind: 'step-scaling',
    ...planMetric(policy.metric),
    threshold,
    comparison,
    evaluationPeriods,
    adjustmentType,
    minAdjustmentMagnitude,
    steps: policy.steps.map(({ lowerBound, upperBound, adjustment }) => ({
      lowerBound: lowerBound ?? Number.NEGATIVE_INFINITY,
      upperBound: upperBound ?? Number.POSITIVE_INFINITY,
      adjustment,
    })),
    cooldowns: { scaleOutMicros: cooldownMicros, scaleInMicros: cooldownMicros },
  };
}

/** ECS and load balancers tell their metrics each minute. */
function planMetric(metric: MetricName): MetricPlan {
  const ofService = metric === 'ALBRequestCountPerTarget' ? 'requests-per-target-minute' : 'cpu-percent';
  return planQueueMetric(metric) ?? { metric: ofService, periodMicros: MICROS_PER_MINUTE };
}

/** Target tracking policies, written as one or as a list, each with its place in the file. */
function trackingPolicies({ targetTracking }: EcsOptions): { policy: TargetTrackingOptions; path: Path }[] {
  if (targetTracking === undefined) return [];
  if (!Array.isArray(targetTracking)) return [{ policy: targetTracking, path: ['targetTracking'] }];
  return targetTracking.map((policy, index) => ({ policy, path: ['targetTracking', index] }));
}

/** What AWS would refuse of the policies. */
export function policyProblems(options: EcsOptions, { path }: PlatformContext): Problem[] {
  const steps = options.stepScaling.map((policy, index) => ({ policy, path: ['stepScaling', index] }));
  const onMetrics: { policy: { metric: MetricName }; path: Path }[] = [
    ...trackingPolicies(options),
    ...steps,
  ];
  const withoutBalancer = onMetrics
    .filter(({ policy }) => policy.metric === 'ALBRequestCountPerTarget' && albOf(options.frontDoor) === null)
    .map((each) =>
      problem(
        'needs-load-balancer',
        [...path, ...each.path, 'metric'],
        'ALBRequestCountPerTarget needs a load balancer',
        { help: 'add `frontDoor: alb`: it is none when it is not given' },
      ),
    );
  return [
    ...withoutBalancer,
    ...queueMetricProblems(onMetrics, options.frontDoor, path),
    ...sameMetricProblems(trackingPolicies(options), path),
    ...steps.flatMap((each) => [
      ...adjustmentProblems(each.policy, [...path, ...each.path]),
      ...stepProblems(each.policy.steps, [...path, ...each.path, 'steps']),
    ]),
  ];
}
