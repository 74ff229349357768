import type { DefaultsContext } from '../platform.ts';
import { advisedInterruptions, mayBeSpot } from '../shared/purchase.ts';
import { workerConcurrency } from '../shared/worker-queue.ts';
import { creditSpecificationOf } from './cpu-credits.ts';
import type { Ec2Options } from './options.ts';
import { withWarmPoolDefaults } from './warm-pool.ts';

/** A group whose sizes are all there. */
export type CompleteEc2Options = Ec2Options & { readonly maxSize: number; readonly desiredCapacity: number };

/**
 * Defaults that depend on other keys. Sizes: a fleet is fixed unless told. CPU credits: T types only, without
 * any earned at t = 0 (EC2 User Guide, "Burstable performance instances", 2023-05). Interruptions: Spot only,
 * by the AWS Spot Instance advisor. Messages of a queue that an instance holds: as many as a call returns.
 */
export function withDefaults(options: Ec2Options, { prices }: DefaultsContext): CompleteEc2Options {
  const { minSize, warmPool } = options;
  const desiredCapacity = options.desiredCapacity ?? minSize;
  const maxSize = options.maxSize ?? Math.max(minSize, desiredCapacity);
  const complete = {
    ...options,
    ...creditDefaults(options),
    ...interruptionDefaults(options, prices.region),
    maxSize,
    desiredCapacity,
    concurrency: workerConcurrency(options),
  };
  return warmPool === undefined
    ? complete
    : { ...complete, warmPool: withWarmPoolDefaults(warmPool, complete) };
}

function creditDefaults(options: Ec2Options): Pick<Ec2Options, 'creditSpecification' | 'cpuCreditBalance'> {
  const creditSpecification = creditSpecificationOf(options);
  if (creditSpecification === null) return {};
  return { creditSpecification, cpuCreditBalance: options.cpuCreditBalance ?? 0 };
}

function interruptionDefaults(
  options: Ec2Options,
  region: string,
): Pick<Ec2Options, 'interruptionsPerMonth'> {
  if (!mayBeSpot(options)) return {};
  const perMonth = options.interruptionsPerMonth ?? advisedInterruptions(options.instanceType, region);
  return perMonth === undefined ? {} : { interruptionsPerMonth: perMonth };
}
