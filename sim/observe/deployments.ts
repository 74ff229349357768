/** How deployments stand, in the words of the Amazon ECS API (ServiceDeployment, 2026). */
export const deploymentStatuses = [
  'SUCCESSFUL',
  'IN_PROGRESS',
  'STOPPED',
  'FAILED',
  'ROLLBACK_IN_PROGRESS',
  'ROLLBACK_SUCCESSFUL',
] as const;
export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** What became of one deployment in one replication. */
export interface DeploymentOutcome {
  readonly atMicros: number;
  status: DeploymentStatus;
  /** Tasks of it that failed before they served. */
  failedTasks: number;
}

/** The same over replications. */
export interface DeploymentsObservation {
  readonly atMicros: number;
  readonly statuses: Partial<Record<DeploymentStatus, number>>;
  failedTasks: number;
}

/** One replication's outcomes, to be added to others'. */
export function observeDeployments(outcomes: readonly DeploymentOutcome[]): DeploymentsObservation[] {
  return outcomes.map(({ atMicros, status, failedTasks }) => ({
    atMicros,
    statuses: { [status]: 1 },
    failedTasks,
  }));
}

/** Adds another replication's: the same deployments at the same times. */
export function mergeDeployments(
  total: readonly DeploymentsObservation[],
  other: readonly DeploymentsObservation[],
): void {
  for (const [index, { statuses, failedTasks }] of other.entries()) {
    const sum = total[index]!;
    sum.failedTasks += failedTasks;
    for (const status of deploymentStatuses) {
      const count = (sum.statuses[status] ?? 0) + (statuses[status] ?? 0);
      if (count > 0) sum.statuses[status] = count;
    }
  }
}
