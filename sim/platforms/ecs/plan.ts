import { unitExponential } from '../../distributions/exponential.ts';
import { openDistribution } from '../../distributions/index.ts';
import { scaleToMean } from '../../distributions/unit-law.ts';
import { FargateCapacity, type FargatePlan } from '../../fleet/containers/fargate-capacity.ts';
import { HostCapacity } from '../../fleet/containers/host-capacity.ts';
import type { TaskPlan, TasksPlan } from '../../fleet/containers/plan.ts';
import { TaskGroup } from '../../fleet/containers/task-group.ts';
import { openRandom } from '../../kernel/random.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../kernel/time.ts';
import { type Problem, ScenarioError } from '../../problems/problem.ts';
import { readRateFraction } from '../../traffic/rate-fraction.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext, PlatformPlan } from '../platform.ts';
import { zoneLetter, zoneProblems } from '../shared/availability-zones.ts';
import { frontDoorLatency, queueOf } from '../shared/common-options.ts';
import { memoryProblem } from '../shared/memory.ts';
import { natGatewayProblems } from '../shared/network.ts';
import { isBalanced, planRouting, serverFrontDoorProblems } from '../shared/server-front-door.ts';
import {
  openWorkers,
  planRequestLimits,
  workerQueueNotModelled,
  workerQueueProblems,
} from '../shared/worker-queue.ts';
import { assumptionsOf, notModelledOf } from './assumptions.ts';
import { meterEcs } from './bill.ts';
import { assumptionsOfRoom, planCluster, taskCpu } from './cluster.ts';
import { clusterProblems, launchTypeProblems } from './cluster-problems.ts';
import { type CompleteEcsOptions, withDefaults } from './defaults.ts';
import { deploymentProblems, planDeployments } from './deployments.ts';
import { fargateProblems } from './fargate-problems.ts';
import { planGroup } from './group.ts';
import type { EcsOptions } from './options.ts';

/** Fargate Spot gives notice two minutes ahead (AWS Fargate pricing page, 2026). */
const NOTICE_MICROS = 120 * MICROS_PER_SECOND;
/** The month that interruptions are told of: 730 hours. */
const MONTH_MICROS = 730 * MICROS_PER_HOUR;
/** @throws ScenarioError with every problem of the service */
export function planEcs(written: EcsOptions, context: PlatformContext): PlatformPlan {
  const { program } = context;
  const options = withDefaults(written, context);
  const { group, problems: problemsOfGroup } = planGroup(options, context);
  const problems = [
    ...launchTypeProblems(options, context),
    ...(options.launchType === 'EC2' ? clusterProblems : fargateProblems)(options, context),
    ...memoryProblems(options, context),
    ...problemsOfGroup,
    ...deploymentProblems(options, context),
    ...zoneProblems(options.availabilityZones, context.prices.region, [...context.path, 'availabilityZones']),
    ...natGatewayProblems(options, 'tasks', context.path),
    ...serverFrontDoorProblems(options.frontDoor, context.prices, [...context.path, 'frontDoor']),
    ...workerQueueProblems(options, context),
  ];
  if (problems.length > 0) throw new ScenarioError(problems);
  const plan: TasksPlan = {
    program,
    instance: {
      ...taskCpu(options, context),
      speed: options.speed,
      ...planRequestLimits(options),
    },
    group,
    task: planTask(options, context),
    routing: planRouting(options.frontDoor),
    frontDoorMicros: durationMicros(frontDoorLatency(options.frontDoor)),
    openGroup: (replication, parts) => new TaskGroup(plan, replication, parts),
    openCapacity: planCapacity(options, context),
  };
  return {
    capacityUnit: 'tasks',
    open: openWorkers(plan, options.frontDoor),
    meter: (observation) => meterEcs(options, observation, context),
    extraCosts: options.extraCosts,
    assumptions: [
      ...assumptionsOf(options, context),
      ...(options.launchType === 'EC2' ? assumptionsOfRoom(options, context) : []),
    ],
    notModelled: [
      ...notModelledOf(options),
      ...(queueOf(options.frontDoor) === null ? [] : workerQueueNotModelled),
    ],
  };
}

/** What the tasks run on, opened anew for each replication. */
function planCapacity(options: CompleteEcsOptions, context: PlatformContext): TasksPlan['openCapacity'] {
  if (options.launchType === 'EC2') {
    const cluster = planCluster(options, options.capacityProvider!, context);
    return (replication) => new HostCapacity(cluster, replication);
  }
  const fargate = planFargate(options, context);
  const { seed } = context.program;
  return (replication) =>
    new FargateCapacity(fargate, {
      provisioning: openRandom(seed, replication, 'provisioning'),
      pull: openRandom(seed, replication, 'pull'),
    });
}

function memoryProblems(options: EcsOptions, { program, path }: PlatformContext): Problem[] {
  const remedy = 'give the task {needsMib} MB or more';
  return program.workloads.flatMap(
    (workload) => memoryProblem(workload, options.memory, [...path, 'memory'], remedy) ?? [],
  );
}

function planFargate(options: CompleteEcsOptions, { path, readFile, program }: PlatformContext): FargatePlan {
  const { burstLimit, rateLimit, perService } = options.launchRate;
  return {
    launchRate: {
      burst: burstLimit,
      refill: readRateFraction(rateLimit),
      perService: readRateFraction(perService),
    },
    provisioning: openDistribution(options.provisioning!, [...path, 'provisioning'], readFile),
    pull: openDistribution(options.pull, [...path, 'pull'], readFile),
    zones: options.availabilityZones.map(zoneLetter),
    faults: program.faults,
  };
}

function planTask(options: EcsOptions, context: PlatformContext): TaskPlan {
  const { path, readFile } = context;
  const deregistration = isBalanced(options.frontDoor) ? durationMicros(options.deregistrationDelay) : 0;
  const { interruptionsPerMonth = 0 } = options;
  const isReclaimed = options.launchType === 'FARGATE_SPOT' && interruptionsPerMonth > 0;
  return {
    applicationStart: openDistribution(options.applicationStart, [...path, 'applicationStart'], readFile),
    drainMicros: deregistration + durationMicros(options.stopTimeout),
    deployments: planDeployments(options, context),
    interruption: isReclaimed
      ? {
          after: scaleToMean(unitExponential, MONTH_MICROS / interruptionsPerMonth),
          noticeMicros: NOTICE_MICROS,
        }
      : null,
  };
}
