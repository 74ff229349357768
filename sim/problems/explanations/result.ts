import { entry } from './entry.ts';

/** Codes of warnings that come with a result. */
export const resultExplanations: Readonly<Record<string, string>> = {
  'few-tail-samples': entry(
    `A percentile far out in the tail rests on a handful of requests: the p99.9 of 1,000 requests is one
    of them. Run longer, or with more replications, until some tens of requests lie beyond the
    percentile.`,
    "duration: 1m   # 300 requests\nthresholds: { latency: ['p(99.9)<2s'] }",
    "duration: 2h\nreplications: 5\nthresholds: { latency: ['p(99.9)<2s'] }",
  ),
  'failed-deployment': entry(
    `An update of an ECS service lost as many tasks as its deployment circuit breaker allows: half the desired
    count, at least 3 and at most 200. The deployment was given up: with rollback the service went back to the
    task definition before it, without it the old tasks go on and nothing more is launched. The tasks that
    failed are on the bill.`,
    'deployments: [{ at: 2026-01-05T08:00:00Z, failureRate: 1 }]',
    'deployments: [{ at: 2026-01-05T08:00:00Z }]',
  ),
  'no-room': entry(
    `Tasks or pods were wanted for a quarter of an hour or more, or for half of a shorter window, and no host
    had room for them. They are not on the bill, and what they would have served went to the others.`,
    'replicas: 20\nnodes: { type: managedNodeGroup, instanceType: m7g.large, minSize: 1, maxSize: 2 }',
    'replicas: 20\nnodes: { type: managedNodeGroup, instanceType: m7g.large, minSize: 1, maxSize: 20 }',
  ),
  'unfinished-deployment': entry(
    `Tasks of an update failed before they served, and ECS was still launching others when the window closed.
    Without a circuit breaker it never gives up; every try is paid for.`,
    'deploymentConfiguration: { maximumPercent: 200 }',
    'deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } }',
  ),
  'many-failures': entry(
    `The platform failed more than 1 % of its requests (refused, timed out, interrupted or too old; failures
    of their own code are not counted), and no threshold says whether that will do. Its cost is that of
    serving the others, and its latency is theirs, so it is not named as the cheapest that passes. A
    threshold on \`failed\` says how many may fail, and takes the place of this rule.`,
    'servers: { type: ec2, instanceType: c7g.large, minSize: 0, maxSize: 4 }',
    'servers: { type: ec2, instanceType: c7g.large, minSize: 1, maxSize: 4 }',
  ),
  'never-happens': entry(
    `Something is to happen at a time that the simulated window does not reach: a scheduled action, a
    deployment, a fault, the start of a stream of traffic. The run goes on as if it were not there.`,
    'duration: 1h\nfaults: [{ kind: az-loss, zone: b, at: 2h }]',
    'duration: 3h\nfaults: [{ kind: az-loss, zone: b, at: 2h }]',
  ),
  'no-effect': entry(
    `AWS accepts the setting, and nothing comes of it beside the others: Capacity Rebalancing replaces Spot
    Instances only (Amazon EC2 Auto Scaling User Guide, "Capacity Rebalancing", 2023-05).`,
    'instanceType: c7g.large\ncapacityRebalance: true',
    'instanceType: c7g.large\npurchase: spot\ncapacityRebalance: true',
  ),
  'no-requests': entry(
    `The whole window went by without a request, so there is no latency to compare and the bill is that of
    an idle platform. The rate is so low that none came, or the traffic lies outside the window.`,
    'traffic: { web: { executor: constant-arrival-rate, rate: 1/d, duration: 1m } }',
    'traffic: { web: { executor: constant-arrival-rate, rate: 1/s, duration: 1m } }',
  ),
  'surplus-credits': entry(
    `Burstable instances in unlimited mode used more CPU than they earned credits for. AWS charges what they
    borrowed only above the earnings of 24 hours, or when they end, so that a short window shows too little of
    it and its month is too cheap. Simulate for days.`,
    'duration: 40m\nplatforms: { servers: { type: ec2, instanceType: t3.micro } }',
    'duration: 3d\nplatforms: { servers: { type: ec2, instanceType: t3.micro } }',
  ),
  overload: entry(
    `At the end of the run the queue was still growing, or more than 1 % of the requests were
    unfinished: the platform cannot serve this traffic, and its latency depends on how long one waits.
    The run exits with 3. Give the platform more capacity, or a longer window if the overload is meant
    to pass.`,
    'servers: { type: ec2, instanceType: c7g.large, minSize: 1, maxSize: 1 }',
    'servers: { type: ec2, instanceType: c7g.large, minSize: 1, maxSize: 6 }',
  ),
};
