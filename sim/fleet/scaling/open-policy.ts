import { Cooldowns } from './cooldowns.ts';
import type { ScalingPolicy } from './scaling-policy.ts';
import { SimpleScaling, type SimpleScalingPlan } from './simple-scaling.ts';
import { StepScaling, type StepScalingPlan } from './step-scaling.ts';
import { TargetTracking, type TargetTrackingPlan } from './target-tracking.ts';

/** A dynamic scaling policy of any kind, in numbers. */
export type PolicyPlan = TargetTrackingPlan | StepScalingPlan | SimpleScalingPlan;

/** Makes the policy of a plan, its alarms in the state OK, its cooldowns around it. */
export function openPolicy(plan: PolicyPlan): ScalingPolicy {
  const policy = openKind(plan);
  return plan.cooldowns === undefined ? policy : new Cooldowns(plan.cooldowns, policy);
}

function openKind(plan: PolicyPlan): ScalingPolicy {
  switch (plan.kind) {
    case 'target-tracking':
      return new TargetTracking(plan);
    case 'step-scaling':
      return new StepScaling(plan);
    case 'simple-scaling':
      return new SimpleScaling(plan);
  }
}
