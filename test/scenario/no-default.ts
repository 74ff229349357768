type Values = Readonly<Record<string, unknown>>;

/** A key that the resolved form does not tell. */
interface Untold {
  /** Its place, as `told-defaults.test.ts` names it. */
  readonly at: RegExp;
  /** Why there is nothing to tell. */
  readonly why: string;
  /** In which maps it may be missing; without it, in all. */
  readonly where?: (map: Values) => boolean;
}

const isOneOf = (key: string, values: readonly unknown[]) => (map: Values) => values.includes(map[key]);
const isOnFargate = ({ nodes }: Values) => (nodes as Values).type === 'fargate';
const isOnHosts = isOneOf('launchType', ['EC2']);
const hasCredits = ({ instanceType }: Values) => /^t[234]/.test(String(instanceType));

/** Everything that a scenario can say and that has no default. */
export const NO_DEFAULT: readonly Untold[] = [
  { at: /^description$/, why: 'a text for readers' },
  { at: /^workloads?$/, why: 'one or the other, or those of a trace' },
  { at: /^workloads?(\.\*)?\.memory$/, why: 'unknown, and then not checked' },
  { at: /^thresholds\.\w+$/, why: 'nothing is held to it' },
  { at: /^faults\[\].*\.duration$/, why: 'the zone stays away' },
  {
    at: /^billing\.savingsPlans\[\]\.family$/,
    why: 'of one kind of plan',
    where: isOneOf('type', ['compute']),
  },
  { at: /^billing\.reservedInstances\[\]\.(rate|upfront)$/, why: 'a price, which the bill shows' },

  { at: /replay}\.(column|day|functions|hours)$/, why: 'the first, or all, whatever the file has' },
  { at: /replay}\.arrivals$/, why: 'the times are recorded', where: isOneOf('format', ['timestamps']) },
  { at: /replay}\.cpuShare$/, why: 'no work is recorded', where: isOneOf('format', ['timestamps', 'rates']) },
  {
    at: /replay}\.(workload|duration)$/,
    why: "the trace's own",
    where: isOneOf('format', ['azure-functions-2019']),
  },

  { at: /(stepScaling|simpleScaling)\[\]\.minAdjustmentMagnitude$/, why: 'no minimum: AWS takes 1 or more' },
  { at: /steps\[\]\.(lowerBound|upperBound)$/, why: 'no bound' },
  { at: /scheduled\[\]\.(at|recurrence)$/, why: 'one or the other' },
  { at: /scheduled\[\]\.\w+(Size|Capacity)$/, why: 'the action leaves it as it is' },
  { at: /{proxy}\.instanceType$/, why: 'it runs on what there is, at no price' },
  { at: /{ec2}\.(targetTracking|predictiveScaling|warmPool)$/, why: 'there is none' },
  {
    at: /{ec2}\.(creditSpecification|cpuCreditBalance)$/,
    why: 'T types only',
    where: (map) => !hasCredits(map),
  },
  {
    at: /{ec2}\.interruptionsPerMonth$/,
    why: 'Spot only',
    where: ({ purchase }) =>
      purchase === 'on-demand' || (purchase as Values).onDemandPercentageAboveBaseCapacity === 100,
  },
  { at: /{ec2}\.warmPool\.pending$/, why: "the group's, which stand in a file, by 0.82" },
  { at: /{ecs}\.targetTracking$/, why: 'there is none' },
  { at: /{ecs}\.ephemeralStorage$/, why: '20 GiB, which cannot be asked for: ECS takes 21 or more' },
  { at: /{ecs}\.interruptionsPerMonth$/, why: 'Spot only', where: isOneOf('launchType', ['FARGATE', 'EC2']) },
  { at: /{ecs}\.provisioning$/, why: 'Fargate only', where: isOnHosts },
  {
    at: /{ecs}\.(capacityProvider|placementStrategy|placementConstraints)$/,
    why: 'hosts only',
    where: (map) => !isOnHosts(map),
  },
  {
    at: /{eks}\.(scheduler|topologySpreadConstraints)$/,
    why: 'a Fargate pod has its own machine',
    where: isOnFargate,
  },
  {
    at: /scoringStrategy\.requestedToCapacityRatio$/,
    why: 'of one strategy',
    where: isOneOf('type', ['LeastAllocated', 'MostAllocated']),
  },
  { at: /{eks}\.(hpa|keda|readinessProbe|kubeControllerManager)$/, why: 'there is none' },
  {
    at: /capacityProvider\.interruptionsPerMonth$/,
    why: 'Spot only',
    where: ({ purchase }) => purchase === 'on-demand',
  },
  {
    at: /nodes{\w+}\.interruptionsPerMonth$/,
    why: 'Spot only',
    where: ({ capacityType, requirements }) =>
      capacityType === 'ON_DEMAND' || JSON.stringify(requirements).includes('"values":["on-demand"]'),
  },
  { at: /{eks}\.resources\.limits(\.\w+)?$/, why: 'no limit' },
  { at: /{eks}\.resources\.requests(\.\w+)?$/, why: 'nothing is reserved, where nothing is limited' },
  {
    at: /{managedNodeGroup}\.groups$/,
    why: 'one group',
    where: ({ instanceType }) => instanceType !== undefined,
  },
  {
    at: /{managedNodeGroup}\.(instanceType|maxSize|desiredSize|maxPods)$/,
    why: 'each group has its own',
    where: ({ groups }) => groups !== undefined,
  },
  {
    at: /{managedNodeGroup}\.groups\[\]\.(maxSize|desiredSize)$/,
    why: 'what the pods need, and what of it the expander gives to the others',
  },
  {
    at: /{(karpenter|autoMode)}\.maxPods$/,
    why: 'each type has its own',
    where: ({ instanceTypes }) => (instanceTypes as unknown[]).length > 1,
  },

  { at: /{lambda}\.(functions\.\*\.)?codeSize$/, why: 'nothing beyond what was measured is loaded' },
  { at: /{lambda}\.(functions\.\*\.)?coldStart\.restore$/, why: 'init is in its place without SnapStart' },
  { at: /{lambda}\.functions\.\*\.\w+(\.\w+)?$/, why: "the platform's" },
  {
    at: /provisionedConcurrency\.schedule\[\]\.(schedule|from|to)$/,
    why: 'an expression, or hours of the day',
  },
  {
    at: /{lambda}\.eventSource$/,
    why: 'nothing is read',
    where: isOneOf('invocation', ['sync', 'async']),
  },
  {
    at: /{lambda}\.(maximumRetryAttempts|maximumEventAge)$/,
    why: 'asynchronous invocation only',
    where: isOneOf('invocation', ['sync', 'sqs', 'kinesis', 'dynamodb']),
  },
  {
    at: /eventSource\.(maximumConcurrency|maxReceiveCount|messageRetentionPeriod|visibilityTimeout)$/,
    why: 'a key of queues',
    where: ({ shards }) => shards !== undefined,
  },
  {
    at: /eventSource\.(shards|parallelizationFactor|partitionKeys|maximumR\w+|bisectBatchOnFunctionError)$/,
    why: 'a key of streams',
    where: ({ shards }) => shards === undefined,
  },
];
