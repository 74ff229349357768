import type { PriceBook } from '../../billing/index.ts';
import { formatDuration } from '../../units/duration.ts';
import type { DefaultsContext } from '../platform.ts';
import { knownInstanceType } from '../shared/known-instance-type.ts';
import { mayBeSpot } from '../shared/purchase.ts';
import { workerConcurrency } from '../shared/worker-queue.ts';
import { hostPullMicros, hostsAtMost, interruptionsOf, placementRules, zonesOfHosts } from './cluster.ts';
import { capacityOf } from './group.ts';
import type { EcsOptions } from './options.ts';
import { fargatePullMicros } from './task-start.ts';

/** AWS publishes no rate for Fargate Spot; taken like EC2's lowest band, below 5 % a month. */
const INTERRUPTIONS_PER_MONTH = 0.05;

/**
 * From the launch to the image pull on Fargate: what is left of 53–62 s from creation to start
 * (elasticscale.com, 2024-04, n = 10) when 76 % of it is the pull (AWS on SOCI, 2023-07).
 */
const PROVISIONING = { distribution: 'uniform', min: '10s', max: '20s' } as const;

/** A service whose counts are all there. */
export type CompleteEcsOptions = EcsOptions & {
  readonly desiredCount: number;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly pull: NonNullable<EcsOptions['pull']>;
};

/** Defaults that depend on other keys: counts on each other, the rest on the launch type and the image. */
export function withDefaults(options: EcsOptions, { prices }: DefaultsContext): CompleteEcsOptions {
  const { initial, min, max } = capacityOf(options);
  const concurrency = workerConcurrency(options);
  const counts = { desiredCount: initial, minCapacity: min, maxCapacity: max, concurrency };
  return options.launchType === 'EC2'
    ? { ...options, ...counts, ...hostDefaults({ ...options, ...counts }, prices) }
    : { ...options, ...counts, ...fargateDefaults(options) };
}

/** Of a service on Fargate: x86_64 is AWS's default (Amazon ECS API, RuntimePlatform, 2023). */
function fargateDefaults(options: EcsOptions) {
  const { architectures = ['x86_64'], provisioning = PROVISIONING, interruptionsPerMonth } = options;
  const isSpot = options.launchType === 'FARGATE_SPOT';
  return {
    architectures,
    provisioning,
    pull: options.pull ?? formatDuration(fargatePullMicros(options)),
    ...(isSpot ? { interruptionsPerMonth: interruptionsPerMonth ?? INTERRUPTIONS_PER_MONTH } : {}),
  };
}

/** Of a service on hosts: it runs what they run, and they are as many as its tasks can need. */
function hostDefaults(options: EcsOptions, prices: PriceBook) {
  const { capacityProvider: provider } = options;
  const { strategies, constraints } = placementRules(options);
  const placed = {
    placementStrategy: [...strategies],
    placementConstraints: [...constraints],
    pull: options.pull ?? formatDuration(hostPullMicros(options)),
  };
  const type = provider && knownInstanceType(prices, provider.instanceType);
  if (provider === undefined || type === undefined) return placed;
  const maxSize = provider.maxSize ?? Math.max(provider.minSize, hostsAtMost(options, provider, type));
  const interruptions = mayBeSpot(provider) ? interruptionsOf(provider, prices.region) : undefined;
  return {
    ...placed,
    architectures: options.architectures ?? [type.architecture],
    capacityProvider: {
      ...provider,
      maxSize,
      availabilityZones: [...zonesOfHosts(options, provider)],
      ...(interruptions === undefined ? {} : { interruptionsPerMonth: interruptions }),
    },
  };
}
