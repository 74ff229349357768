import type { ScalingPolicy } from './scaling-policy.ts';
import { TargetTracking, type TargetTrackingPlan } from './target-tracking.ts';

/** A dynamic scaling policy of any kind, in numbers. */
export type PolicyPlan = TargetTrackingPlan;

/** Makes the policy of a plan, its alarms in the state OK. */
export function openPolicy(plan: PolicyPlan): ScalingPolicy {
  return new TargetTracking(plan);
}
