import type { Distribution } from '../../distributions/distribution.ts';
import type { ReplicasPlan } from '../replicas/plan.ts';
import type { DeploymentPlan } from './rolling-update.ts';
import type { TaskCapacity } from './task-capacity.ts';

/** One kind of task, in numbers. */
export interface TaskPlan {
  /** From the start of the container to the application's answer. */
  readonly applicationStart: Distribution;
  /** How long a task that leaves may finish what it began. */
  readonly drainMicros: number;
  /** Null for a service that keeps its task definition. */
  readonly deployments: DeploymentPlan | null;
  /** Reclaimed capacity: from service to the notice, and from the notice to the end. Null for never. */
  readonly interruption: { readonly after: Distribution; readonly noticeMicros: number } | null;
}

/** Workers that are containers: tasks of a service, on Fargate or on hosts. */
export interface TasksPlan extends ReplicasPlan {
  readonly task: TaskPlan;
  /** What the tasks run on, at t = 0. */
  openCapacity(replication: number): TaskCapacity;
}
