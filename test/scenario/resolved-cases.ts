import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { printScenario } from '../../sim/scenario/print.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import { prepare, simulate } from '../../sim/simulate.ts';
import { small } from './fixtures.ts';

const traffic = 'traffic: { main: { executor: constant-arrival-rate, rate: 2/s, duration: 3m } }';

const c7g = (more: string) => `type: ec2, instanceType: c7g.large, ${more}`;
const cpu = 'ASGAverageCPUUtilization';
const ecsCpu = 'ECSServiceAverageCPUUtilization';
const backlog = (metric: string) => `[{ metric: ${metric}, targetValue: 9 }]`;
const perTarget = '{ metric: ALBRequestCountPerTarget, targetValue: 90 }';
const steps = 'steps: [{ lowerBound: 0, adjustment: 1 }]';

function alarm(metric: string, what: string): string {
  const rule = 'comparison: GreaterThanThreshold, adjustmentType: ChangeInCapacity';
  return `{ metric: ${metric}, threshold: 5, ${rule}, ${what} }`;
}

function hosts(provider: string, more: string): string {
  const service = 'type: ecs, cpu: 512, memory: 1024, launchType: EC2, minCapacity: 2, maxCapacity: 6';
  return `${service}, capacityProvider: { ${provider} }, ${more}`;
}

const rate = 'metric: { name: http_requests_per_second }';
const hpaMetrics = `metrics: [
  { type: Resource, resource: { name: cpu, target: { type: AverageValue, averageValue: 500m } } },
  { type: Object, object: { ${rate}, target: { type: AverageValue, averageValue: 9 } } }]`;

function eks(nodes: string, more = 'frontDoor: proxy'): string {
  const resources = 'resources: { requests: { cpu: 250m }, limits: { memory: 1Gi } }';
  return `type: eks, ${resources}, ${more}, nodes: { ${nodes} }`;
}

/** A scenario of a few requests on one platform, written as a flow map without its braces. */
export function onPlatform(options: string, workload = 'workload: { cpu: 200ms, wait: 50ms }'): string {
  return small({ workload, traffic, platforms: `platforms: { p: { ${options} } }` });
}

/** Platforms that between them have every form that options can take, each with as little said as can be. */
export const platformCases: readonly string[] = [
  'type: lambda',
  'type: lambda, memorySize: 512, runtime: python3.12, architectures: [arm64], codeSize: 40MB',
  'type: lambda, coldStart: { setup: 50ms }, runtime: java21, snapStart: PublishedVersions',
  'type: lambda, coldStart: { init: 90ms }, functions: { workload: { memorySize: 3008 } }',
  'type: lambda, functions: { workload: { memorySize: 256, timeout: 20s, keepAlive: { maxAge: 1h } } }',
  'type: lambda, coldStart: { init: 90ms }, functions: { workload: { runtime: python3.12 } }',
  'type: lambda, invocation: async',
  'type: lambda, invocation: sqs',
  'type: lambda, invocation: sqs, timeout: 30s, eventSource: { maximumBatchingWindow: 2s }',
  'type: lambda, invocation: kinesis',
  'type: lambda, invocation: dynamodb, eventSource: { shards: 3 }',
  'type: lambda, frontDoor: s3Event',
  'type: lambda, frontDoor: s3Event, invocation: sqs',
  'type: lambda, frontDoor: { type: none }, reservedConcurrentExecutions: 5',
  'type: lambda, frontDoor: functionUrl, logs: { perRequest: 1KB }',
  'type: lambda, frontDoor: apiGatewayHttp, natGateway: {}',
  'type: lambda, frontDoor: apiGatewayRest, provisionedConcurrency: 2',
  'type: lambda, frontDoor: alb, provisionedConcurrency: { targetTracking: { min: 1, max: 9 } }',
  'type: lambda, provisionedConcurrency: { schedule: [{ from: 00:01, to: 00:02, capacity: 3 }] }',
  'type: ec2, instanceType: c7g.large',
  'type: ec2, instanceType: t3.micro, maxSize: 3, desiredCapacity: 2',
  'type: ec2, instanceType: t2.small, start: empty',
  c7g('purchase: spot, maxSize: 4, frontDoor: alb'),
  c7g('purchase: { onDemandBaseCapacity: 1 }, frontDoor: proxy'),
  c7g('purchase: { onDemandPercentageAboveBaseCapacity: 50 }'),
  c7g('maxSize: 3, warmPool: {}, ebs: { type: gp2 }, natGateway: none'),
  c7g('maxSize: 3, warmPool: {}, pending: { distribution: empirical, file: times.txt }'),
  c7g('maxSize: 3, warmPool: { poolState: Hibernated, pending: 9s }'),
  c7g('maxSize: 3, warmPool: { poolState: Running }, ebs: [{ type: io1, iops: 100 }]'),
  c7g('maxSize: 3, warmPool: {}, scheduled: [{ at: 2026-01-05T00:01:00Z, maxSize: 5 }]'),
  c7g(`frontDoor: alb, maxSize: 3, targetTracking: ${perTarget}`),
  c7g('publicIpv4: false, natGateway: {}, frontDoor: { type: none }'),
  c7g('ebs: [{}, { type: io2, iops: 100 }, { type: st1 }, { type: sc1 }]'),
  c7g(`maxSize: 5, targetTracking: { metric: ${cpu}, targetValue: 9 }`),
  c7g(`maxSize: 5, stepScaling: [${alarm(cpu, steps)}]`),
  c7g(`maxSize: 5, simpleScaling: [${alarm(cpu, 'adjustment: 1')}]`),
  c7g('predictiveScaling: { metric: ASGCPUUtilization, targetValue: 50 }'),
  c7g(`frontDoor: sqs, maxSize: 3, targetTracking: ${backlog('BacklogPerInstance')}`),
  `type: ecs, cpu: 512, memory: 1024, frontDoor: sqs, targetTracking: ${backlog('BacklogPerTask')}`,
  'type: ecs, cpu: 512, memory: 1024',
  'type: ecs, cpu: 512, memory: 1024, launchType: FARGATE_SPOT, minCapacity: 2, maxCapacity: 4',
  'type: ecs, cpu: 4096, memory: 8192, soci: true, imageSize: 1GB, ephemeralStorage: 30, frontDoor: alb',
  'type: ecs, cpu: 512, memory: 1024, ephemeralStorage: { sizeInGiB: 30 }, start: empty, maxCapacity: 3',
  `type: ecs, cpu: 512, memory: 1024, maxCapacity: 3, stepScaling: [${alarm(ecsCpu, steps)}]`,
  `type: ecs, cpu: 512, memory: 1024, maxCapacity: 3, targetTracking: { metric: ${ecsCpu}, targetValue: 9 }`,
  'type: ecs, cpu: 512, memory: 1024, scheduled: [{ at: 2026-01-05T00:01:00Z, maxCapacity: 5 }]',
  'type: ecs, cpu: 512, memory: 1024, frontDoor: { type: none }, natGateway: {}, publicIpv4: false',
  'type: ecs, cpu: 512, memory: 1024, frontDoor: proxy, extraCosts: [{ what: db, usdPerMonth: 9 }]',
  `type: ecs, cpu: 512, memory: 1024, frontDoor: alb, targetTracking: [${perTarget}]`,
  'type: ecs, cpu: 512, memory: 1024, deployments: [{ at: 2026-01-05T00:01:00Z }]',
  'type: ecs, cpu: 512, memory: 1024, launchType: EC2, capacityProvider: { instanceType: m7g.large }',
  hosts('instanceType: m7g.large, purchase: spot', 'availabilityZones: [b, c]'),
  hosts('instanceType: m7g.large, minSize: 1', 'placementStrategy: [{ type: binpack, field: memory }]'),
  hosts('instanceType: m7g.large, targetCapacity: 50', 'placementStrategy: [{ type: random }]'),
  hosts(
    'instanceType: c5.large, enableTaskCpuMemLimit: false',
    'placementConstraints: [{ type: distinctInstance }]',
  ),
  eks('type: managedNodeGroup, instanceType: m7g.large'),
  eks('type: managedNodeGroup, instanceType: m7g.large, capacityType: SPOT', 'availabilityZones: [b, c]'),
  eks('type: managedNodeGroup, instanceType: m7g.large, autoscaler: none', 'replicas: 3'),
  eks('type: managedNodeGroup, instanceType: m7g.large, maxSize: 9', 'replicas: 9, start: empty'),
  eks('type: managedNodeGroup, instanceType: m7g.large, maxSize: 9', 'replicas: 9, hpa: { maxReplicas: 20 }'),
  eks('type: karpenter, instanceTypes: [m7g.large, m7g.4xlarge]', 'hpa: { minReplicas: 2, maxReplicas: 9 }'),
  eks('type: karpenter, instanceTypes: [m7g.large]', 'readinessProbe: {}, kubeControllerManager: {}'),
  eks('type: autoMode, instanceTypes: [m7g.large]', `hpa: { maxReplicas: 9, ${hpaMetrics} }`),
  eks('type: autoMode, instanceTypes: [m7g.large]', 'natGateway: {}').replace(
    '] }',
    '], publicIpv4: false }',
  ),
  eks('type: fargate', 'natGateway: {}, imageSize: 1GB, frontDoor: alb'),
  'type: eks, nodes: { type: fargate }',
  eks('type: fargate', 'frontDoor: sqs, keda: {}'),
];

const gaps = (law: string) =>
  `executor: constant-arrival-rate, rate: 1/s, arrivals: { distribution: ${law} }`;

/** Streams of traffic, each with as little said as can be; the scenario lasts four minutes. */
export const streamCases: readonly string[] = [
  'executor: constant-arrival-rate, rate: 1/s',
  'executor: constant-arrival-rate, rate: 1/s, startTime: 5m',
  ...['constant', 'exponential', 'gamma, cv: 2', 'hyperexponential, cv: 2', 'lognormal, cv: 2'].map(gaps),
  ...['pareto, alpha: 3', 'weibull, cv: 2'].map(gaps),
  'executor: ramping-arrival-rate, stages: [{ duration: 3m, target: 3/s }]',
  'executor: diurnal-arrival-rate, mean: 1/s, peakToMean: 1.5',
  'executor: bursty-arrival-rate, calmRate: 1/s, burstRate: 9/s, meanCalm: 60s, meanBurst: 9s',
  'executor: constant-vus, vus: 3, thinkTime: 1s',
  'executor: ramping-vus, stages: [{ duration: 3m, target: 3 }], thinkTime: 1s',
  'executor: schedule, schedule: rate(1 minute)',
  'executor: replay, file: times.txt, format: timestamps',
  'executor: replay, file: rates.csv, format: rates',
  'executor: replay, file: traces/small-azure, format: azure-functions-2019',
];

/** Files that those streams replay. */
const replayed: Readonly<Record<string, string>> = {
  'times.txt': '0.5\n1.25\n61\n',
  'rates.csv': 'time,rate\n0,1\n60,2\n',
};

/** A scenario of four minutes with a stream of traffic, written as a flow map without its braces. */
export function withStream(stream: string): string {
  return small({
    head: 'name: small\nduration: 4m',
    workload: stream.includes('azure') ? '' : 'workload: { cpu: 20ms }',
    traffic: `traffic: { main: { ${stream} } }`,
  });
}

export const scenariosFolder = new URL('../../scenarios/', import.meta.url);
export const readFile = (name: string) =>
  replayed[name] ?? readFileSync(new URL(name, scenariosFolder), 'utf8');
const overrides = { replications: 1 };

/** The scenario with every default. */
export function resolvedOf(text: string): Scenario {
  return prepare(text, { readFile }).scenario;
}

/** The result of one replication, without the fingerprint of its text. */
function bytesOf(text: string): string {
  const result = simulate(text, { readFile, overrides });
  return JSON.stringify({ ...result, scenario: { ...result.scenario, sha256: '' } });
}

export function expectSameWhenResolved(text: string): void {
  const printed = printScenario(resolvedOf(text), 'yaml');
  expect(printScenario(resolvedOf(printed), 'yaml')).toBe(printed);
  expect(bytesOf(printed)).toBe(bytesOf(text));
}

/** Whole scenarios for what is neither of a platform nor of a stream. */
export const wholeCases: readonly string[] = [
  small({
    head: 'billing: { savingsPlans: [{ type: compute, commitment: $0.01/h }] }',
    workload: 'workload: { cpu: 20ms, retries: {} }',
    traffic,
    tail: 'thresholds: { latency: ["p(95)<1s"] }',
  }),
  small({
    head: 'billing: { reservedInstances: [{ instanceType: c7g.large }] }',
    workload: 'workloads: { a: { cpu: 20ms }, b: { cpu: 30ms } }',
    traffic: traffic.replace('rate: 2/s', 'rate: 2/s, workload: a'),
    platforms: 'platforms: { p: { type: ec2, instanceType: c7g.large } }',
    tail: 'faults: [{ kind: az-loss, at: 1m, zone: a }]',
  }),
];
