import { constantDistribution } from '../../distributions/constant.ts';
import { openDistribution } from '../../distributions/index.ts';
import { scaledLaw } from '../../distributions/scaled-law.ts';
import type { InstancePlan } from '../../fleet/replicas/plan.ts';
import type { WarmPoolPlan } from '../../fleet/replicas/warm-pool.ts';
import { MICROS_PER_MS } from '../../kernel/time.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import type { PlatformContext } from '../platform.ts';
import type { Ec2Options } from './options.ts';
import { mayBeSpot } from './purchase.ts';

/**
 * A start from a pool against a new instance's 25.83 s from the call to an answer: 21.18 s stopped, 20.71 s
 * hibernated; a running one is there after 1.87 s (brevdev/ec2-coldboot-research, 2026-01, m7i.large, n = 1).
 */
const STOPPED_FACTOR = 0.82;
const HIBERNATED_FACTOR = 0.8;
const RUNNING_MICROS = 1_870 * MICROS_PER_MS;

/** The warm pool in numbers; null for none. */
export function planWarmPool(
  { warmPool }: Ec2Options,
  instance: Pick<InstancePlan, 'pending' | 'boot'>,
  { path, readFile }: PlatformContext,
): WarmPoolPlan | null {
  if (warmPool === undefined) return null;
  const { poolState, minSize, maxGroupPreparedCapacity = null, instanceReusePolicy } = warmPool;
  const isRunning = poolState === 'Running';
  const factor = poolState === 'Hibernated' ? HIBERNATED_FACTOR : STOPPED_FACTOR;
  const own = (key: 'pending' | 'boot') =>
    warmPool[key] === undefined
      ? null
      : openDistribution(warmPool[key], [...path, 'warmPool', key], readFile);
  const pending = isRunning ? constantDistribution(RUNNING_MICROS) : scaledLaw(instance.pending, factor);
  const boot = isRunning ? constantDistribution(0) : scaledLaw(instance.boot, factor);
  return {
    poolState,
    minSize,
    maxGroupPreparedCapacity,
    reuseOnScaleIn: instanceReusePolicy.reuseOnScaleIn,
    pending: own('pending') ?? pending,
    boot: own('boot') ?? boot,
    stopping: openDistribution(warmPool.stopping, [...path, 'warmPool', 'stopping'], readFile),
  };
}

/** What AWS would refuse of the pool (Amazon EC2 Auto Scaling User Guide, "Warm pools", 2023-05). */
export function warmPoolProblems(options: Ec2Options, { path }: PlatformContext): Problem[] {
  const { warmPool, minSize } = options;
  if (warmPool === undefined) return [];
  const problems: Problem[] = [];
  const place = [...path, 'warmPool'];
  if (mayBeSpot(options)) {
    const message = 'a group that launches Spot instances has no warm pool';
    const help = 'leave out `warmPool`, or use `purchase: on-demand`';
    problems.push(problem('refused-warm-pool', place, message, { help, at: 'key' }));
  }
  const prepared = warmPool.maxGroupPreparedCapacity;
  if (prepared !== undefined && prepared < minSize) {
    const message = `maxGroupPreparedCapacity ${prepared} is below minSize ${minSize}`;
    const help = 'it counts the instances of the group as well';
    problems.push(problem('out-of-range', [...place, 'maxGroupPreparedCapacity'], message, { help }));
  }
  return problems;
}
