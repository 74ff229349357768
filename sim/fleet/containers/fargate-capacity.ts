import type { Distribution } from '../../distributions/distribution.ts';
import type { Random } from '../../kernel/random.ts';
import { grownUint8 } from '../../kernel/typed-arrays.ts';
import type { ZoneFault } from '../../workload/program.ts';
import { ZoneWatch } from '../replicas/zone-watch.ts';
import { LaunchRate, type LaunchRatePlan } from './launch-rate.ts';
import type { TaskCapacity } from './task-capacity.ts';

/** How Fargate brings up a task. */
export interface FargatePlan {
  readonly launchRate: LaunchRatePlan;
  /** Network interface and a place to run: before the image pull. */
  readonly provisioning: Distribution;
  /** The whole image, unpacked: Fargate keeps no layers from one task to the next. */
  readonly pull: Distribution;
  /** Letters of the Availability Zones that the tasks are spread over, and what happens to zones. */
  readonly zones: readonly string[];
  readonly faults: readonly ZoneFault[];
}

/**
 * Fargate: there is always room, and the launch rate alone makes tasks wait (Amazon ECS service quotas and
 * AWS Fargate quotas, 2026). A task goes to the zone with fewest, and one of the zone with most is stopped
 * first (Amazon ECS Developer Guide, "Amazon ECS task placement", 2023-05: best effort there, exact here).
 */
export class FargateCapacity implements TaskCapacity {
  private readonly plan: FargatePlan;
  private readonly rate: LaunchRate;
  private readonly randoms: { provisioning: Random; pull: Random };
  private readonly watch: ZoneWatch;
  private launchAt = Number.POSITIVE_INFINITY;
  private hasPlace = new Uint8Array(0);
  private readonly lost: number[] = [];
  /** By zone: how many tasks it has, told as a rank. */
  private readonly ranks: [number][];

  constructor(plan: FargatePlan, randoms: { provisioning: Random; pull: Random }) {
    this.plan = plan;
    this.rate = new LaunchRate(plan.launchRate);
    this.randoms = randoms;
    this.watch = new ZoneWatch(plan.zones, plan.faults);
    this.ranks = plan.zones.map(() => [0]);
  }

  get nextAt(): number {
    return Math.min(this.launchAt, this.watch.nextAt);
  }

  step(): void {
    if (this.watch.nextAt > this.launchAt) this.launchAt = Number.POSITIVE_INFINITY;
    else if (this.watch.step()) this.loseTasks();
  }

  claim(task: number, now: number): boolean {
    if (!this.watch.zones.canLaunch) return false;
    const readyAt = this.rate.readyAt(now);
    if (readyAt > now) {
      this.launchAt = readyAt;
      return false;
    }
    this.rate.take(now);
    return this.claimWarm(task);
  }

  claimWarm(task: number): boolean {
    if (task >= this.hasPlace.length) {
      this.hasPlace = grownUint8(this.hasPlace, Math.max(64, task + 1, this.hasPlace.length * 2));
      this.watch.zones.grow(this.hasPlace.length);
    }
    this.hasPlace[task] = 1;
    this.watch.zones.order(task);
    return true;
  }

  provisionMicros(): number {
    return this.plan.provisioning.sample(this.randoms.provisioning);
  }

  pullMicros(): number {
    return this.plan.pull.sample(this.randoms.pull);
  }

  stopping(task: number): void {
    this.watch.zones.leave(task);
  }

  release(task: number): void {
    this.hasPlace[task] = 0;
  }

  stopRanks(task: number): readonly number[] {
    const { zones } = this.watch;
    const rank = this.ranks[zones.of(task)]!;
    rank[0] = zones.count(zones.of(task));
    return rank;
  }

  takeLost(): number {
    return this.lost.pop() ?? -1;
  }

  close(): void {}

  private loseTasks(): void {
    for (let task = this.hasPlace.length - 1; task >= 0; task--)
      if (this.hasPlace[task] === 1 && this.watch.zones.isLostWith(task)) this.lost.push(task);
  }
}
