import { deploymentLimits } from '../../fleet/containers/deployment.ts';
import type { DeploymentPlan } from '../../fleet/containers/rolling-update.ts';
import { MICROS_PER_MS, MICROS_PER_SECOND } from '../../kernel/time.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import { epochMsOf } from '../../units/instant.ts';
import type { PlatformContext } from '../platform.ts';
import { capacityOf } from './group.ts';
import type { EcsOptions } from './options.ts';

/**
 * A container without a health check counts as healthy 40 s after it runs (Amazon ECS Developer Guide,
 * rolling update, 2023-05).
 */
const HEALTHY_MICROS = 40 * MICROS_PER_SECOND;

/** The deployments within the window; null for none. */
export function planDeployments(
  { deployments, deploymentConfiguration }: EcsOptions,
  { program }: PlatformContext,
): DeploymentPlan | null {
  const revisions = deployments
    .map(({ at, failureRate, stopCode }) => ({
      atMicros: microsOf(at, program.startAtEpochMs),
      failureRate,
      failsToStart: stopCode === 'TaskFailedToStart',
    }))
    .filter(({ atMicros }) => atMicros >= 0 && atMicros < program.windowMicros)
    .sort((a, b) => a.atMicros - b.atMicros);
  if (revisions.length === 0) return null;
  const { deploymentCircuitBreaker: breaker } = deploymentConfiguration;
  return {
    revisions,
    configuration: deploymentConfiguration,
    circuitBreaker: breaker.enable ? breaker : null,
    healthyMicros: HEALTHY_MICROS,
  };
}

/** A time of the window, told as an instant or as a duration from its beginning. */
function microsOf(at: string, startAtEpochMs: number): number {
  const epochMs = epochMsOf(at);
  return epochMs === null ? durationMicros(at) : (epochMs - startAtEpochMs) * MICROS_PER_MS;
}

/** An update that may neither start nor stop a task would hang. */
export function* deploymentProblems(options: EcsOptions, { path }: PlatformContext): Iterable<Problem> {
  const { initial } = capacityOf(options);
  if (options.deployments.length === 0 || initial === 0) return;
  const { mayStop, mayStart } = deploymentLimits(initial, options.deploymentConfiguration);
  if (mayStop > 0 || mayStart > 0) return;
  const tasks = initial === 1 ? '1 task' : `${initial} tasks`;
  const message = `an update of ${tasks} may neither start one nor stop one`;
  const help =
    'AWS rounds the minimum up and the maximum down: ' +
    'lower `minimumHealthyPercent`, or raise `maximumPercent`';
  yield problem('stuck-deployment', [...path, 'deploymentConfiguration'], message, { help });
}
