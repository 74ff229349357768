import type { Random } from '../../kernel/random.ts';
import type { DeploymentOutcome } from '../../observe/deployments.ts';
import { circuitBreakerThreshold, type DeploymentConfiguration, deploymentBounds } from './deployment.ts';
import { RestartThrottle } from './restart-throttle.ts';

/** A task definition that the service gets, and how its tasks fare. */
export interface Revision {
  readonly atMicros: number;
  /** Share of its tasks that fail before they serve. */
  readonly failureRate: number;
  /** They fail before they reach RUNNING (`TaskFailedToStart`), or after it (`EssentialContainerExited`). */
  readonly failsToStart: boolean;
}

/** `deploymentCircuitBreaker`, where it is enabled. */
export interface CircuitBreakerPlan {
  readonly rollback: boolean;
  readonly resetOnHealthyTask: boolean;
}

/** When a service gets another task definition, and how it is moved to it. */
export interface DeploymentPlan {
  /** In the order of their times. */
  readonly revisions: readonly Revision[];
  readonly configuration: DeploymentConfiguration;
  readonly circuitBreaker: CircuitBreakerPlan | null;
  /** A task counts as healthy after so long in service. */
  readonly healthyMicros: number;
}

/** A service in the middle of an update. Tasks that are being stopped are not in it. */
export interface UpdateView {
  readonly desired: number;
  /** Of other task definitions: in service, and all. */
  readonly oldInService: number;
  readonly old: number;
  /** Of the task definition that it moves to: healthy, and all. */
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

/**
 * The deployments of a service: which task definition it moves to, and what of it fails. A circuit breaker
 * gives up a deployment after so many failed tasks, and rolls back to the last one that was completed, or
 * launches nothing any more; without one the service goes on trying. (Amazon ECS Developer Guide, "How the
 * Amazon ECS deployment circuit breaker detects failures", 2025; API reference, DeploymentCircuitBreaker,
 * 2026.)
 */
export class RollingUpdate {
  readonly plan: DeploymentPlan;
  readonly throttle = new RestartThrottle();
  readonly outcomes: DeploymentOutcome[] = [];
  /** Number of the task definition that the service moves to, or has; 0 is the one that it had at first. */
  revision = 0;
  isUnderWay = false;
  /** A deployment has failed and was not rolled back: nothing is launched until the next. */
  isBlocked = false;
  private readonly random: Random;
  /** When tasks in service become healthy, in order. */
  private readonly healthyAt: number[] = [];
  private begun = 0;
  /** The last task definition that a deployment to was completed. */
  private completed = 0;
  private isRollingBack = false;
  /** Failed tasks as the circuit breaker counts them. */
  private failures = 0;

  constructor(plan: DeploymentPlan, random: Random) {
    this.plan = plan;
    this.random = random;
  }

  /** The next deployment, healthy task, or end of a wait; Infinity for none. */
  get nextAt(): number {
    const deployedAt = this.plan.revisions[this.begun]?.atMicros ?? Number.POSITIVE_INFINITY;
    return Math.min(deployedAt, this.healthyAt[0] ?? Number.POSITIVE_INFINITY, this.throttle.nextAt);
  }

  /** Carries out what is due. */
  step(now: number): void {
    if (this.healthyAt[0] === now) {
      this.healthyAt.shift();
      if (this.plan.circuitBreaker?.resetOnHealthyTask) this.failures = 0;
    } else if (this.throttle.nextAt === now) {
      this.throttle.open();
    } else {
      this.begin(now);
    }
  }

  /** A task comes into service. */
  watch(now: number): void {
    if (!this.isUnderWay) return;
    this.healthyAt.push(now + this.plan.healthyMicros);
    this.throttle.reset();
  }

  /** Draws whether a task of a definition is going to fail. */
  isFailing(revision: number): boolean {
    const rate = this.plan.revisions[revision - 1]?.failureRate ?? 0;
    return rate > 0 && (rate >= 1 || this.random() < rate);
  }

  failsToStart(revision: number): boolean {
    return this.plan.revisions[revision - 1]!.failsToStart;
  }

  /** A task of a definition has failed. */
  fail(revision: number, desired: number, now: number): void {
    this.outcomes[revision - 1]!.failedTasks++;
    if (!this.isUnderWay || revision !== this.revision) return;
    if (this.failsToStart(revision)) this.throttle.fail(now);
    if (this.plan.circuitBreaker === null || this.isRollingBack) return;
    this.failures++;
    if (this.failures >= circuitBreakerThreshold(desired)) this.giveUp(this.plan.circuitBreaker);
  }

  /** All tasks are of the definition that the service moves to, and healthy. */
  finish(): void {
    this.isUnderWay = false;
    this.outcomes[this.begun - 1]!.status = this.isRollingBack ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL';
    this.completed = this.revision;
  }

  private begin(now: number): void {
    const before = this.outcomes[this.begun - 1];
    if (this.isUnderWay && before !== undefined) before.status = 'STOPPED';
    this.revision = ++this.begun;
    this.outcomes.push({ atMicros: now, status: 'IN_PROGRESS', failedTasks: 0 });
    this.isUnderWay = true;
    this.isBlocked = false;
    this.isRollingBack = false;
    this.failures = 0;
    this.throttle.reset();
  }

  private giveUp({ rollback }: CircuitBreakerPlan): void {
    this.outcomes[this.begun - 1]!.status = rollback ? 'ROLLBACK_IN_PROGRESS' : 'FAILED';
    this.throttle.reset();
    if (rollback) {
      this.revision = this.completed;
      this.isRollingBack = true;
    } else {
      this.isUnderWay = false;
      this.isBlocked = true;
    }
  }
}
