import type { PolicyPlan } from '../../fleet/scaling/open-policy.ts';
import type { MetricPlan } from '../../fleet/scaling/scaling-policy.ts';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import type { Problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { planQueueMetric } from '../shared/queue-metrics.ts';
import { adjustmentProblems, stepProblems } from '../shared/step-problems.ts';
import { metricProblems, written } from '../shared/written-policies.ts';
import type { EcsOptions } from './options.ts';
import type { StepScalingOptions, TargetTrackingOptions } from './scaling-options.ts';

/** Data points to the alarms that target tracking makes: 3 out, 15 in (read off published alarms, 2023). */
const HIGH_POINTS = 3;
const LOW_POINTS = 15;

type MetricName = (TargetTrackingOptions | StepScalingOptions)['metric'];

/** The service's scaling policies, in numbers. */
export function planPolicies(options: EcsOptions): PolicyPlan[] {
  return [
    ...tracked(options).map(({ policy }) => planTracking(policy)),
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

/** What AWS would refuse of the policies. */
export function policyProblems(options: EcsOptions, { path }: PlatformContext): Problem[] {
  const steps = written('stepScaling', options.stepScaling);
  return [
    ...metricProblems(tracked(options), steps, options.frontDoor, path),
    ...steps.flatMap((each) => [
      ...adjustmentProblems(each.policy, [...path, ...each.path]),
      ...stepProblems(each.policy.steps, [...path, ...each.path, 'steps']),
    ]),
  ];
}

function tracked({ targetTracking }: EcsOptions) {
  return written<TargetTrackingOptions>('targetTracking', targetTracking);
}
