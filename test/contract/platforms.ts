/** What the contract needs to know of a kind of platform. */
export interface Candidate {
  readonly type: string;
  /** YAML of the least that is a platform of the kind, all in braces. */
  readonly minimal: string;
  /** The same with a load balancer in front, where the kind can have one. */
  readonly behindBalancer: string;
  /** Lines of a month without a request, and their dollars by AWS's price list of us-east-1. */
  readonly idleMonth: Readonly<Record<string, number>>;
  /** An option of another kind, which this one has no use for. */
  readonly foreignOption: string;
}

const onePodANode =
  'resources: { requests: { cpu: 1 } }, nodes: { type: managedNodeGroup, instanceType: c7g.large }';

/** Every kind of platform there is, one entry each. */
export const candidates: readonly Candidate[] = [
  {
    type: 'lambda',
    minimal: '{ type: lambda }',
    behindBalancer: '{ type: lambda, frontDoor: alb }',
    idleMonth: {},
    foreignOption: 'instanceType: c7g.large',
  },
  {
    type: 'ec2',
    minimal: '{ type: ec2, instanceType: c7g.large }',
    behindBalancer: '{ type: ec2, instanceType: c7g.large, frontDoor: alb }',
    // 730 h of c7g.large at $0.0725 and of an address at $0.005, 20 GB of gp3 at $0.08, seven metrics at
    // $0.30.
    idleMonth: {
      'cloudwatch.detailed-monitoring': 2.1,
      'ebs.gp3': 1.6,
      'ec2.instance.c7g.large': 52.925,
      'vpc.public-ipv4': 3.65,
    },
    foreignOption: 'memorySize: 1769',
  },
  {
    type: 'ecs',
    minimal: '{ type: ecs, cpu: 1024, memory: 2048 }',
    behindBalancer: '{ type: ecs, cpu: 1024, memory: 2048, frontDoor: alb }',
    // 730 h of one vCPU at $0.04048, of two GB at $0.004445 and of an address at $0.005.
    idleMonth: { 'fargate.memory': 6.4897, 'fargate.vcpu': 29.5504, 'vpc.public-ipv4': 3.65 },
    foreignOption: 'memorySize: 1769',
  },
  {
    type: 'eks',
    minimal: `{ type: eks, ${onePodANode} }`,
    behindBalancer: `{ type: eks, frontDoor: alb, ${onePodANode} }`,
    // 730 h of the cluster at $0.10, of c7g.large at $0.0725 and of an address at $0.005, 20 GB of gp3 at
    // $0.08.
    idleMonth: {
      'ebs.gp3': 1.6,
      'ec2.instance.c7g.large': 52.925,
      'eks.cluster': 73,
      'vpc.public-ipv4': 3.65,
    },
    foreignOption: 'memorySize: 1769',
  },
];

/** A scenario of one stream with the platforms given, by name. */
export function contractScenario(
  platforms: Readonly<Record<string, string>>,
  parts: { readonly rate?: string; readonly billing?: string; readonly more?: string } = {},
): string {
  return [
    'version: 1',
    'name: contract',
    'seed: 7',
    'duration: 1800s',
    `billing: { egress: internet${parts.billing === undefined ? '' : `, ${parts.billing}`} }`,
    'workload:',
    '  cpu: { distribution: lognormal, mean: 80ms, cv: 1 }',
    '  wait: 40ms',
    '  payload: { in: 3KB, out: 20KB }',
    'traffic:',
    `  main: { executor: constant-arrival-rate, rate: ${parts.rate ?? '4/s'} }`,
    'platforms:',
    ...Object.entries(platforms).map(([name, options]) => `  ${name}: ${options}`),
    parts.more ?? '',
  ].join('\n');
}
