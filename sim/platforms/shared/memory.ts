import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { WorkloadPlan } from '../../workload/workload.ts';

const BYTES_PER_MIB = 1024 ** 2;

/** The problem of a workload that needs more memory than `hasMib`; null when it fits or does not say. */
export function memoryProblem(
  workload: WorkloadPlan,
  hasMib: number,
  path: Path,
  remedy: string,
): Problem | null {
  if (workload.memoryBytes <= hasMib * BYTES_PER_MIB) return null;
  const needsMib = Math.ceil(workload.memoryBytes / BYTES_PER_MIB);
  return problem(
    'does-not-fit',
    path,
    `workload \`${workload.name}\` needs ${needsMib} MiB of memory, and there are ${hasMib} MiB`,
    { label: `${hasMib} MiB`, help: remedy.replace('{needsMib}', String(needsMib)) },
  );
}
