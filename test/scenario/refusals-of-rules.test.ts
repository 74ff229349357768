import { describe, expect, it } from 'vitest';
import { placeOf, refusal, small } from './fixtures.ts';
import { type Case, head, platform, refuses, tail, threshold, traffic } from './refusal-cases.ts';

const relations: Case[] = [
  [
    'both forms of workload',
    'conflicting-keys',
    'keep `workload` for one',
    tail('¦workloads: { a: { cpu: 1s } }'),
  ],
  [
    'a workload that is not there',
    'unknown-workload',
    'there is only one',
    traffic('{ executor: constant-arrival-rate, rate: 1/s, duration: 1m, workload: ¦resize }'),
  ],
  [
    'a slip in a workload',
    'unknown-workload',
    'did you mean `resize`?',
    small({
      workload: 'workloads: { resize: { cpu: 1s }, tag: { cpu: 1s } }',
      traffic:
        'traffic:\n  main: { executor: constant-arrival-rate, rate: 1/s, duration: 1m, workload: ¦risize }',
    }),
  ],
  [
    'several workloads and none named',
    'missing-workload',
    '`a` or `b`',
    small({
      workload: 'workloads: { a: { cpu: 1s }, b: { cpu: 1s } }',
      traffic: 'traffic:\n  ¦main: { executor: constant-arrival-rate, rate: 1/s, duration: 1m }',
    }),
  ],
  ['no workload', 'missing-workload', 'add `workload`', `¦${small({ workload: '' })}`],
  ['no traffic', 'no-traffic', 'name a stream', small({ traffic: '¦traffic: {}' })],
  ['no platforms', 'no-platforms', 'name a platform', small({ platforms: '¦platforms: {}' })],
  [
    'a warm-up as long as the window',
    'warmup-too-long',
    'shorter `warmup`',
    head('duration: 10m\nwarmup: ¦10m'),
  ],
  [
    'a name that is empty',
    'invalid-name',
    '1 to 64',
    small({ platforms: 'platforms:\n  ¦"": { type: lambda }' }),
  ],
  [
    'a name that is too long',
    'invalid-name',
    '1 to 64',
    small({ platforms: `platforms:\n  ¦${'x'.repeat(65)}: { type: lambda }` }),
  ],
  [
    'a control character in a name',
    'invalid-name',
    'printable',
    small({
      traffic: 'traffic:\n  ¦"a\\u001b[31m": { executor: constant-arrival-rate, rate: 1/s, duration: 1m }',
    }),
  ],
  [
    'a bidi override in a name',
    'invalid-name',
    'printable',
    small({ platforms: 'platforms:\n  ¦"a\\u202eb": { type: lambda }' }),
  ],
];

const future: Case[] = [
  [
    'a format of traces',
    'not-yet-modelled',
    /modelled: .*`timestamps`/,
    traffic('{ executor: replay, file: a.csv, format: ¦azure-functions-2021 }'),
  ],
  [
    'a key of a platform',
    'not-yet-modelled',
    'leave it out',
    platform('{ type: ec2, instanceType: c7g.large, ¦lifecycleHooks: [] }'),
  ],
];

const thresholds: Case[] = [
  ['money without a sign', 'bad-threshold', '`$500`', threshold('cost', "¦'month<500'")],
  ['a time without a unit', 'bad-threshold', '`1ms` or `1s`', threshold('latency', "¦'p(95)<1'")],
  ['a percentile without brackets', 'bad-threshold', '`p(95)`', threshold('latency', "¦'p95<1s'")],
  ['a percentile above 100', 'bad-threshold', 'at most 100', threshold('latency', "¦'p(101)<1s'")],
  ['another statistic', 'bad-threshold', '`p(95)<1s`', threshold('latency', "¦'rate<1%'")],
  [
    'a slip in a statistic',
    'bad-threshold',
    'did you mean `perMillion`?',
    threshold('cost', "¦'permillion<$5'"),
  ],
  ['equality', 'bad-threshold', '`<`, `<=`, `>` or `>=`', threshold('latency', "¦'p(95)==1s'")],
  ['a share above 1', 'bad-threshold', '`5%`', threshold('failed', "¦'rate<5'")],
  ['a count with a fraction', 'bad-threshold', 'a whole number', threshold('failed', "¦'count<0.5'")],
  ['no threshold at all', 'bad-threshold', '`p(95)<1s`', threshold('latency', "¦'fast'")],
  [
    'an unknown metric',
    'unknown-metric',
    'did you mean `latency`?',
    tail("thresholds:\n  ¦latencyy: ['p(95)<1s']"),
  ],
  [
    'an unknown platform',
    'unknown-platform',
    'did you mean `lambda`?',
    tail("thresholds:\n  ¦'latency{platform:lamda}': ['p(95)<1s']"),
  ],
  [
    'another scope',
    'bad-threshold',
    '`latency{platform:lambda}`',
    tail("thresholds:\n  ¦'latency{stream:main}': ['p(95)<1s']"),
  ],
];

refuses('rules between keys', relations);
refuses('what is not modelled yet', future);
refuses('thresholds', thresholds);

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
    expect(parsed.problems.map((each) => each.help)).toEqual([
      'did you mean `rate`?',
      'did you mean `duration`?',
    ]);
  });

  it('of two slips are two', () => {
    const parsed = refusal(platform('{ type: ec2, colour: red }'));
    expect(parsed.problems.map((each) => each.code).toSorted()).toEqual(['missing-key', 'unknown-key']);
  });
});
