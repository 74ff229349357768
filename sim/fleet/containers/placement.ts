/** What a task takes of its host: CPU units (1024 = 1 vCPU) and MiB. */
export interface TaskSize {
  readonly cpu: number;
  readonly memory: number;
}

/** A container instance as placement sees it. */
export interface PlacementHost {
  /** The position of its Availability Zone. */
  readonly zone: number;
  readonly freeCpu: number;
  readonly freeMemory: number;
  /** Tasks of the service that it runs, without those that are being stopped. */
  readonly tasks: number;
}

/** One strategy of a service, in AWS's words. */
export type PlacementStrategy =
  | { readonly type: 'binpack'; readonly field: 'cpu' | 'memory' }
  | { readonly type: 'spread'; readonly field: 'attribute:ecs.availability-zone' | 'instanceId' }
  | { readonly type: 'random' };

/** A constraint that a host must meet: binding, where strategies are best effort. */
export type PlacementConstraint = { readonly type: 'distinctInstance' };

/** Where the tasks of a service may go, and are to go. */
export interface PlacementRules {
  readonly strategies: readonly PlacementStrategy[];
  readonly constraints: readonly PlacementConstraint[];
}

/** Whether a host has room for a task and meets every constraint. */
function mayHold(host: PlacementHost, task: TaskSize, { constraints }: PlacementRules): boolean {
  if (host.freeCpu < task.cpu || host.freeMemory < task.memory) return false;
  return constraints.length === 0 || host.tasks === 0;
}

/**
 * The host that a task is placed on: those that may hold it, narrowed by the strategies in order; of several
 * that are left, the first. `binpack` takes the hosts with the least of the resource left, `spread` those
 * where (or in whose zone) the fewest tasks of the service are.
 * (Amazon ECS Developer Guide, "Amazon ECS task placement", 2023-05.)
 *
 * @param hosts in the order in which they came
 * @param draw a number in [0, 1) for `random`
 * @returns its position; -1 when no host may hold the task
 */
export function place(
  task: TaskSize,
  hosts: readonly PlacementHost[],
  rules: PlacementRules,
  draw: () => number,
): number {
  let left: number[] = [];
  hosts.forEach((host, index) => {
    if (mayHold(host, task, rules)) left.push(index);
  });
  for (const strategy of rules.strategies) {
    if (left.length < 2) break;
    if (strategy.type === 'random') left = [left[Math.floor(draw() * left.length)]!];
    else left = least(left, measures(hosts, strategy));
  }
  return left[0] ?? -1;
}

/**
 * How soon tasks on each host are stopped at a scale-in, the larger the sooner, first strategy first: the
 * same strategies the other way round. `binpack` stops where the most of the resource is left, `spread` where
 * the most tasks are (same guide).
 */
export function stopRanks(hosts: readonly PlacementHost[], { strategies }: PlacementRules): number[][] {
  const byStrategy = strategies.map((strategy) =>
    strategy.type === 'random' ? hosts.map(() => 0) : measures(hosts, strategy),
  );
  return hosts.map((_, index) => byStrategy.map((values) => values[index]!));
}

/** How many tasks an empty host of a size holds. */
export function tasksPerHost(host: TaskSize, task: TaskSize, { constraints }: PlacementRules): number {
  const byRoom = Math.min(Math.floor(host.cpu / task.cpu), Math.floor(host.memory / task.memory));
  return constraints.length === 0 ? byRoom : Math.min(1, byRoom);
}

/** How many more tasks a host has room for. */
export function roomOn(host: PlacementHost, task: TaskSize, rules: PlacementRules): number {
  if (!mayHold(host, task, rules)) return 0;
  return tasksPerHost({ cpu: host.freeCpu, memory: host.freeMemory }, task, rules);
}

/** What a strategy looks at, of each host; the least is preferred. */
function measures(
  hosts: readonly PlacementHost[],
  strategy: Exclude<PlacementStrategy, { type: 'random' }>,
): number[] {
  if (strategy.type === 'binpack') {
    return hosts.map((host) => (strategy.field === 'cpu' ? host.freeCpu : host.freeMemory));
  }
  if (strategy.field === 'instanceId') return hosts.map((host) => host.tasks);
  const byZone = new Map<number, number>();
  for (const { zone, tasks } of hosts) byZone.set(zone, (byZone.get(zone) ?? 0) + tasks);
  return hosts.map((host) => byZone.get(host.zone)!);
}

function least(indices: readonly number[], values: readonly number[]): number[] {
  const lowest = indices.reduce((low, index) => Math.min(low, values[index]!), Number.POSITIVE_INFINITY);
  return indices.filter((index) => values[index] === lowest);
}
