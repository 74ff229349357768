import type { MeterReading, PriceBook } from '../../billing/index.ts';
import type { RoutingPlan } from '../../fleet/replicas/routing/index.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import { collecting, type Path, type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { ProgramBase } from '../../workload/program.ts';
import {
  albOf,
  type FrontDoorOptions,
  frontDoorLatency,
  proxyOf,
  queueOf,
  type ServerFrontDoorOptions,
} from './common-options.ts';
import { queueReadings } from './message-queue.ts';
import { albReadings, billedTime, timeReading } from './meters.ts';

/** Target group attribute slow_start.duration_seconds: 30 to 900 (Elastic Load Balancing, 2026). */
const SLOW_START_SECONDS = { min: 30, max: 900 } as const;
/** Every start of an instance costs a minute (EC2 On-Demand pricing, 2025-26). */
const MINIMUM_MICROS = 60 * MICROS_PER_SECOND;

/** How requests find their server. Without a front door they go round. */
export function planRouting(frontDoor: ServerFrontDoorOptions): RoutingPlan {
  const [alb, proxy] = [albOf(frontDoor), proxyOf(frontDoor)];
  const word = proxy?.loadBalancing ?? alb?.loadBalancing ?? 'round_robin';
  return {
    // The targets of a group are alike here, so a weighted draw is a draw.
    algorithm: word === 'weighted_random' ? 'random' : word,
    choices: proxy?.choices ?? 2,
    connectionsMax:
      proxy === null || proxy.maxConnections === 'none' ? Number.POSITIVE_INFINITY : proxy.maxConnections,
    slowStartMicros: alb === null || alb.slowStart === 'none' ? 0 : durationMicros(alb.slowStart),
  };
}

/** What AWS refuses of a load balancer, and a proxy on an instance type that there is not. */
export function serverFrontDoorProblems(
  frontDoor: ServerFrontDoorOptions,
  prices: PriceBook,
  path: Path,
): Problem[] {
  const [alb, proxy] = [albOf(frontDoor), proxyOf(frontDoor)];
  const problems: Problem[] = [];
  const proxyType = proxy?.instanceType;
  if (proxyType !== undefined)
    collecting(problems, () => prices.instancePrice(proxyType, 'linux', [...path, 'instanceType']));
  if (alb === null || alb.slowStart === 'none') return problems;
  const seconds = durationMicros(alb.slowStart) / MICROS_PER_SECOND;
  const { min, max } = SLOW_START_SECONDS;
  const at = [...path, 'slowStart'];
  if (seconds < min || seconds > max) {
    const message = `slowStart ${alb.slowStart} is not in ${min}s … ${max}s`;
    problems.push(problem('out-of-range', at, message, { help: `AWS takes ${min}–${max} s, or \`none\`` }));
  }
  if (alb.loadBalancing !== 'round_robin') {
    const message = `slow start does not go with ${alb.loadBalancing}`;
    const help = 'AWS supports it with round robin only: leave `slowStart` or `loadBalancing` out';
    problems.push(problem('conflicting-keys', at, message, { help }));
  }
  return problems;
}

/** Whether a load balancer stands before the servers. */
export function isBalanced(frontDoor: ServerFrontDoorOptions): boolean {
  return albOf(frontDoor) !== null || proxyOf(frontDoor) !== null;
}

/** What a reader should know of a load balancer. */
export function balancerAssumptions(frontDoor: ServerFrontDoorOptions): string[] {
  if (!isBalanced(frontDoor) || frontDoorLatency(frontDoor) !== '0s') return [];
  return ['The load balancer adds no latency unless `latency` says so.'];
}

/** Slow start is of target groups whose targets are servers. */
export function slowStartOfFunctions(frontDoor: FrontDoorOptions, path: Path): Problem[] {
  if ((albOf(frontDoor)?.slowStart ?? 'none') === 'none') return [];
  const help = 'a target group of type lambda has no slow start: leave it out';
  const message = 'slow start is for servers, and the target is a function';
  return [problem('conflicting-keys', [...path, 'slowStart'], message, { help })];
}

/** What the front door of servers costs. */
export function serverFrontDoorReadings(
  frontDoor: ServerFrontDoorOptions,
  observation: Observation,
  program: ProgramBase,
  prices: PriceBook,
): MeterReading[] {
  const [alb, proxy] = [albOf(frontDoor), proxyOf(frontDoor)];
  if (alb !== null) return albReadings(alb, observation, program, false);
  if (queueOf(frontDoor) !== null) return queueReadings(observation);
  if (proxy?.instanceType === undefined) return [];
  const { instanceType, instanceCount } = proxy;
  const lives = Array.from({ length: instanceCount });
  const spans = { startMicros: lives.map(() => 0), endMicros: lives.map(() => Number.POSITIVE_INFINITY) };
  const price = prices.instancePrice(instanceType, 'linux');
  return [timeReading(price.id, billedTime(spans, program, MINIMUM_MICROS))];
}
