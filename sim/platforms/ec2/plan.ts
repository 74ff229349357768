import { openDistribution } from '../../distributions/index.ts';
import { InstanceGroup } from '../../fleet/replicas/instance-group.ts';
import type { InstancePlan, InstancesPlan } from '../../fleet/replicas/plan.ts';
import { collecting, ScenarioError } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext, PlatformPlan } from '../platform.ts';
import { frontDoorLatency, queueOf } from '../shared/common-options.ts';
import { memoryProblem } from '../shared/memory.ts';
import { natGatewayProblems } from '../shared/network.ts';
import { planPurchase, purchaseNotices, purchaseProblems } from '../shared/purchase.ts';
import { planRouting, serverFrontDoorProblems } from '../shared/server-front-door.ts';
import { volumeProblems } from '../shared/volumes.ts';
import {
  openWorkers,
  planRequestLimits,
  workerQueueNotModelled,
  workerQueueProblems,
} from '../shared/worker-queue.ts';
import { assumptionsOf, notModelled } from './assumptions.ts';
import { meterEc2 } from './bill.ts';
import { creditProblems, planCpuCredits } from './cpu-credits.ts';
import { withDefaults } from './defaults.ts';
import { planGroup } from './group.ts';
import type { Ec2Options } from './options.ts';
import { planWarmPool } from './warm-pool.ts';

/** @throws ScenarioError with every problem of the fleet */
export function planEc2(written: Ec2Options, context: PlatformContext): PlatformPlan {
  const { program, path, prices } = context;
  const options = withDefaults(written, context);
  const { group, problems: groupProblems } = planGroup(options, context);
  const problems = [
    ...groupProblems,
    ...creditProblems(options, context),
    ...natGatewayProblems(options, 'servers', path),
    ...volumeProblems(options.ebs, prices, [...path, 'ebs']),
    ...purchaseProblems(options, context),
    ...serverFrontDoorProblems(options.frontDoor, prices, [...path, 'frontDoor']),
    ...workerQueueProblems(options, context),
  ];
  const type = collecting(problems, () => {
    const found = prices.instanceType(options.instanceType, [...path, 'instanceType']);
    prices.instancePrice(options.instanceType, options.operatingSystem, [...path, 'instanceType']);
    return found;
  });
  if (type === null) throw new ScenarioError(problems);
  for (const workload of program.workloads) {
    const remedy = 'choose a type with {needsMib} MiB or more';
    const tooSmall = memoryProblem(workload, type.memoryMib, [...path, 'instanceType'], remedy);
    if (tooSmall !== null) problems.push(tooSmall);
  }
  if (problems.length > 0) throw new ScenarioError(problems);
  const instance = planInstance(options, type.vcpus, context);
  const warmPool = planWarmPool(options, instance, context);
  const plan: InstancesPlan = {
    program,
    instance,
    group: { ...group, purchase: planPurchase(options), warmPool },
    routing: planRouting(options.frontDoor),
    frontDoorMicros: durationMicros(frontDoorLatency(options.frontDoor)),
    openGroup: (replication, parts) => new InstanceGroup(plan, replication, parts),
  };
  return {
    capacityUnit: 'instances',
    open: openWorkers(plan, options.frontDoor),
    meter: (observation) => meterEc2(options, observation, context),
    extraCosts: options.extraCosts,
    assumptions: assumptionsOf(options, type, context),
    notModelled: [...notModelled, ...(queueOf(options.frontDoor) === null ? [] : workerQueueNotModelled)],
    notices: purchaseNotices(options, path),
  };
}

function planInstance(options: Ec2Options, vcpus: number, { path, readFile }: PlatformContext): InstancePlan {
  return {
    vcpus,
    speed: options.speed,
    cpuCredits: planCpuCredits(options, vcpus),
    ...planRequestLimits(options),
    pending: openDistribution(options.pending, [...path, 'pending'], readFile),
    boot: openDistribution(options.boot, [...path, 'boot'], readFile),
    applicationStart: openDistribution(options.applicationStart, [...path, 'applicationStart'], readFile),
    deregistrationMicros: durationMicros(options.deregistrationDelay),
  };
}
