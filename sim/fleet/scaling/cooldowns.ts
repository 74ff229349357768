import type { CooldownPlan, ScalingPolicy, ScalingView } from './scaling-policy.ts';

/**
 * The cooldowns of Application Auto Scaling around a policy, as of an ECS service.
 *
 * During the one that follows a scale-out, what it added counts as part of what the next would add: only a
 * larger scale-out runs, and it adds the difference. During the one that follows a scale-in, nothing is
 * removed, and a scale-out runs at once and ends it. (Application Auto Scaling User Guide, "Target tracking
 * scaling policies" and "Step scaling policies", cooldown periods, 2023-05; 300 s each by default.)
 */
export class Cooldowns implements ScalingPolicy {
  private readonly plan: CooldownPlan;
  private readonly policy: ScalingPolicy;
  private outUntil = Number.NEGATIVE_INFINITY;
  private inUntil = Number.NEGATIVE_INFINITY;
  /** The capacity before the scale-out whose cooldown runs. */
  private base = 0;
  private last: { readonly desired: number; readonly at: number } | null = null;

  constructor(plan: CooldownPlan, policy: ScalingPolicy) {
    this.plan = plan;
    this.policy = policy;
  }

  decide(view: ScalingView): number | null {
    this.watch(view);
    const { now, desired, contributing } = view;
    // Application Auto Scaling reckons from the tasks that run, not from those that were asked for.
    const vote = this.policy.decide({ ...view, desired: contributing });
    if (vote === null || vote === contributing) return vote === null ? null : desired;
    if (vote < contributing) return now < this.inUntil ? desired : Math.min(desired, vote);
    if (now >= this.outUntil) return Math.max(desired, vote);
    return Math.max(desired, this.base + vote - contributing);
  }

  /** An activity shows in the capacity, whoever had it: it was at the decision before this one. */
  private watch({ now, desired }: ScalingView): void {
    const { last } = this;
    this.last = { desired, at: now };
    if (last === null || last.desired === desired) return;
    if (desired > last.desired) {
      if (last.at >= this.outUntil) this.base = last.desired;
      this.outUntil = last.at + this.plan.scaleOutMicros;
      this.inUntil = Number.NEGATIVE_INFINITY;
    } else {
      this.inUntil = last.at + this.plan.scaleInMicros;
    }
  }
}
