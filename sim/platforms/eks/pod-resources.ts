import { type Problem, problem } from '../../problems/problem.ts';
import { cpuMilli, memoryBytes } from '../../units/kubernetes-quantity.ts';
import type { PlatformContext } from '../platform.ts';
import { memoryProblem } from '../shared/memory.ts';
import type { EksOptions } from './options.ts';

const BYTES_PER_MIB = 1024 ** 2;

/** `resources` in numbers: thousandths of a core and bytes; null for no limit. */
export interface PodResources {
  readonly requests: { readonly cpuMilli: number; readonly memoryBytes: number };
  readonly limits: { readonly cpuMilli: number | null; readonly memoryBytes: number | null };
}

/** A request not named is its limit, or nothing (Kubernetes documentation, "Resource management", 2025). */
export function readResources({ resources }: EksOptions): PodResources {
  const { requests, limits } = resources;
  const cpu = requests?.cpu ?? limits?.cpu ?? 0;
  const memory = requests?.memory ?? limits?.memory ?? 0;
  return {
    requests: { cpuMilli: cpuMilli(cpu), memoryBytes: memoryBytes(memory) },
    limits: {
      cpuMilli: limits?.cpu === undefined ? null : cpuMilli(limits.cpu),
      memoryBytes: limits?.memory === undefined ? null : memoryBytes(limits.memory),
    },
  };
}

/** What the API server refuses of `resources`, and a program that the kernel would kill. */
export function resourceProblems(options: EksOptions, { path, program }: PlatformContext): Problem[] {
  const { requests, limits } = readResources(options);
  const named = options.resources;
  const problems: Problem[] = [];
  const above = (name: 'cpu' | 'memory', request: number, limit: number | null) => {
    if (limit === null || request <= limit) return;
    const most = `${name} limit of ${named.limits?.[name]}`;
    const message = `request ${named.requests?.[name]} must be less than or equal to ${most}`;
    const where = [...path, 'resources', 'requests', name];
    problems.push(
      problem('requests-above-limits', where, message, { help: 'lower the request or raise the limit' }),
    );
  };
  above('cpu', requests.cpuMilli, limits.cpuMilli);
  above('memory', requests.memoryBytes, limits.memoryBytes);
  if (limits.cpuMilli === 0) {
    const where = [...path, 'resources', 'limits', 'cpu'];
    problems.push(problem('out-of-range', where, 'a CPU limit of 0', { help: 'a pod needs CPU to serve' }));
  }
  if (limits.memoryBytes !== null) {
    const remedy = 'a pod beyond its limit is OOMKilled: allow {needsMib}Mi or more';
    for (const workload of program.workloads) {
      const has = Math.floor(limits.memoryBytes / BYTES_PER_MIB);
      const found = memoryProblem(workload, has, [...path, 'resources', 'limits', 'memory'], remedy);
      if (found !== null) problems.push(found);
    }
  }
  return problems;
}
