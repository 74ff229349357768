import type { Distribution } from '../../distributions/distribution.ts';
import type { Random } from '../../kernel/random.ts';
import { LaunchRate, type LaunchRatePlan } from './launch-rate.ts';
import type { TaskCapacity } from './task-capacity.ts';

/** How Fargate brings up a task. */
export interface FargatePlan {
  readonly launchRate: LaunchRatePlan;
  /** Network interface and a place to run: before the image pull. */
  readonly provisioning: Distribution;
  /** The whole image, unpacked: Fargate keeps no layers from one task to the next. */
  readonly pull: Distribution;
}

/** Tasks on Fargate are all alike. */
const NO_RANKS: readonly number[] = [];

/**
 * Fargate: there is always room, and the launch rate alone makes tasks wait (Amazon ECS service quotas and
 * AWS Fargate quotas, 2026).
 */
export class FargateCapacity implements TaskCapacity {
  nextAt = Number.POSITIVE_INFINITY;
  private readonly plan: FargatePlan;
  private readonly rate: LaunchRate;
  private readonly randoms: { provisioning: Random; pull: Random };

  constructor(plan: FargatePlan, randoms: { provisioning: Random; pull: Random }) {
    this.plan = plan;
    this.rate = new LaunchRate(plan.launchRate);
    this.randoms = randoms;
  }

  step(): void {
    this.nextAt = Number.POSITIVE_INFINITY;
  }

  claim(_task: number, now: number): boolean {
    const readyAt = this.rate.readyAt(now);
    if (readyAt > now) {
      this.nextAt = readyAt;
      return false;
    }
    this.rate.take(now);
    return true;
  }

  claimWarm(): boolean {
    return true;
  }

  provisionMicros(): number {
    return this.plan.provisioning.sample(this.randoms.provisioning);
  }

  pullMicros(): number {
    return this.plan.pull.sample(this.randoms.pull);
  }

  stopping(): void {}

  release(): void {}

  stopRanks(): readonly number[] {
    return NO_RANKS;
  }

  close(): void {}
}
