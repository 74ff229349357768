import { type DeploymentConfiguration, deploymentBounds } from './deployment.ts';

/** When a service gets another task definition, and how it is moved to it. */
export interface DeploymentPlan {
  /** In order, in microseconds of the window. */
  readonly times: readonly number[];
  readonly configuration: DeploymentConfiguration;
  /** A task counts as healthy after so long in service. */
  readonly healthyMicros: number;
}

/** A service in the middle of an update. Tasks that are being stopped are not in it. */
export interface UpdateView {
  readonly desired: number;
  /** Of earlier task definitions: in service, and all. */
  readonly oldInService: number;
  readonly old: number;
  /** Of the latest task definition: healthy, and all. */
  readonly healthy: number;
  readonly fresh: number;
}

/**
 * The next step of a rolling update: tasks to start, and old ones in service to stop. New tasks come first,
 * as far as the largest number of tasks lets them; old ones go as soon as enough others are healthy.
 * (Amazon ECS Developer Guide, "Rolling update", 2023-05; that old tasks stay while new ones may still be
 * started is a simplification.)
 */
export function updateStep(view: UpdateView, configuration: DeploymentConfiguration) {
  const { desired, oldInService, old, healthy, fresh } = view;
  const { fewest, most } = deploymentBounds(desired, configuration);
  const start = Math.max(0, Math.min(desired - fresh, most - old - fresh));
  const spare = Math.max(0, oldInService + healthy - fewest);
  return { start, stop: start > 0 ? 0 : Math.min(oldInService, spare) };
}

/** The deployments of a service: which is the latest, and when something about them changes. */
export class RollingUpdate {
  readonly plan: DeploymentPlan;
  /** Number of the latest task definition. */
  revision = 0;
  isUnderWay = false;
  /** When tasks in service become healthy, in order. */
  private readonly healthyAt: number[] = [];

  constructor(plan: DeploymentPlan) {
    this.plan = plan;
  }

  /** The next deployment, or the next task that becomes healthy; Infinity for none. */
  get nextAt(): number {
    const deployedAt = this.plan.times[this.revision] ?? Number.POSITIVE_INFINITY;
    return Math.min(deployedAt, this.healthyAt[0] ?? Number.POSITIVE_INFINITY);
  }

  /** Carries out what is due. @returns whether a deployment begins */
  step(now: number): boolean {
    if (this.healthyAt[0] === now) {
      this.healthyAt.shift();
      return false;
    }
    this.revision++;
    this.isUnderWay = true;
    return true;
  }

  /** A task comes into service while an update is under way. */
  watch(now: number): void {
    if (this.isUnderWay) this.healthyAt.push(now + this.plan.healthyMicros);
  }
}
