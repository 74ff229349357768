import { entry } from './entry.ts';

/** Codes about the keys and values of a scenario. */
export const scenarioExplanations: Readonly<Record<string, string>> = {
  'unknown-key': entry(
    `A key is none that this map has. Unknown keys are errors, because a mistyped one would otherwise be
    a default that nobody chose. Names are k6's for load, and the AWS or Kubernetes property in
    camelCase for capacity.`,
    'stages: [{ durration: 10m, target: 5/s }]',
    'stages: [{ duration: 10m, target: 5/s }]',
  ),
  'missing-key': entry(
    'A key that has no default is not there. `breakeven validate --resolved` shows every default.',
    'servers: { type: ec2 }',
    'servers: { type: ec2, instanceType: c7g.large }',
  ),
  'invalid-value': entry(
    `A value is not what its key takes: another kind of thing, a word that does not exist, a number out
    of range, or a number without its unit. Whatever has a dimension carries its unit, so that no reader
    has to guess between seconds and milliseconds; counts and AWS's own numbers (memorySize, cpu) are
    plain.`,
    'duration: 10\nmemorySize: 1769MB',
    'duration: 10m\nmemorySize: 1769',
  ),
  'invalid-name': entry(
    `Names of platforms, streams and workloads appear in tables, charts and terminals. They have 1 to 64
    characters and none that is invisible, controls a terminal or turns the direction of reading.`,
    '"": { type: lambda }',
    'lambda: { type: lambda }',
  ),
  'not-yet-modelled': entry(
    `The format has this word, and the simulator does not act on it yet. It is refused, because a
    scenario that runs without it would answer another question than the one that was asked.`,
    'nightly: { executor: schedule, … }',
    'nightly: { executor: constant-arrival-rate, rate: 1/24h, duration: 30d }',
  ),
  'conflicting-keys': entry(
    `Two keys are given that exclude each other, as both forms of one thing: \`workload\` is for one kind of
    request, \`workloads\` for several by name; a NAT gateway for servers with public addresses; a backlog of
    workers that read a queue.`,
    'workload: { cpu: 5ms }\nworkloads: { tag: { cpu: 5ms } }',
    'workloads: { resize: { cpu: 400ms }, tag: { cpu: 5ms } }',
  ),
  'missing-workload': entry(
    `It is not said what a request needs: there is no workload, or there are several and the stream of
    traffic does not name its own. Only traces that record durations bring workloads along.`,
    'workloads: { a: { cpu: 5ms }, b: { cpu: 9ms } }\n' +
      'traffic: { main: { executor: constant-arrival-rate, rate: 5/s } }',
    'traffic: { main: { executor: constant-arrival-rate, rate: 5/s, workload: a } }',
  ),
  'unknown-workload': entry(
    'A stream of traffic, or the functions of a Lambda platform, name a workload that is not in the file.',
    'workloads: { resize: { cpu: 5ms } }\ntraffic: { main: { workload: risize, … } }',
    'traffic: { main: { workload: resize, … } }',
  ),
  'no-traffic': entry(
    'The map `traffic` is empty: there would be nothing to simulate.',
    'traffic: {}',
    'traffic: { main: { executor: constant-arrival-rate, rate: 5/s, duration: 1h } }',
  ),
  'no-platforms': entry(
    'The map `platforms` is empty: there would be nothing to compare.',
    'platforms: {}',
    'platforms: { lambda: { type: lambda } }',
  ),
  'warmup-too-long': entry(
    `Latency, cold starts and capacity count from the end of the warm-up to the end of the window. A
    warm-up as long as the window leaves nothing to count.`,
    'duration: 10m\nwarmup: 10m',
    'duration: 40m\nwarmup: 10m',
  ),
  'bad-threshold': entry(
    `A threshold is a statistic, a comparison and a limit with its unit: p(95)<1s, avg, med and max for
    latency; rate<0.1% and count<5 for failed and coldStarts; month<$500 and perMillion<$20 for cost;
    avg<80% for utilization. Comparisons are <, <=, > and >=.`,
    "cost: ['month<500']",
    "cost: ['month<$500']",
  ),
  'unknown-metric': entry(
    'Thresholds are about latency, failed, cost, coldStarts and utilization, of all platforms or of one.',
    "latencies: ['p(95)<1s']",
    "latency: ['p(95)<1s']",
  ),
  'unknown-platform': entry(
    'A threshold or the command line names a platform that is not in the file.',
    "'latency{platform:lamda}': ['p(99)<2s']",
    "'latency{platform:lambda}': ['p(99)<2s']",
  ),
  'unknown-region': entry(
    'There are no prices for this region, and a cost without prices would be a guess.',
    'region: us-east1',
    'region: us-east-1',
  ),
  'contradictory-distribution': entry(
    `The options of a distribution cannot all be true: a minimum above the maximum, or a p99 that no
    lognormal law of this mean has. A lognormal law is given by two of mean, median, p90, p95, p99 and
    cv.`,
    '{ distribution: lognormal, median: 400ms, p99: 300ms }',
    '{ distribution: lognormal, median: 400ms, p99: 900ms }',
  ),
};
