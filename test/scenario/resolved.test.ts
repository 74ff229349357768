import { describe, expect, it } from 'vitest';
import {
  expectSameWhenResolved,
  onPlatform,
  platformCases,
  resolvedOf,
  streamCases,
  withStream,
} from './resolved-cases.ts';

const platform = (options: string) => resolvedOf(onPlatform(options)).platforms.p;
const stream = (options: string) => resolvedOf(withStream(options)).traffic.main;

describe('a resolved scenario, given back, gives the same bytes', () => {
  it.each(platformCases)('{ %s }', (options) => expectSameWhenResolved(onPlatform(options)));

  it.each(streamCases)('{ %s }', (options) => expectSameWhenResolved(withStream(options)));
});

describe('a resolved stream', () => {
  it('tells its workload, and that it lasts as long as the scenario', () => {
    expect(stream('executor: constant-arrival-rate, rate: 1/s, startTime: 1m')).toMatchObject({
      workload: 'workload',
      duration: '3m',
      arrivals: 'poisson',
    });
  });

  it('of recorded times ends with the second of the last', () => {
    expect(stream('executor: replay, file: times.txt, format: timestamps')).toMatchObject({
      duration: '62s',
    });
  });

  it('of recorded rates has its last row as long as the one before', () => {
    const resolved = stream('executor: replay, file: rates.csv, format: rates');
    expect(resolved).toMatchObject({ duration: '2m', arrivals: 'poisson', scale: 1 });
  });

  it('makes the scenario last as long as the traffic', () => {
    expect(resolvedOf(onPlatform('type: lambda')).duration).toBe('3m');
  });
});

describe('a resolved EC2 platform', () => {
  const ec2 = (options: string) => platform(`type: ec2, instanceType: ${options}`);

  it('tells its sizes: a fixed fleet unless told', () => {
    expect(ec2('c7g.large')).toMatchObject({ minSize: 1, desiredCapacity: 1, maxSize: 1 });
    expect(ec2('c7g.large, minSize: 2')).toMatchObject({ desiredCapacity: 2, maxSize: 2 });
    expect(ec2('c7g.large, desiredCapacity: 3')).toMatchObject({ minSize: 1, maxSize: 3 });
  });

  it('tells the credits of T types: unlimited, T2 standard (EC2 User Guide)', () => {
    expect(ec2('t3.micro')).toMatchObject({ creditSpecification: 'unlimited', cpuCreditBalance: 0 });
    expect(ec2('t2.micro')).toMatchObject({ creditSpecification: 'standard' });
    expect(ec2('c7g.large')).not.toHaveProperty('creditSpecification');
  });

  it('tells how often Spot is interrupted, and nothing of the kind on demand', () => {
    expect(ec2('c7g.large, purchase: spot')).toMatchObject({ interruptionsPerMonth: expect.any(Number) });
    expect(ec2('c7g.large')).not.toHaveProperty('interruptionsPerMonth');
  });

  it('tells a warm pool: 82 % of 17 s are 13.94 s, of 3–9 s 2.46–7.38 s', () => {
    expect(ec2('c7g.large, maxSize: 4, warmPool: {}')).toMatchObject({
      warmPool: {
        minSize: 0,
        maxGroupPreparedCapacity: 4,
        poolState: 'Stopped',
        instanceReusePolicy: { reuseOnScaleIn: false },
        pending: '13.94s',
        boot: { distribution: 'uniform', min: '2.46s', max: '7.38s' },
        stopping: '60s',
      },
    });
  });

  it('tells an alarm and a policy', () => {
    const tracking = '{ metric: ASGAverageCPUUtilization, targetValue: 60 }';
    expect(ec2(`c7g.large, maxSize: 4, targetTracking: ${tracking}`)).toMatchObject({
      targetTracking: { disableScaleIn: false, lowAlarmShare: 0.7 },
      defaultInstanceWarmup: '300s',
    });
  });
});

describe('a resolved ECS platform', () => {
  const ecs = (options: string) => platform(`type: ecs, cpu: 512, memory: 1024${options}`);

  it('tells its counts, which are one another unless told', () => {
    const counts = (desiredCount: number, minCapacity: number, maxCapacity: number) => ({
      desiredCount,
      minCapacity,
      maxCapacity,
    });
    expect(ecs('')).toMatchObject(counts(1, 1, 1));
    expect(ecs(', minCapacity: 2, maxCapacity: 9')).toMatchObject(counts(2, 2, 9));
    expect(ecs(', desiredCount: 3')).toMatchObject(counts(3, 3, 3));
  });

  it('on Fargate tells architecture, provisioning and pull: 413 MB at 10 MB/s are 41.3 s', () => {
    expect(ecs('')).toMatchObject({
      architectures: ['x86_64'],
      provisioning: { distribution: 'uniform', min: '10s', max: '20s' },
      pull: '41.3s',
      launchRate: { burstLimit: 100, rateLimit: '20/s', perService: '500/min' },
    });
    expect(ecs('')).not.toHaveProperty('placementStrategy');
  });

  it('on Fargate Spot tells interruptions', () => {
    expect(ecs(', launchType: FARGATE_SPOT')).toMatchObject({ interruptionsPerMonth: 0.05 });
    expect(ecs('')).not.toHaveProperty('interruptionsPerMonth');
  });

  it('on hosts tells their architecture, the spread over zones, and as many hosts as its tasks need', () => {
    // An m7g.large has 2,048 CPU units: four tasks of 512. Ten tasks need three of them, at 50 % six.
    const provider = 'capacityProvider: { instanceType: m7g.large, targetCapacity: 50 }';
    expect(ecs(`, launchType: EC2, maxCapacity: 10, ${provider}`)).toMatchObject({
      architectures: ['arm64'],
      placementStrategy: [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
      placementConstraints: [],
      capacityProvider: { minSize: 0, maxSize: 6, targetCapacity: 50, instanceWarmupPeriod: '300s' },
    });
  });

  it('tells the cooldowns of a policy: 300 s (Application Auto Scaling)', () => {
    const policy = '{ metric: ECSServiceAverageCPUUtilization, targetValue: 60 }';
    expect(ecs(`, maxCapacity: 4, targetTracking: ${policy}`)).toMatchObject({
      targetTracking: { scaleOutCooldown: '300s', scaleInCooldown: '300s', disableScaleIn: false },
    });
  });
});

describe('a resolved EKS platform', () => {
  const eks = (nodes: string, more = 'support: standard') =>
    platform(`type: eks, resources: { limits: { cpu: 1, memory: 1Gi } }, ${more}, nodes: { ${nodes} }`);

  it('requests what is limited, unless told (Kubernetes documentation)', () => {
    expect(eks('type: fargate')).toMatchObject({
      resources: { requests: { cpu: 1, memory: '1Gi' }, limits: { cpu: 1, memory: '1Gi' } },
      replicas: 1,
    });
  });

  it("tells a node group: as many nodes as its pods need, m7g.large's 29 pods each", () => {
    // Of 2 vCPUs 70 m are the kubelet's: one pod of a whole CPU fits.
    const nodes = 'type: managedNodeGroup, instanceType: m7g.large';
    expect(eks(`${nodes}, maxSize: 5`, 'replicas: 3')).toMatchObject({
      nodes: { minSize: 1, desiredSize: 3, maxSize: 5, maxPods: 29, pending: '13s', boot: '12s' },
      // 413 MB at 17 MB/s.
      pull: '24.294118s',
    });
    expect(eks(nodes, 'replicas: 3')).toMatchObject({ nodes: { desiredSize: 3, maxSize: 3 } });
  });

  it('tells rules and metrics of an HPA (Kubernetes, autoscaling/v2 defaults.go)', () => {
    const percent = { type: 'Percent', value: 100, periodSeconds: 15 };
    expect(eks('type: fargate', 'hpa: { maxReplicas: 9 }')).toMatchObject({
      hpa: {
        minReplicas: 1,
        metrics: [{ resource: { target: { type: 'Utilization', averageUtilization: 80 } } }],
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: 'Max',
            policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, percent],
            tolerance: 0.1,
          },
          scaleDown: {
            stabilizationWindowSeconds: 300,
            selectPolicy: 'Max',
            policies: [percent],
            tolerance: 0.1,
          },
        },
      },
    });
  });
});

describe('a resolved Lambda platform', () => {
  it('tells the measured cold start of its runtime', () => {
    expect(platform('type: lambda')).toMatchObject({
      memorySize: 1769,
      runtime: 'nodejs22.x',
      timeout: '900s',
      coldStart: { setup: '200ms', init: { distribution: 'empirical' } },
      keepAlive: { idle: { distribution: 'uniform', min: '5m', max: '7m' }, maxAge: '2h' },
    });
  });

  it("tells a function's cold start where it is not the platform's", () => {
    const { functions } = platform(
      'type: lambda, coldStart: { init: 90ms }, functions: { workload: { runtime: python3.12 } }',
    ) as unknown as { functions: Record<string, { coldStart: { setup: string; init: object } }> };
    expect(functions.workload!.coldStart).toMatchObject({ init: { distribution: 'empirical' } });
  });

  it('tells the retries and the age of events (PutFunctionEventInvokeConfig)', () => {
    const events = { maximumRetryAttempts: 2, maximumEventAge: '6h' };
    expect(platform('type: lambda, invocation: async')).toMatchObject(events);
    expect(platform('type: lambda, frontDoor: s3Event')).toMatchObject({ invocation: 'async', ...events });
    expect(platform('type: lambda')).not.toHaveProperty('maximumRetryAttempts');
  });

  it("tells the mapping of a queue, its visibility timeout six times the function's", () => {
    expect(platform('type: lambda, invocation: sqs, timeout: 10s')).toMatchObject({
      eventSource: {
        batchSize: 10,
        maximumBatchingWindow: '0s',
        reportBatchItemFailures: false,
        maximumConcurrency: 'none',
        visibilityTimeout: '1m',
        maxReceiveCount: 'none',
        messageRetentionPeriod: '4d',
      },
    });
  });

  it('tells the mapping of a stream', () => {
    expect(platform('type: lambda, invocation: kinesis')).toMatchObject({
      eventSource: {
        batchSize: 100,
        maximumBatchingWindow: '0s',
        reportBatchItemFailures: false,
        shards: 1,
        parallelizationFactor: 1,
        partitionKeys: 'none',
        maximumRetryAttempts: 'none',
        maximumRecordAge: 'none',
        bisectBatchOnFunctionError: false,
      },
    });
  });

  it('tells the options of a front door that is given as a word', () => {
    expect(platform('type: lambda, frontDoor: apiGatewayHttp')).toMatchObject({
      frontDoor: {
        type: 'apiGatewayHttp',
        latency: '0s',
        timeout: '30s',
        throttle: { rateLimit: '10000/s', burstLimit: 5000 },
        meteredPayload: 'request',
      },
    });
    expect(platform('type: lambda, frontDoor: none')).toMatchObject({ frontDoor: 'none' });
  });
});
