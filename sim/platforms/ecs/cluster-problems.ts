import { isSameSpec } from '../../distributions/index.ts';
import { type Path, type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import type { PlatformContext } from '../platform.ts';
import { zoneProblems } from '../shared/availability-zones.ts';
import { purchaseProblems } from '../shared/purchase.ts';
import { volumeProblems } from '../shared/volumes.ts';
import { registeredSize } from './cluster.ts';
import type { CapacityProviderOptions } from './cluster-options.ts';
import { launchRateProblems } from './launch-rate-problems.ts';
import type { EcsOptions } from './options.ts';

/** Keys that only one launch type has. */
const ON_HOSTS = ['capacityProvider', 'placementStrategy', 'placementConstraints'] as const;
const ON_FARGATE = ['provisioning', 'ephemeralStorage', 'interruptionsPerMonth'] as const;

/** What has no meaning with the launch type that is chosen. */
export function* launchTypeProblems(options: EcsOptions, { path }: PlatformContext): Iterable<Problem> {
  const { launchType } = options;
  const keys = launchType === 'EC2' ? ON_FARGATE : ON_HOSTS;
  for (const key of keys.filter((each) => options[each] !== undefined)) {
    const help =
      launchType === 'EC2'
        ? 'it belongs to Fargate: leave it out, or use `launchType: FARGATE`'
        : 'AWS: Fargate supports neither placement strategies nor constraints, and has no hosts; ' +
          'leave it out, or use `launchType: EC2`';
    yield problem('wrong-launch-type', [...path, key], `${key} has no meaning with ${launchType}`, { help });
  }
  if (launchType === 'EC2' && options.soci) {
    const help = 'a host pulls the whole image; leave it out, or use `launchType: FARGATE`';
    yield problem('wrong-launch-type', [...path, 'soci'], 'hosts do not load images lazily', { help });
  }
}

/** What ECS and EC2 would refuse of hosts, and tasks that no host could ever hold. */
export function* clusterProblems(options: EcsOptions, context: PlatformContext): Iterable<Problem> {
  const { path } = context;
  const provider = options.capacityProvider;
  if (provider === undefined) {
    const help = 'add `capacityProvider: { instanceType: m7g.large, minSize: 1, maxSize: 10 }`';
    yield problem('no-hosts', [...path, 'launchType'], 'launch type EC2 needs hosts', { help });
    return;
  }
  if (options.operatingSystem === 'windows') {
    const help = 'use `operatingSystem: linux`, or Fargate';
    const message = 'hosts with Windows are not modelled';
    yield problem('not-yet-modelled', [...path, 'operatingSystem'], message, { help });
  }
  yield* providerProblems(options, provider, context);
  yield* launchRateProblems(options, path);
}

function* providerProblems(
  options: EcsOptions,
  provider: CapacityProviderOptions,
  { path, prices }: PlatformContext,
): Iterable<Problem> {
  const place = [...path, 'capacityProvider'];
  const { minSize, maxSize, minimumScalingStepSize: least, maximumScalingStepSize: most } = provider;
  if (maxSize !== undefined && minSize > maxSize) {
    const message = `minSize ${minSize} is above maxSize ${maxSize}`;
    yield problem('out-of-range', [...place, 'minSize'], message, {
      help: 'a group holds minSize ≤ maxSize',
    });
  }
  if (least > most) {
    const message = `minimumScalingStepSize ${least} is above maximumScalingStepSize ${most}`;
    const help = 'AWS refuses a smallest step above the largest';
    yield problem('out-of-range', [...place, 'minimumScalingStepSize'], message, { help });
  }
  const zones = provider.availabilityZones ?? [];
  // The service's own are told of there.
  if (!isSameSpec(zones, options.availabilityZones))
    yield* zoneProblems(zones, prices.region, [...place, 'availabilityZones']);
  yield* purchaseProblems(provider, { path: place, prices });
  yield* volumeProblems(provider.ebs, prices, [...place, 'ebs']);
  try {
    prices.instancePrice(provider.instanceType, 'linux', [...place, 'instanceType']);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    yield* error.problems;
    return;
  }
  yield* fitProblems(options, prices.instanceType(provider.instanceType), path);
}

/**
 * A task that is larger than the hosts waits for ever: managed scaling adds no hosts for it (Amazon ECS
 * Developer Guide, cluster auto scaling, 2023-05).
 */
function* fitProblems(
  options: EcsOptions,
  type: ReturnType<PlatformContext['prices']['instanceType']>,
  path: Path,
): Iterable<Problem> {
  const { cpu, memory } = registeredSize(type);
  const help = 'a task larger than its hosts is never placed: take a larger type, or smaller tasks';
  if (options.cpu > cpu) {
    const message = `a task of ${options.cpu} CPU units does not fit on ${type.name}, which has ${cpu}`;
    yield problem('does-not-fit', [...path, 'cpu'], message, { help });
  }
  if (options.memory > memory) {
    const message =
      `a task of ${options.memory} MB does not fit on ${type.name}, which registers ${memory} ` +
      `of its ${type.memoryMib} MB`;
    yield problem('does-not-fit', [...path, 'memory'], message, { help });
  }
  const [architecture] = options.architectures ?? [type.architecture];
  if (architecture !== type.architecture) {
    const message = `${type.name} runs ${type.architecture} images, not ${architecture}`;
    const remedy = `use \`architectures: [${type.architecture}]\`, or another type`;
    yield problem('does-not-fit', [...path, 'architectures'], message, { help: remedy });
  }
}
