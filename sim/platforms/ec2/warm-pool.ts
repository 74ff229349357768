import { type DistributionSpec, openDistribution } from '../../distributions/index.ts';
import { scaledLaw } from '../../distributions/scaled-law.ts';
import { scaledSpec } from '../../distributions/scaled-spec.ts';
import type { InstancePlan } from '../../fleet/replicas/plan.ts';
import type { WarmPoolPlan } from '../../fleet/replicas/warm-pool.ts';
import { MICROS_PER_MS } from '../../kernel/time.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { formatDuration } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { mayBeSpot } from '../shared/purchase.ts';
import type { CompleteEc2Options } from './defaults.ts';
import type { Ec2Options } from './options.ts';

/**
 * A start from a pool against a new instance's 25.83 s from the call to an answer: 21.18 s stopped, 20.71 s
 * hibernated; a running one is there after 1.87 s (brevdev/ec2-coldboot-research, 2026-01, m7i.large, n = 1).
 */
const STOPPED_FACTOR = 0.82;
const HIBERNATED_FACTOR = 0.8;
const RUNNING_MICROS = 1_870 * MICROS_PER_MS;

type WarmPoolOptions = NonNullable<Ec2Options['warmPool']>;

const factorOf = ({ poolState }: WarmPoolOptions) =>
  poolState === 'Hibernated' ? HIBERNATED_FACTOR : STOPPED_FACTOR;

/**
 * A pool with its defaults: starts from the group's, and up to the group's largest size together with it
 * (Amazon EC2 Auto Scaling User Guide, "Warm pools", 2023-05). Times that stand in a file are not repeated.
 */
export function withWarmPoolDefaults(pool: WarmPoolOptions, group: CompleteEc2Options): WarmPoolOptions {
  const { pending, boot } = group;
  const of = (spec: DistributionSpec, micros: number) =>
    pool.poolState === 'Running' ? formatDuration(micros) : scaledSpec(spec, factorOf(pool));
  const starts = { pending: of(pending, RUNNING_MICROS), boot: of(boot, 0) };
  return {
    maxGroupPreparedCapacity: isMaxFixed(group) ? group.maxSize : 'none',
    ...(starts.pending === undefined ? {} : { pending: starts.pending }),
    ...(starts.boot === undefined ? {} : { boot: starts.boot }),
    ...pool,
  };
}

/** Whether the largest size of a group stays as it is. */
function isMaxFixed({ scheduled, predictiveScaling }: Ec2Options): boolean {
  const mayRise = predictiveScaling?.maxCapacityBreachBehavior === 'IncreaseMaxCapacity';
  return !mayRise && scheduled.every(({ maxSize }) => maxSize === undefined);
}

/** The warm pool in numbers; null for none. */
export function planWarmPool(
  { warmPool }: Ec2Options,
  instance: Pick<InstancePlan, 'pending' | 'boot'>,
  { path, readFile }: PlatformContext,
): WarmPoolPlan | null {
  if (warmPool === undefined) return null;
  const { poolState, minSize, maxGroupPreparedCapacity = 'none', instanceReusePolicy } = warmPool;
  const open = (key: 'pending' | 'boot') =>
    warmPool[key] === undefined
      ? scaledLaw(instance[key], factorOf(warmPool))
      : openDistribution(warmPool[key], [...path, 'warmPool', key], readFile);
  return {
    poolState,
    minSize,
    maxGroupPreparedCapacity: maxGroupPreparedCapacity === 'none' ? null : maxGroupPreparedCapacity,
    reuseOnScaleIn: instanceReusePolicy.reuseOnScaleIn,
    pending: open('pending'),
    boot: open('boot'),
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
  if (typeof prepared === 'number' && prepared < minSize) {
    const message = `maxGroupPreparedCapacity ${prepared} is below minSize ${minSize}`;
    const help = 'it counts the instances of the group as well';
    problems.push(problem('out-of-range', [...place, 'maxGroupPreparedCapacity'], message, { help }));
  }
  return problems;
}
