import { describe, expect, it } from 'vitest';
import { refusal, small } from './fixtures.ts';
import { type Case, head, platform, refuses, tail, traffic, workload } from './refusal-cases.ts';

const limits: Case[] = [
  [
    'the most',
    'invalid-value',
    'the most is `memorySize: 10240`',
    platform('{ type: lambda, memorySize: ¦99999 }'),
  ],
  [
    'the least',
    'invalid-value',
    'the least is `memorySize: 128`',
    platform('{ type: lambda, memorySize: ¦1 }'),
  ],
  [
    'no number at all',
    'invalid-value',
    'it says: memory in MB',
    platform('{ type: lambda, memorySize: ¦.nan }'),
  ],
  [
    'none of the words',
    'invalid-value',
    'write one of them, as `monitoring: detailed`',
    platform('{ type: ec2, instanceType: c7g.large, monitoring: ¦hourly }'),
  ],
  ['the only word', 'invalid-value', 'write `version: 1`', small().replace('version: 1', 'version: ¦2')],
];

const keys: Case[] = [
  [
    'a slip in a key',
    'unknown-key',
    'did you mean `duration`?',
    traffic('{ executor: ramping-arrival-rate, stages: [{ ¦durration: 1m, target: 5/s }] }'),
  ],
  [
    'another case',
    'unknown-key',
    'did you mean `memorySize`?',
    platform('{ type: lambda, ¦MemorySize: 512 }'),
  ],
  [
    'underscores',
    'unknown-key',
    'did you mean `instanceType`?',
    platform('{ type: ec2, ¦instance_type: c7g.large }'),
  ],
  [
    'a schedule of five fields',
    'invalid-value',
    'cron(0 2 * * ? *)',
    traffic("{ executor: schedule, schedule: ¦'cron(0 2 * * *)', duration: 1d }"),
  ],
  [
    'a key of retries',
    'unknown-key',
    'did you mean `attempts`?',
    workload('cpu: 1s, retries: { ¦attemps: 3 }'),
  ],
  ['a key of nothing', 'unknown-key', 'known keys: `version`', tail('¦colour: red')],
  [
    'another platform’s key',
    'unknown-key',
    /did you mean|known keys: `type`, `memorySize`/,
    platform('{ type: lambda, ¦instanceType: c7g.large }'),
  ],
  [
    'a key of a distribution',
    'unknown-key',
    'did you mean `mean`?',
    workload('cpu: { distribution: exponential, ¦meen: 5s }'),
  ],
  [
    'a key in a nullable distribution',
    'unknown-key',
    'did you mean `mean`?',
    workload('cpu: 1s, queueTimeout: { distribution: exponential, ¦meen: 5s }'),
  ],
  ['a missing version', 'missing-key', 'add `version: 1`', small().replace('version: 1\n', '¦')],
  [
    'a missing key of a platform',
    'missing-key',
    'add `instanceType`',
    small({ platforms: 'platforms:\n  ¦p: { type: ec2 }' }),
  ],
  [
    'a missing type',
    'missing-key',
    /`ec2`.*`lambda`/,
    small({ platforms: 'platforms:\n  ¦p: { memorySize: 512 }' }),
  ],
  [
    'a missing executor',
    'missing-key',
    /`constant-arrival-rate`/,
    small({ traffic: 'traffic:\n  ¦main: { rate: 5/s }' }),
  ],
  [
    'a missing key of a list’s item',
    'missing-key',
    'add `target: 50/s`',
    traffic('{ executor: ramping-arrival-rate, stages: [¦{ duration: 1m }] }'),
  ],
  ['a missing cpu', 'missing-key', 'add `cpu', small({ workload: '¦workload: { wait: 1s }' })],
];

const values: Case[] = [
  ['a duration without a unit', 'invalid-value', '`10s`, `10ms` or `10m`', head('duration: ¦10')],
  [
    'a rate without a unit',
    'invalid-value',
    '`5/s`, `5/min` or `5/h`',
    traffic('{ executor: constant-arrival-rate, rate: ¦5, duration: 1m }'),
  ],
  ['a size without a unit', 'invalid-value', '`220MB`', workload('cpu: 1s, memory: ¦220')],
  [
    'a unit on a plain number',
    'invalid-value',
    'a number of MB: `1769`',
    platform('{ type: lambda, memorySize: ¦1769MB }'),
  ],
  [
    'GB on a number of MB',
    'invalid-value',
    'a number of MB: `2048`',
    platform('{ type: lambda, memorySize: ¦2GB }'),
  ],
  [
    'a quoted number',
    'invalid-value',
    'without quotes or signs: `1769`',
    platform('{ type: lambda, memorySize: ¦"1769" }'),
  ],
  ['an underscore in a number', 'invalid-value', '`1769`', platform('{ type: lambda, memorySize: ¦1_769 }')],
  ['a percentage for a share', 'invalid-value', '`0.001`', workload('cpu: 1s, errorRate: ¦0.1%')],
  ['yes', 'invalid-value', 'write `true`', tail('billing: { freeTier: ¦yes }')],
  ['a number for a name', 'invalid-value', '`"5"`', head('name: ¦5')],
  [
    'an unknown distribution',
    'invalid-value',
    'did you mean `lognormal`?',
    workload('cpu: { distribution: ¦lognormall, mean: 1s, p99: 2s }'),
  ],
  [
    'an unknown distribution in a mixture',
    'invalid-value',
    'did you mean `gamma`?',
    workload(
      'cpu: { distribution: mixture, components: [{ weight: 1, distribution: ¦gama, mean: 1s, cv: 2 }] }',
    ),
  ],
  ['an unknown type', 'invalid-value', 'did you mean `lambda`?', platform('{ type: ¦lamda }')],
  [
    'an unknown executor',
    'invalid-value',
    'did you mean `constant-arrival-rate`?',
    traffic('{ executor: ¦constant-arival-rate, rate: 5/s }'),
  ],
  [
    'an unknown architecture',
    'invalid-value',
    'did you mean `arm64`?',
    platform('{ type: lambda, architectures: [¦arm65] }'),
  ],
  [
    'an unknown metric of scaling',
    'invalid-value',
    'did you mean `ASGAverageCPUUtilization`?',
    platform(
      '{ type: ec2, instanceType: t3.nano, targetTracking: { targetValue: 60, metric: ¦ASGAverageCpu } }',
    ),
  ],
  [
    'an unknown front door',
    'invalid-value',
    'did you mean `alb`?',
    platform('{ type: ec2, instanceType: c7g.large, frontDoor: { type: ¦albb } }'),
  ],
  ['a text for a distribution', 'invalid-value', '`400ms`', workload('cpu: ¦fast')],
  [
    'the name of a distribution alone',
    'invalid-value',
    'write it as `{ distribution: lognormal, … }`',
    workload('cpu: ¦lognormal'),
  ],
  [
    'a duration for a map',
    'invalid-value',
    'known keys: `setup`, `init`',
    platform('{ type: lambda, coldStart: ¦300ms }'),
  ],
  ['two architectures', 'invalid-value', /.*/, platform('{ type: lambda, architectures: ¦[arm64, x86_64] }')],
  ['a list for a map', 'invalid-value', 'known keys: `cpu`, `wait`', small({ workload: 'workload: ¦[cpu]' })],
  [
    'a text for a list',
    'invalid-value',
    "write a list: `['p(95)<1s']`",
    tail('thresholds:\n  latency: ¦p(95)<1s'),
  ],
  ['a key without a value', 'invalid-value', 'give it a value', tail('¦thresholds:')],
  [
    'a day that does not exist',
    'invalid-value',
    '`2026-01-05T00:00:00Z`',
    head('startAt: ¦2026-02-30T00:00:00Z'),
  ],
  ['no window', 'invalid-value', '`40m`', head('duration: ¦0s')],
  ['another version', 'invalid-value', /.*/, small().replace('version: 1', 'version: ¦2')],
  ['a region without prices', 'unknown-region', 'did you mean `us-east-1`?', head('region: ¦us-eats-1')],
  ['a region like none', 'unknown-region', 'billing.prices', head('region: ¦us-west-2')],
  ['a unit by another name', 'invalid-value', 'did you mean `5ms`?', workload('cpu: ¦5 msec')],
  [
    'a rate per second by another name',
    'invalid-value',
    'did you mean `5/s`?',
    traffic('{ executor: constant-arrival-rate, rate: ¦5rps, duration: 1m }'),
  ],
  [
    'a rate with a long unit',
    'invalid-value',
    'did you mean `5/m`?',
    traffic('{ executor: constant-arrival-rate, rate: ¦5/minutes, duration: 1m }'),
  ],
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
  [
    'an endless rate',
    'invalid-value',
    'at most 1000000000/s',
    traffic('{ executor: constant-arrival-rate, rate: ¦1e300/s, duration: 1m }'),
  ],
  ['an endless size', 'invalid-value', 'at most 1000TB', workload('cpu: 1s, memory: ¦1e9TB')],
];

refuses('limits and words', limits);
refuses('keys', keys);
refuses('values', values);
refuses('numbers', numbers);

describe('a range', () => {
  it.each([
    ['memorySize: 64', 'from 128 to 10240, not `64`'],
    ['memorySize: .inf', 'from 128 to 10240, not `Infinity`'],
    ['memorySize: 1e308', 'from 128 to 10240, not `1e+308`'],
  ])('is told for %s', (option, message) => {
    expect(refusal(platform(`{ type: lambda, ${option} }`)).problems[0]?.message).toContain(message);
  });
});
