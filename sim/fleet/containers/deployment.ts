/** How a rolling update may move a service, in percent of its desired count. */
export interface DeploymentConfiguration {
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
}

/** A failed deployment is given up after so many failed tasks, at least and at most. */
const FAILURES_MIN = 3;
const FAILURES_MAX = 200;

/** Healthy tasks that a rolling update keeps at least, and tasks that it has at most. */
export interface DeploymentBounds {
  readonly fewest: number;
  readonly most: number;
}

/**
 * The smallest number of healthy tasks is rounded up, the largest number of tasks down. (Amazon ECS Developer
 * Guide, "Rolling update", 2023-05.)
 */
export function deploymentBounds(desired: number, configuration: DeploymentConfiguration): DeploymentBounds {
  const { minimumHealthyPercent, maximumPercent } = configuration;
  return {
    fewest: Math.ceil((desired * minimumHealthyPercent) / 100),
    most: Math.floor((desired * maximumPercent) / 100),
  };
}

/** How many tasks an update may stop before it has started any, and start before it has stopped any. */
export function deploymentLimits(desired: number, configuration: DeploymentConfiguration) {
  const { fewest, most } = deploymentBounds(desired, configuration);
  return { mayStop: Math.max(0, desired - fewest), mayStart: Math.max(0, most - desired) };
}

/**
 * After how many failed tasks the deployment circuit breaker gives up: half the desired count, rounded up, at
 * least 3 and at most 200. (Amazon ECS Developer Guide, "deployment circuit breaker", 2025; until 2023 at
 * least 10.)
 */
export function circuitBreakerThreshold(desired: number, least = FAILURES_MIN): number {
  return Math.min(FAILURES_MAX, Math.max(least, Math.ceil(desired / 2)));
}
