import { expect } from 'vitest';
import { type PlatformResult, type Result, ScenarioError, simulate } from '../../../sim/index.ts';

/** One vCPU, in service at once, of each kind; what a test adds comes after a comma. */
export const WORKERS = {
  ecs: 'type: ecs, cpu: 1024, memory: 2048',
  ec2: 'type: ec2, instanceType: c7g.medium',
  eks:
    'type: eks, resources: { requests: { cpu: 900m }, limits: { cpu: "1" } }, podStartup: 0s, ' +
    'nodes: { type: managedNodeGroup, instanceType: c7g.medium, minSize: 4, maxSize: 10 }',
} as const;
export const COUNT = {
  ecs: (count: number) => `desiredCount: ${count}`,
  ec2: (count: number) => `minSize: ${count}`,
  eks: (count: number) => `replicas: ${count}`,
} as const;
type Kind = keyof typeof WORKERS;
export const KINDS = Object.keys(WORKERS) as Kind[];
export const queue = (options = '') => `frontDoor: { type: sqs${options === '' ? '' : `, ${options}`} }`;
export const workers = (kind: Kind, count: number, more: string) =>
  `${WORKERS[kind]}, ${COUNT[kind](count)}, ${more}`;
export const service = (count: number, more: string) => workers('ecs', count, more);
export const tasksFor = (more: string) => service(1, `concurrency: 1, ${more}`);

interface Parts {
  readonly workload: string;
  /** Seconds at which messages come, instead of a stream. */
  readonly at?: readonly number[];
  readonly stream?: string;
  readonly duration: string;
  /** Lines of the file besides. */
  readonly more?: string;
  /** Options of platforms by name, without braces. */
  readonly platforms: Readonly<Record<string, string>>;
}

/** Runs a scenario of messages; every platform keeps account of every one of them. */
export function runAll(parts: Parts): Result {
  const { stream = 'executor: replay, format: timestamps, file: at.txt', more = '' } = parts;
  const text = [
    'version: 1',
    `duration: ${parts.duration}`,
    `billing: { month: ${parts.duration} }`,
    `workload: { ${parts.workload} }`,
    `traffic: { main: { ${stream} } }`,
    more,
    'platforms:',
    ...Object.entries(parts.platforms).map(([name, options]) => `  ${name}: { ${options} }`),
  ].join('\n');
  const result = simulate(text, { readFile: () => (parts.at ?? []).join('\n') });
  for (const { requests } of Object.values(result.platforms)) {
    expect(requests.arrived).toBe(requests.completed + requests.failed + requests.inFlight);
  }
  return result;
}

/** The same with one platform. @param options of it, without braces */
export function runOne(options: string, parts: Omit<Parts, 'platforms'>): PlatformResult {
  return runAll({ ...parts, platforms: { it: options } }).platforms.it!;
}

/** Code, place in the platform and remedy of what is refused. */
export function refusals(options: string, parts: Partial<Parts> = {}) {
  try {
    runOne(options, { workload: 'cpu: 1s', at: [0], duration: '10s', ...parts });
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ code, path, help }) => [code, path.slice(2).join('.'), help] as const);
  }
  return [];
}

export const lineOf = ({ cost }: PlatformResult, id: string) =>
  cost.lines.find((each) => each.id === id)?.quantity ?? 0;
export const many = (count: number, at = 0) => Array<number>(count).fill(at);
