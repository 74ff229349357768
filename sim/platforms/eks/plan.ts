import { openDistribution } from '../../distributions/index.ts';
import { HorizontalPodAutoscaler } from '../../fleet/kubernetes/hpa/horizontal-pod-autoscaler.ts';
import { Keda } from '../../fleet/kubernetes/keda/keda.ts';
import type { PodPlan, PodsPlan } from '../../fleet/kubernetes/pods/plan.ts';
import { PodGroup } from '../../fleet/kubernetes/pods/pod-group.ts';
import type { GroupPlan, WorkerPlan } from '../../fleet/replicas/plan.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import { rateFraction, readRateFraction } from '../../traffic/rate-fraction.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext, PlatformPlan } from '../platform.ts';
import { zoneProblems } from '../shared/availability-zones.ts';
import { frontDoorLatency, queueOf } from '../shared/common-options.ts';
import { natGatewayProblems } from '../shared/network.ts';
import { planRouting, serverFrontDoorProblems } from '../shared/server-front-door.ts';
import {
  openWorkers,
  planRequestLimits,
  workerQueueNotModelled,
  workerQueueProblems,
} from '../shared/worker-queue.ts';
import { assumptionsOf, notModelled } from './assumptions.ts';
import { meterEks } from './bill.ts';
import { withDefaults } from './defaults.ts';
import { planFargate } from './fargate.ts';
import type { Hosting } from './hosting.ts';
import { hpaProblems, planHpa } from './hpa.ts';
import { planInstances } from './instances.ts';
import { kedaProblems, planKeda } from './keda.ts';
import { nodeGroupProblems } from './node-groups.ts';
import type { EksOptions } from './options.ts';
import { resourceProblems } from './pod-resources.ts';
import { schedulerProblems } from './scheduler.ts';

/** The longest life of a node in Auto Mode: 21 days (EKS best practices guide, 2026-05). */
const AUTO_MODE_LIFETIME = '504h';

/** @throws ScenarioError with every problem of the pods and the nodes */
export function planEks(written: EksOptions, context: PlatformContext): PlatformPlan {
  const { program } = context;
  const options = withDefaults(written, context);
  const problems = [
    ...resourceProblems(options, context),
    ...hpaProblems(options, context),
    ...kedaProblems(options, context),
    ...sizeProblems(options, context),
    ...schedulerProblems(written, context),
    ...zoneProblems(options.availabilityZones, context.prices.region, [...context.path, 'availabilityZones']),
    ...serverFrontDoorProblems(options.frontDoor, context.prices, [...context.path, 'frontDoor']),
    ...workerQueueProblems(options, context),
    ...natGatewayProblems({ ...options, publicIpv4: hasPublicAddresses(options) }, 'nodes', context.path),
  ];
  if (problems.length > 0) throw new ScenarioError(problems);
  const { nodes, replicas } = options;
  const hosting =
    nodes.type === 'fargate'
      ? planFargate(options, nodes, context)
      : planInstances(options, nodes, replicas, context);
  const plan: PodsPlan = {
    program,
    instance: planWorker(options, hosting),
    group: planGroup(options, replicas),
    routing: planRouting(options.frontDoor),
    frontDoorMicros: durationMicros(frontDoorLatency(options.frontDoor)),
    pod: planPod(options, context),
    openPlaces: hosting.openPlaces,
    openGroup: (replication, parts) => new PodGroup(plan, replication, parts),
    ...planScaler(options, hosting),
  };
  return {
    capacityUnit: 'pods',
    open: openWorkers(plan, options.frontDoor),
    meter: (observation) => meterEks(options, hosting, observation, context),
    extraCosts: options.extraCosts,
    assumptions: assumptionsOf(options, hosting, program),
    notModelled: [
      ...notModelled,
      ...hosting.notModelled,
      ...(queueOf(options.frontDoor) === null ? [] : workerQueueNotModelled),
    ],
  };
}

/** What scales the pods, if anything does. */
function planScaler(options: EksOptions, { mostPods }: Hosting): Pick<PodsPlan, 'openScaler'> {
  const keda = planKeda(options, mostPods);
  if (keda !== null) {
    return {
      openScaler: (group, processors, recorder, queue) =>
        new Keda(keda, group as PodGroup, processors, recorder, queue!),
    };
  }
  const hpa = planHpa(options, mostPods);
  if (hpa === null) return {};
  return {
    openScaler: (group, processors, recorder) =>
      new HorizontalPodAutoscaler(hpa, group as PodGroup, processors, recorder),
  };
}

/** Pods on Fargate live in private subnets (EKS User Guide, 2024-12). */
function hasPublicAddresses({ nodes }: EksOptions): boolean {
  return nodes.type !== 'fargate' && nodes.publicIpv4;
}

function planWorker(options: EksOptions, { cpu }: Hosting): WorkerPlan {
  return {
    ...cpu,
    speed: options.speed,
    ...planRequestLimits(options),
  };
}

function planGroup({ hpa, keda, start }: EksOptions, replicas: number): GroupPlan {
  return {
    initial: replicas,
    min: hpa?.minReplicas ?? keda?.minReplicaCount ?? replicas,
    max: hpa?.maxReplicas ?? keda?.maxReplicaCount ?? replicas,
    warm: start === 'warm',
    warmupMicros: 0,
    policies: [],
    schedule: [],
    predictive: null,
  };
}

function planPod(options: EksOptions, { path, readFile }: PlatformContext): PodPlan {
  const { readinessProbe: probe } = options;
  return {
    applicationStart: openDistribution(options.applicationStart, [...path, 'applicationStart'], readFile),
    readinessProbe:
      probe === undefined
        ? null
        : {
            initialDelayMicros: probe.initialDelaySeconds * MICROS_PER_SECOND,
            periodMicros: probe.periodSeconds * MICROS_PER_SECOND,
          },
    graceMicros: options.terminationGracePeriodSeconds * MICROS_PER_SECOND,
    creation: planCreation(options),
  };
}

function planCreation({ kubeControllerManager }: EksOptions): PodPlan['creation'] {
  if (kubeControllerManager === undefined) return null;
  const { kubeApiQps, kubeApiBurst } = kubeControllerManager;
  return { burst: kubeApiBurst, refill: rateFraction(kubeApiQps, MICROS_PER_SECOND) };
}

function* sizeProblems({ nodes, replicas, hpa }: EksOptions, { path }: PlatformContext): Iterable<Problem> {
  if (replicas === 0 && hpa !== undefined) {
    yield problem('out-of-range', [...path, 'replicas'], 'an HPA does nothing while there are 0 replicas', {
      help: 'start with one replica at least, or leave `replicas` out',
    });
  }
  if (nodes.type === 'fargate' && readRateFraction(nodes.launchRate.rateLimit).count === 0) {
    const message = `rateLimit ${nodes.launchRate.rateLimit} would launch no pod after the first burst`;
    yield problem('out-of-range', [...path, 'nodes', 'launchRate', 'rateLimit'], message, {
      help: 'give a rate above zero',
    });
  }
  if (nodes.type === 'autoMode' && outlives(nodes.expireAfter, AUTO_MODE_LIFETIME)) {
    const message = `expireAfter ${nodes.expireAfter} is above ${AUTO_MODE_LIFETIME}`;
    yield problem('out-of-range', [...path, 'nodes', 'expireAfter'], message, {
      help: `AWS replaces a node of Auto Mode after 21 days: give \`${AUTO_MODE_LIFETIME}\` or less`,
    });
  }
  if (nodes.type === 'managedNodeGroup') yield* nodeGroupProblems(nodes, path);
}

function outlives(lifetime: string, most: string): boolean {
  return lifetime === 'Never' || durationMicros(lifetime) > durationMicros(most);
}
