import type { PolicyPlan } from '../../fleet/scaling/open-policy.ts';
import type { MetricPlan } from '../../fleet/scaling/scaling-policy.ts';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import type { Problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { planQueueMetric } from '../shared/queue-metrics.ts';
import { adjustmentProblems, stepProblems } from '../shared/step-problems.ts';
import { metricProblems, written } from '../shared/written-policies.ts';
import type { Ec2Options } from './options.ts';
import type { SimpleScalingOptions, StepScalingOptions, TargetTrackingOptions } from './scaling-options.ts';

/** Data points to the alarms that target tracking makes: 3 out, 15 in (read off published alarms). */
const HIGH_POINTS = 3;
const LOW_POINTS = 15;

type MetricName = (TargetTrackingOptions | StepScalingOptions)['metric'];

/** The dynamic scaling policies of a group, in numbers. */
export function planPolicies(options: Ec2Options): PolicyPlan[] {
  return [
    ...tracked(options).map(({ policy }) => planTracking(policy, options)),
    ...options.stepScaling.map((policy) => planSteps(policy, options)),
    ...options.simpleScaling.map((policy) => planSimple(policy, options)),
  ];
}

function planTracking(policy: TargetTrackingOptions, options: Ec2Options): PolicyPlan {
  return {
    kind: 'target-tracking',
    ...planMetric(policy.metric, options),
    targetValue: policy.targetValue,
    lowAlarmShare: policy.lowAlarmShare,
    highPoints: HIGH_POINTS,
    lowPoints: LOW_POINTS,
    disableScaleIn: policy.disableScaleIn,
  };
}

function planSteps(policy: StepScalingOptions, options: Ec2Options): PolicyPlan {
  return {
    kind: 'step-scaling',
    ...planAlarm(policy, options),
    steps: policy.steps.map(({ lowerBound, upperBound, adjustment }) => ({
      lowerBound: lowerBound ?? Number.NEGATIVE_INFINITY,
      upperBound: upperBound ?? Number.POSITIVE_INFINITY,
      adjustment,
    })),
  };
}

function planSimple(policy: SimpleScalingOptions, options: Ec2Options): PolicyPlan {
  return {
    kind: 'simple-scaling',
    ...planAlarm(policy, options),
    adjustment: policy.adjustment,
    cooldownMicros: durationMicros(policy.cooldown),
  };
}

function planAlarm(policy: StepScalingOptions | SimpleScalingOptions, options: Ec2Options) {
  const { threshold, comparison, evaluationPeriods, adjustmentType, minAdjustmentMagnitude = 0 } = policy;
  return {
    ...planMetric(policy.metric, options),
    threshold,
    comparison,
    evaluationPeriods,
    adjustmentType,
    minAdjustmentMagnitude,
  };
}

/** EC2 tells its metrics each minute or each five; a load balancer each minute, whatever EC2 does. */
function planMetric(metric: MetricName, { monitoring }: Ec2Options): MetricPlan {
  const ofQueue = planQueueMetric(metric);
  if (ofQueue !== null) return ofQueue;
  if (metric === 'ALBRequestCountPerTarget') {
    return { metric: 'requests-per-target-minute', periodMicros: MICROS_PER_MINUTE };
  }
  const minutes = monitoring === 'detailed' ? 1 : 5;
  return { metric: 'cpu-percent', periodMicros: minutes * MICROS_PER_MINUTE };
}

/** What AWS would refuse of the policies. */
export function policyProblems(options: Ec2Options, { path }: PlatformContext): Problem[] {
  const steps = written('stepScaling', options.stepScaling);
  const alarms = [...steps, ...written('simpleScaling', options.simpleScaling)];
  return [
    ...metricProblems(tracked(options), alarms, options.frontDoor, path),
    ...alarms.flatMap((each) => adjustmentProblems(each.policy, [...path, ...each.path])),
    ...steps.flatMap((each) => stepProblems(each.policy.steps, [...path, ...each.path, 'steps'])),
  ];
}

function tracked({ targetTracking }: Ec2Options) {
  return written<TargetTrackingOptions>('targetTracking', targetTracking);
}
