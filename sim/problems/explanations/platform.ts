import { entry } from './entry.ts';

/** Codes about platforms and their prices. */
export const platformExplanations: Readonly<Record<string, string>> = {
  unpriced: entry(
    `The price book has no such price in this region. What has no price is an error and never $0. A
    price of your own goes under billing.prices and is shown in the result.`,
    'region: ap-southeast-1   # and something that is not sold there',
    'billing: { prices: { ec2.instance.c7g.large: $0.08/h } }',
  ),
  'unknown-price': entry(
    'billing.prices overrides a price that the book does not have. `breakeven prices list` shows every id.',
    'prices: { lambda.request: $0.20/million }',
    'prices: { lambda.requests: $0.20/million }',
  ),
  'invalid-price': entry(
    'A price is an amount of US dollars, alone or for one of the unit that the price book counts in.',
    'prices: { ec2.instance.c7g.large: 0.05 }',
    'prices: { ec2.instance.c7g.large: $0.05/h }',
  ),
  'not-in-plan': entry(
    `A Savings Plan covers what its type says: ec2Instance the instances of one family, compute EC2, vCPUs and
    memory of Fargate, and duration and provisioned concurrency of Lambda. Rates for anything else, or a
    family for a compute plan, would never be used.`,
    'savingsPlans: [{ type: compute, commitment: $1/h, rates: { alb.hours: $0.02/h } }]',
    'savingsPlans: [{ type: compute, commitment: $1/h, rates: { m7g.large: $0.05/h } }]',
  ),
  'unknown-instance-type': entry(
    `There is no such EC2 instance type, or it is not offered in this region. Its size and price decide
    everything about the fleet, so that none is assumed. \`breakeven prices list\` shows every type.`,
    'instanceType: c7g.lage',
    'instanceType: c7g.large',
  ),
  'unknown-zone': entry(
    `The region has no such Availability Zone. A zone is named by its letter or by its code, which is the
    region's and the letter; AWS refuses any other.`,
    'region: eu-west-1   # and of a platform\navailabilityZones: [a, d]',
    'availabilityZones: [a, eu-west-1b]',
  ),
  'provisioned-beyond-reserved': entry(
    `Provisioned environments are part of what is reserved for a function: there cannot be more of them than
    its reserved concurrency.`,
    'reservedConcurrentExecutions: 10\nprovisionedConcurrency: 20',
    'reservedConcurrentExecutions: 20\nprovisionedConcurrency: 20',
  ),
  'provisioned-beyond-quota': entry(
    `Provisioned concurrency is taken off the account's unreserved concurrency, used or not, and Lambda keeps
    100 of that free for other functions.`,
    'accountConcurrency: 1000\nprovisionedConcurrency: 950',
    'accountConcurrency: 1000\nprovisionedConcurrency: 900',
  ),
  'invalid-schedule': entry(
    `An entry of a schedule says when so many environments are provisioned: from an expression on, until the
    next entry, or for some hours of every day. All entries of a list are of one kind, and times are UTC.`,
    'provisionedConcurrency: { schedule: [{ from: 12:00, capacity: 100 }] }',
    'provisionedConcurrency: { schedule: [{ from: 12:00, to: 20:00, capacity: 100 }] }',
  ),
  'refused-snap-start': entry(
    `SnapStart restores environments from a snapshot. AWS offers it for Java 11, Python 3.12, .NET 8 and
    later, not together with provisioned concurrency, and not with more than 512 MB of ephemeral storage.`,
    'runtime: nodejs22.x\nsnapStart: PublishedVersions',
    'runtime: java21\nsnapStart: PublishedVersions',
  ),
  'unknown-runtime': entry(
    `The init time of a runtime is a measurement, and there is none for this one. Name another, or give
    your own coldStart, which wins over the runtime.`,
    'runtime: cobol',
    'coldStart: { init: 300ms }',
  ),
  'not-measured': entry(
    `The runtime is known, but not its init time with this architecture or package. Give your own
    coldStart.init; it wins over the runtime.`,
    'runtime: ruby3.2\npackageType: Image',
    'coldStart: { init: { distribution: lognormal, median: 300ms, p99: 700ms } }',
  ),
  'wrong-launch-type': entry(
    `Placement and capacity providers belong to hosts, ephemeral storage and network interfaces of tasks to
    Fargate. ECS refuses one with the other.`,
    'launchType: FARGATE\nplacementStrategy: [{ type: binpack, field: cpu }]',
    'launchType: EC2\nplacementStrategy: [{ type: binpack, field: cpu }]',
  ),
  'no-hosts': entry(
    'With launch type EC2 tasks run on instances that you pay for: say which, and how many there may be.',
    'launchType: EC2',
    'launchType: EC2\ncapacityProvider: { instanceType: m7g.large, minSize: 1, maxSize: 10 }',
  ),
  'stuck-deployment': entry(
    `ECS rounds the healthy tasks that an update keeps up, and the tasks that it may have down. Where that
    leaves no task to stop and none to start, the update would never end.`,
    'desiredCount: 3\ndeploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 125 }',
    'desiredCount: 3\ndeploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 125 }',
  ),
  'no-such-task-size': entry(
    `Fargate sells tasks of certain sizes: to each CPU value belong certain amounts of memory (256 CPU units
    with 512, 1024 or 2048 MB, and so on). ECS refuses others.`,
    'cpu: 512\nmemory: 8192',
    'cpu: 1024\nmemory: 8192',
  ),
  'requests-above-limits': entry(
    `A container cannot reserve more than it may use: the Kubernetes API server refuses requests above limits.
    What is not requested counts as its limit.`,
    'resources: { requests: { cpu: 2 }, limits: { cpu: 500m } }',
    'resources: { requests: { cpu: 500m }, limits: { cpu: 2 } }',
  ),
  'missing-request': entry(
    `An HPA with a target of type Utilization holds usage at a percentage of what the pods request. Without a
    request it says "missing request for cpu" and never scales. An HPA without metrics has such a target,
    80 %.`,
    'resources: {}\nhpa: { maxReplicas: 10 }',
    'resources: { requests: { cpu: 500m } }\nhpa: { maxReplicas: 10 }',
  ),
  'pod-fits-no-node': entry(
    `The scheduler binds a pod to a node that has what it requests. A node offers less than its instance type:
    the kubelet keeps CPU and memory for itself, and addresses limit the number of pods.`,
    'resources: { requests: { cpu: 2 } }\nnodes: { type: karpenter, instanceTypes: [m7g.large] }',
    'resources: { requests: { cpu: 1900m } }\nnodes: { type: karpenter, instanceTypes: [m7g.large] }',
  ),
  'unknown-max-pods': entry(
    `A node has as many pods as its network interfaces have addresses for. For a few old or special types
    these are not listed, and no number is assumed.`,
    'nodes: { type: managedNodeGroup, instanceType: hpc7a.12xlarge }',
    'nodes: { type: managedNodeGroup, instanceType: hpc7a.12xlarge, maxPods: 100 }',
  ),
  'out-of-range': entry(
    `A value lies outside what AWS allows, or outside what another key leaves for it. Keys that are not given
    count too. EC2: minSize is 1, desiredCapacity is minSize, maxSize the larger of the two. ECS: desiredCount
    is minCapacity, or 1; minCapacity and maxCapacity are desiredCount. A node group: minSize is 1,
    desiredSize what the pods need, maxSize the larger of the two that are given.
    \`breakeven validate --resolved\` shows them.`,
    'minSize: 4\nmaxSize: 2',
    'minSize: 2\nmaxSize: 4',
  ),
  'refused-scaling-policy': entry(
    `AWS would refuse the scaling policy. The steps of a policy join without gaps and overlaps, each has a
    bound, and the outermost have none on their far side; their bounds are relative to the threshold.
    minAdjustmentMagnitude goes with PercentChangeInCapacity only, and a capacity is never negative.
    Of several target tracking policies each has a metric of its own.`,
    'threshold: 60\nsteps: [{ lowerBound: 60, upperBound: 80, adjustment: 1 }]',
    'threshold: 60\nsteps: [{ lowerBound: 0, upperBound: 20, adjustment: 1 }, ' +
      '{ lowerBound: 20, adjustment: 3 }]',
  ),
  'refused-warm-pool': entry(
    'AWS gives no warm pool to a group that launches Spot instances, alone or in a mix.',
    'purchase: spot\nwarmPool: { poolState: Stopped }',
    'purchase: on-demand\nwarmPool: { poolState: Stopped }',
  ),
  'refused-scheduled-action': entry(
    `AWS would refuse the scheduled action. It comes by \`recurrence\` (five cron fields) or once, \`at\` an
    instant that is not past when the simulation begins (\`startAt\`), sets a smallest, a largest or a desired
    capacity that fit each other at that time, and no other comes at the same time.`,
    "maxSize: 4\nscheduled: [{ recurrence: '0 8 * * 1-5', minSize: 6 }]",
    "maxSize: 4\nscheduled: [{ recurrence: '0 8 * * 1-5', minSize: 6, maxSize: 12 }]",
  ),
  'needs-load-balancer': entry(
    `The metric ALBRequestCountPerTarget is counted by a load balancer, and the platform has none: frontDoor
    is none when it is not given.`,
    'targetTracking: { metric: ALBRequestCountPerTarget, targetValue: 600 }',
    'frontDoor: alb\ntargetTracking: { metric: ALBRequestCountPerTarget, targetValue: 600 }',
  ),
  'unknown-interruptions': entry(
    `AWS's Spot Instance advisor tells how often instances of a type are interrupted, by region, and the
    copy at hand does not list this one.`,
    'instanceType: m9g.large\npurchase: spot',
    'instanceType: m9g.large\npurchase: spot\ninterruptionsPerMonth: 0.1',
  ),
  'needs-spot': entry(
    'AWS interrupts Spot instances only; those on demand run until they are terminated.',
    'purchase: on-demand\ninterruptionsPerMonth: 0.1',
    'purchase: spot\ninterruptionsPerMonth: 0.1',
  ),
  'no-cpu-credits': entry(
    `Only the burstable types T2, T3, T3a and T4g earn and spend CPU credits. AWS refuses a credit
    specification for any other.`,
    'instanceType: c7g.large\ncreditSpecification: standard',
    'instanceType: t3.large\ncreditSpecification: standard',
  ),
  'does-not-fit': entry(
    `One running copy of the program needs more memory than the function, task or instance has. On AWS
    it would be killed with its first request. A function has 1769 MB when memorySize is not given.`,
    'workload: { memory: 2GB, … }\nplatforms: { lambda: { type: lambda, memorySize: 512 } }',
    'platforms: { lambda: { type: lambda, memorySize: 2048 } }',
  ),
  'needs-queue': entry(
    `Something is scaled by the length of a queue, and there is none before the workers. With
    \`frontDoor: sqs\` requests are messages of a queue of Amazon SQS that the workers read.`,
    'targetTracking: { metric: BacklogPerInstance, targetValue: 100 }',
    'frontDoor: sqs\ntargetTracking: { metric: BacklogPerInstance, targetValue: 100 }',
  ),
  'no-answer': entry(
    `Something waits for the answer of a function that is invoked with events, or of workers that read a
    queue: a front door that passes answers on, or virtual users, who go on only when they have theirs. The
    sender of an event has a 202 at once, and nothing after it.`,
    'invocation: async\nfrontDoor: apiGatewayHttp',
    'invocation: async\nfrontDoor: none',
  ),
  'payload-too-large': entry(
    `Requests or responses are larger than what carries them to a Lambda function takes: 6 MB each way for a
    function URL and API Gateway, 1 MB behind a load balancer. AWS would refuse every one of them.`,
    'workload: { payload: { in: 8MB }, … }\nplatforms: { lambda: { type: lambda, frontDoor: functionUrl } }',
    'workload: { payload: { in: 2KB }, … }   # the event; the file itself goes to S3',
  ),
  'reserved-beyond-quota': entry(
    `Functions reserve more concurrency than their account has. Lambda keeps 100 of it unreserved for
    functions that reserve none. accountConcurrency is 1000 when it is not given.`,
    'accountConcurrency: 1000\nreservedConcurrentExecutions: 950',
    'accountConcurrency: 1000\nreservedConcurrentExecutions: 900',
  ),
};
