import { z } from 'zod';
import { deploymentLimits } from '../../fleet/containers/deployment.ts';
import type { DeploymentPlan } from '../../fleet/containers/rolling-update.ts';
import { MICROS_PER_MS, MICROS_PER_SECOND } from '../../kernel/time.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { durationMicros, durationSchema } from '../../units/duration.ts';
import { epochMsOf, instantSchema } from '../../units/instant.ts';
import type { PlatformContext } from '../platform.ts';
import { capacityOf } from './group.ts';
import type { EcsOptions } from './options.ts';

const DEPLOYMENTS_MAX = 1_000;
/**
 * A container without a health check counts as healthy 40 s after it runs (Amazon ECS Developer Guide,
 * rolling update, 2023-05).
 */
const HEALTHY_MICROS = 40 * MICROS_PER_SECOND;

export const deploymentsSchema = z
  .array(
    z
      .strictObject({
        at: z
          .union([
            durationSchema.meta({ description: 'how long after t = 0: 10m' }),
            instantSchema.meta({ description: 'an instant: 2026-01-05T08:00:00Z' }),
          ])
          .meta({ description: 'when: how long after t = 0, or an instant' }),
        failureRate: z
          .number()
          .min(0)
          .max(1)
          .default(0)
          .meta({ description: 'share of the new tasks that fail before they serve' }),
        stopCode: z
          .enum(['EssentialContainerExited', 'TaskFailedToStart'])
          .default('EssentialContainerExited')
          .meta({ description: 'how they fail: their program ends, or they never reach RUNNING' }),
      })
      .meta({ description: 'the service gets another task definition' }),
  )
  .max(DEPLOYMENTS_MAX)
  .default([])
  .meta({ description: 'rolling updates of the service' });

export const deploymentConfigurationSchema = z
  .strictObject({
    minimumHealthyPercent: z
      .int()
      .min(0)
      .max(100)
      .default(100)
      .meta({ description: 'healthy tasks at least, percent of the desired count, rounded up' }),
    maximumPercent: z
      .int()
      .min(100)
      .max(200)
      .default(200)
      .meta({ description: 'tasks at most, percent of the desired count, rounded down' }),
    deploymentCircuitBreaker: z
      .strictObject({
        enable: z.boolean().meta({ description: 'whether a deployment is given up' }),
        rollback: z
          .boolean()
          .default(false)
          .meta({ description: 'whether the service goes back to the last deployment that was completed' }),
        resetOnHealthyTask: z
          .boolean()
          .default(true)
          .meta({ description: 'whether a healthy task sets the count of failed ones to 0' }),
      })
      .default({ enable: false, rollback: false, resetOnHealthyTask: true })
      .meta({ description: 'gives a deployment up after half the desired count failed, 3 to 200' }),
  })
  .prefault({})
  .meta({ description: 'how far an update may move the number of tasks' });

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
