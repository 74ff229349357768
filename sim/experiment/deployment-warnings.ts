import { MICROS_PER_SECOND } from '../kernel/time.ts';
import type { DeploymentsObservation } from '../observe/deployments.ts';
import type { Result } from '../result/result.ts';
import type { PlatformRun } from './platform-run.ts';

type Warning = Result['warnings'][number];

/** Updates that were given up, and those that lose one task after the other without an end. */
export function deploymentWarnings({ name, total, replications }: PlatformRun): Warning[] {
  return (total!.deployments ?? []).flatMap((deployment) => {
    const { IN_PROGRESS = 0, FAILED = 0, ...rest } = deployment.statuses;
    const rolledBack = (rest.ROLLBACK_SUCCESSFUL ?? 0) + (rest.ROLLBACK_IN_PROGRESS ?? 0);
    const told = (code: string, what: string) => ({
      code,
      platform: name,
      message: `${lossesOf(deployment, replications)} ${what}`,
    });
    return [
      ...(rolledBack > 0 ? [told('failed-deployment', 'the circuit breaker rolled it back')] : []),
      ...(FAILED > 0
        ? [told('failed-deployment', 'the circuit breaker gave it up, and the old tasks go on')]
        : []),
      ...(IN_PROGRESS > 0 && deployment.failedTasks > 0
        ? [told('unfinished-deployment', 'it was still being tried at the end')]
        : []),
    ];
  });
}

function lossesOf({ atMicros, failedTasks }: DeploymentsObservation, replications: number): string {
  const runs = replications === 1 ? '' : ` in ${replications} replications`;
  const tasks = failedTasks === 1 ? '1 task' : `${failedTasks} tasks`;
  return `${tasks} of its deployment at ${atMicros / MICROS_PER_SECOND} s failed${runs}:`;
}
