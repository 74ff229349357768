import { describe, expect, it } from 'vitest';
import { marked, placeOf, refusal, small } from './fixtures.ts';

/** A bad file with `¦` before the caret's place, the code it is refused with, and a part of the remedy. */
type Case = readonly [what: string, code: string, help: string | RegExp, file: string];

const traffic = (stream: string) => small({ traffic: `traffic:\n  main: ${stream}` });
const platform = (options: string) => small({ platforms: `platforms:\n  p: ${options}` });
const workload = (options: string) => small({ workload: `workload: { ${options} }` });
const tail = (lines: string) => small({ tail: lines });
const head = (lines: string) => small({ head: lines });
const threshold = (metric: string, rule: string) => tail(`thresholds:\n  ${metric}: [${rule}]`);

const keys: Case[] = [
  ['a slip in a key', 'unknown-key', 'did you mean `duration`?', traffic('{ executor: ramping-arrival-rate, stages: [{ ¦durration: 1m, target: 5/s }] }')],
  ['another case', 'unknown-key', 'did you mean `memorySize`?', platform('{ type: lambda, ¦MemorySize: 512 }')],
  ['underscores', 'unknown-key', 'did you mean `instanceType`?', platform('{ type: ec2, ¦instance_type: c7g.large }')],
  ['a key of nothing', 'unknown-key', 'known keys: `version`', tail('¦colour: red')],
  ['another platform’s key', 'unknown-key', /did you mean|known keys: `type`, `memorySize`/, platform('{ type: lambda, ¦instanceType: c7g.large }')],
  ['a key of a distribution', 'unknown-key', 'did you mean `mean`?', workload('cpu: { distribution: exponential, ¦meen: 5s }')],
  ['a key in a nullable distribution', 'unknown-key', 'did you mean `mean`?', workload('cpu: 1s, queueTimeout: { distribution: exponential, ¦meen: 5s }')],
  ['a missing version', 'missing-key', 'add `version: 1`', '¦name: a\nworkload: { cpu: 1s }\ntraffic: { m: { executor: constant-arrival-rate, rate: 1/s, duration: 1m } }\nplatforms: { l: { type: lambda } }'],
  ['a missing key of a platform', 'missing-key', 'add `instanceType`', small({ platforms: 'platforms:\n  ¦p: { type: ec2 }' })],
  ['a missing type', 'missing-key', /`ec2`.*`lambda`/, small({ platforms: 'platforms:\n  ¦p: { memorySize: 512 }' })],
  ['a missing executor', 'missing-key', /`constant-arrival-rate`/, small({ traffic: 'traffic:\n  ¦main: { rate: 5/s }' })],
  ['a missing key of a list’s item', 'missing-key', 'add `target: 50/s`', traffic('{ executor: ramping-arrival-rate, stages: [¦{ duration: 1m }] }')],
  ['a missing cpu', 'missing-key', 'add `cpu', small({ workload: '¦workload: { wait: 1s }' })],
];

const values: Case[] = [
  ['a duration without a unit', 'invalid-value', '`10s`, `10ms` or `10m`', head('duration: ¦10')],
  ['a rate without a unit', 'invalid-value', '`5/s`, `5/min` or `5/h`', traffic('{ executor: constant-arrival-rate, rate: ¦5, duration: 1m }')],
  ['a size without a unit', 'invalid-value', '`220MB`', workload('cpu: 1s, memory: ¦220')],
  ['a unit on a plain number', 'invalid-value', 'a number of MB: `1769`', platform('{ type: lambda, memorySize: ¦1769MB }')],
  ['GB on a number of MB', 'invalid-value', 'a number of MB: `2048`', platform('{ type: lambda, memorySize: ¦2GB }')],
  ['a quoted number', 'invalid-value', 'without quotes or signs: `1769`', platform('{ type: lambda, memorySize: ¦"1769" }')],
  ['an underscore in a number', 'invalid-value', '`1769`', platform('{ type: lambda, memorySize: ¦1_769 }')],
  ['a percentage for a share', 'invalid-value', '`0.001`', workload('cpu: 1s, errorRate: ¦0.1%')],
  ['yes', 'invalid-value', 'write `true`', tail('billing: { freeTier: ¦yes }')],
  ['a number for a name', 'invalid-value', '`"5"`', head('name: ¦5')],
  ['an unknown distribution', 'invalid-value', 'did you mean `lognormal`?', workload('cpu: { distribution: ¦lognormall, mean: 1s, p99: 2s }')],
  ['an unknown distribution in a mixture', 'invalid-value', 'did you mean `gamma`?', workload('cpu: { distribution: mixture, components: [{ weight: 1, distribution: ¦gama, mean: 1s, cv: 2 }] }')],
  ['an unknown type', 'invalid-value', 'did you mean `lambda`?', platform('{ type: ¦lamda }')],
  ['an unknown executor', 'invalid-value', 'did you mean `constant-arrival-rate`?', traffic('{ executor: ¦constant-arival-rate, rate: 5/s }')],
  ['an unknown architecture', 'invalid-value', 'did you mean `arm64`?', platform('{ type: lambda, architectures: [¦arm65] }')],
  ['an unknown metric of scaling', 'invalid-value', 'did you mean `ASGAverageCPUUtilization`?', platform('{ type: ec2, instanceType: c7g.large, targetTracking: { metric: ¦ASGAverageCpuUtilisation, targetValue: 60 } }')],
  ['an unknown front door', 'invalid-value', 'did you mean `alb`?', platform('{ type: ec2, instanceType: c7g.large, frontDoor: { type: ¦albb } }')],
  ['a text for a distribution', 'invalid-value', '`400ms`', workload('cpu: ¦fast')],
  ['a list for a map', 'invalid-value', /.*/, small({ workload: 'workload: ¦[cpu]' })],
  ['a text for a list', 'invalid-value', "write a list: `['p(95)<1s']`", tail('thresholds:\n  latency: ¦p(95)<1s')],
  ['a key without a value', 'invalid-value', 'give it a value', tail('¦thresholds:')],
  ['a day that does not exist', 'invalid-value', '`2026-01-05T00:00:00Z`', head('startAt: ¦2026-02-30T00:00:00Z')],
  ['no window', 'invalid-value', '`40m`', head('duration: ¦0s')],
  ['another version', 'invalid-value', /.*/, small().replace('version: 1', 'version: ¦2')],
  ['a region without prices', 'unknown-region', 'did you mean `us-east-1`?', head('region: ¦us-eats-1')],
  ['a bare price', 'invalid-value', '`$5`', tail('billing: { prices: { lambda.requests: ¦5 } }')],
];

const numbers: Case[] = [
  ['below the range', 'invalid-value', /.*/, platform('{ type: lambda, memorySize: ¦64 }')],
  ['above the range', 'invalid-value', /.*/, platform('{ type: lambda, memorySize: ¦20000 }')],
  ['a fraction', 'invalid-value', /.*/, platform('{ type: lambda, memorySize: ¦512.5 }')],
  ['not a number', 'invalid-value', /.*/, platform('{ type: lambda, memorySize: ¦.nan }')],
  ['infinity', 'invalid-value', /.*/, platform('{ type: lambda, memorySize: ¦.inf }')],
  ['1e308', 'invalid-value', /.*/, head('seed: ¦1e308')],
  ['a negative seed', 'invalid-value', /.*/, head('seed: ¦-1')],
  ['a fractional count', 'invalid-value', /.*/, head('replications: ¦2.5')],
  ['a share above 1', 'invalid-value', /.*/, workload('cpu: 1s, errorRate: ¦1.5')],
  ['a negative duration', 'invalid-value', /a number and a unit/, head('warmup: ¦-5s')],
  ['an endless duration', 'invalid-value', 'a hundred years', head('duration: ¦1e300d')],
  ['an endless rate', 'invalid-value', 'at most 1000000000/s', traffic('{ executor: constant-arrival-rate, rate: ¦1e300/s, duration: 1m }')],
  ['an endless size', 'invalid-value', 'at most 1000TB', workload('cpu: 1s, memory: ¦1e9TB')],
];

const relations: Case[] = [
  ['both forms of workload', 'conflicting-keys', 'keep `workload` for one', tail('¦workloads: { a: { cpu: 1s } }')],
  ['a workload that is not there', 'unknown-workload', 'there is only one', traffic('{ executor: constant-arrival-rate, rate: 1/s, duration: 1m, workload: ¦resize }')],
  ['a slip in a workload', 'unknown-workload', 'did you mean `resize`?', small({ workload: 'workloads: { resize: { cpu: 1s }, tag: { cpu: 1s } }', traffic: 'traffic:\n  main: { executor: constant-arrival-rate, rate: 1/s, duration: 1m, workload: ¦risize }' })],
  ['several workloads and none named', 'missing-workload', '`a` or `b`', small({ workload: 'workloads: { a: { cpu: 1s }, b: { cpu: 1s } }', traffic: 'traffic:\n  ¦main: { executor: constant-arrival-rate, rate: 1/s, duration: 1m }' })],
  ['no workload', 'missing-workload', 'add `workload`', `¦${small({ workload: '' })}`],
  ['no traffic', 'no-traffic', 'name a stream', small({ traffic: '¦traffic: {}' })],
  ['no platforms', 'no-platforms', 'name a platform', small({ platforms: '¦platforms: {}' })],
  ['a warm-up as long as the window', 'warmup-too-long', 'shorter `warmup`', head('duration: 10m\nwarmup: ¦10m')],
  ['a name that is empty', 'invalid-name', '1 to 64', small({ platforms: 'platforms:\n  ¦"": { type: lambda }' })],
  ['a name that is too long', 'invalid-name', '1 to 64', small({ platforms: `platforms:\n  ¦${'x'.repeat(65)}: { type: lambda }` })],
  ['a control character in a name', 'invalid-name', 'printable', small({ traffic: 'traffic:\n  ¦"a\\u001b[31m": { executor: constant-arrival-rate, rate: 1/s, duration: 1m }' })],
  ['a bidi override in a name', 'invalid-name', 'printable', small({ platforms: 'platforms:\n  ¦"a\\u202eb": { type: lambda }' })],
];

const future: Case[] = [
  ['an executor', 'not-yet-modelled', /modelled: .*`constant-arrival-rate`/, traffic('{ executor: ¦schedule, rate: rate(5 minutes) }')],
  ['ECS', 'not-yet-modelled', /modelled: .*`ec2`, .*`lambda`/, platform('{ type: ¦ecs, cpu: 512 }')],
  ['EKS', 'not-yet-modelled', /modelled: .*`ec2`, .*`lambda`/, platform('{ type: ¦eks }')],
  ['a format of traces', 'not-yet-modelled', /modelled: .*`timestamps`/, traffic('{ executor: replay, file: a.csv, format: ¦azure-functions-2021 }')],
  ['savings plans', 'not-yet-modelled', 'leave the list empty', tail('billing: { savingsPlans: ¦[{ type: compute }] }')],
  ['reserved instances', 'not-yet-modelled', 'leave the list empty', tail('billing: { reservedInstances: ¦[{ count: 2 }] }')],
  ['a key of a platform', 'not-yet-modelled', 'leave it out', platform('{ type: ec2, instanceType: c7g.large, ¦warmPool: {} }')],
];

const thresholds: Case[] = [
  ['money without a sign', 'bad-threshold', '`$500`', threshold('cost', "¦'month<500'")],
  ['a time without a unit', 'bad-threshold', '`1ms` or `1s`', threshold('latency', "¦'p(95)<1'")],
  ['a percentile without brackets', 'bad-threshold', '`p(95)`', threshold('latency', "¦'p95<1s'")],
  ['a percentile above 100', 'bad-threshold', 'at most 100', threshold('latency', "¦'p(101)<1s'")],
  ['another statistic', 'bad-threshold', '`p(95)<1s`', threshold('latency', "¦'rate<1%'")],
  ['a slip in a statistic', 'bad-threshold', 'did you mean `perMillion`?', threshold('cost', "¦'permillion<$5'")],
  ['equality', 'bad-threshold', '`<`, `<=`, `>` or `>=`', threshold('latency', "¦'p(95)==1s'")],
  ['a share above 1', 'bad-threshold', '`5%`', threshold('failed', "¦'rate<5'")],
  ['a count with a fraction', 'bad-threshold', 'a whole number', threshold('failed', "¦'count<0.5'")],
  ['no threshold at all', 'bad-threshold', '`p(95)<1s`', threshold('latency', "¦'fast'")],
  ['an unknown metric', 'unknown-metric', 'did you mean `latency`?', tail("thresholds:\n  ¦latencyy: ['p(95)<1s']")],
  ['an unknown platform', 'unknown-platform', 'did you mean `lambda`?', tail("thresholds:\n  ¦'latency{platform:lamda}': ['p(95)<1s']")],
  ['another scope', 'bad-threshold', '`latency{platform:lambda}`', tail("thresholds:\n  ¦'latency{stream:main}': ['p(95)<1s']")],
];

describe.each([
  ['keys', keys],
  ['values', values],
  ['numbers', numbers],
  ['rules between keys', relations],
  ['what is not modelled yet', future],
  ['thresholds', thresholds],
] as const)('refuses, of %s,', (_, cases) => {
  it.each(cases)('%s', (_what, code, help, file) => {
    const { text, place } = marked(file);
    const parsed = refusal(text);
    const [problem] = parsed.problems;
    expect(parsed.problems.map((each) => each.code)).toEqual([code]);
    expect(placeOf(problem!, parsed)).toBe(place);
    if (typeof help === 'string') expect(problem?.help).toContain(help);
    else expect(problem?.help ?? '').toMatch(help);
  });
});

describe('a range', () => {
  it.each([
    ['memorySize: 64', 'from 128 to 10240, not `64`'],
    ['memorySize: .inf', 'from 128 to 10240, not `Infinity`'],
    ['memorySize: 1e308', 'from 128 to 10240, not `1e+308`'],
  ])('is told for %s', (option, message) => {
    expect(refusal(platform(`{ type: lambda, ${option} }`)).problems[0]?.message).toContain(message);
  });
});

describe('many problems', () => {
  it('come all at once, in the order of the file', () => {
    const text = [
      'version: 1',
      'seed: -1',
      'warmup: 10',
      'workload: { cpu: { distribution: lognormall }, thread: 2 }',
      'traffic: { main: { executor: constant-arrival-rate, rate: 5 } }',
      'platforms: { a: { type: lambda, memorySize: 1 }, b: { type: ec2 } }',
      "thresholds: { latency: ['p(95)<1'], cost: ['month<5'] }",
    ].join('\n');
    const parsed = refusal(text);
    expect(parsed.problems.map((each) => `${placeOf(each, parsed)} ${each.code}`)).toEqual([
      '2:7 invalid-value',
      '3:9 invalid-value',
      '4:34 invalid-value',
      '4:48 unknown-key',
      '5:59 invalid-value',
      '6:45 invalid-value',
      '6:50 missing-key',
      '7:25 bad-threshold',
      '7:44 bad-threshold',
    ]);
  });

  it('of one slip are one: a mistyped key is not also a missing one', () => {
    const parsed = refusal(traffic('{ executor: constant-arrival-rate, rat: 5/s, durration: 1m }'));
    expect(parsed.problems.map((each) => each.help)).toEqual(['did you mean `rate`?', 'did you mean `duration`?']);
  });

  it('of two slips are two', () => {
    const parsed = refusal(platform('{ type: ec2, colour: red }'));
    expect(parsed.problems.map((each) => each.code).toSorted()).toEqual(['missing-key', 'unknown-key']);
  });
});
