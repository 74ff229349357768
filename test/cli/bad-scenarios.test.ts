import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { breakeven, expectRefusal, folderWith, marked, scenario } from '../helpers/command.ts';

const rate = (text: string) =>
  scenario({ main: `{ executor: constant-arrival-rate, rate: ${text}, duration: 10m }` });
const servers = (text: string) =>
  scenario({ platforms: `servers: { type: ec2, instanceType: c7g.large, ${text} }` });

/** What is wrong, the file with a `¦` where the caret must stand, the code, and what the remedy says. */
const CASES: readonly (readonly [string, string, string, RegExp])[] = [
  [
    'an open brace',
    scenario({ workload: '{ cpu: 100ms' }).replace('traffic', '¦traffic'),
    'bad-yaml',
    /= help: /,
  ],
  ['a tab', scenario().replace('  main', '¦\tmain'), 'bad-yaml', /indent with spaces/],
  ['a duplicate key', scenario({ workload: '{ cpu: 1ms, ¦cpu: 2ms }' }), 'duplicate-key', /remove one/],
  ['an unknown key', servers('¦minSise: 2'), 'unknown-key', /did you mean `minSize`\?/],
  ['an unknown platform type', scenario({ platforms: 'l: { type: ¦lamda }' }), 'invalid-value', /`lambda`/],
  ['a number without a unit', scenario({ workload: '{ cpu: ¦100 }' }), 'invalid-value', /`100ms`/],
  [
    'the unit of another dimension',
    scenario({ workload: '{ cpu: ¦5MB }' }),
    'invalid-value',
    /no unit of time/,
  ],
  [
    'a memory size in GB',
    scenario({ platforms: 'l: { type: lambda, memorySize: ¦2GB }' }),
    'invalid-value',
    /2048|number/,
  ],
  ['a negative rate', rate('¦-5/s'), 'invalid-value', /`50\/s`/],
  ['a rate of 1e308', rate('¦1e308/s'), 'invalid-value', /at most/],
  ['a rate of infinity', rate('¦.inf'), 'invalid-value', /such as `50\/s`/],
  ['a rate that is no number', rate('¦.nan'), 'invalid-value', /such as `50\/s`/],
  ['a negative duration', scenario({ workload: '{ cpu: ¦-1ms }' }), 'invalid-value', /`400ms`/],
  ['a duration of 1e308 s', scenario({ workload: '{ cpu: ¦1e308s }' }), 'invalid-value', /a hundred years/],
  ['a negative count', servers('minSize: ¦-2'), 'invalid-value', /from 0 to 10000/],
  ['a count of 1e308', servers('minSize: ¦1e308'), 'invalid-value', /from 0 to 10000/],
  [
    'a share above one',
    scenario({ workload: '{ cpu: 1ms, errorRate: ¦2 }' }),
    'invalid-value',
    /from 0 to 1/,
  ],
  ['a minimum above the maximum', servers('minSize: ¦5, maxSize: 2'), 'out-of-range', /minSize ≤/],
  ['no traffic', scenario().replace(/traffic:\n.*/, '¦traffic: {}'), 'no-traffic', /executor/],
  ['no platforms', scenario().replace(/platforms:[\s\S]*/, '¦platforms: {}\n'), 'no-platforms', /type/],
  [
    'no end',
    scenario({ main: '{ executor: constant-arrival-rate, rate: 5/s }' }).replace('main', '¦main'),
    'missing-duration',
    /duration: 1h/,
  ],
  [
    'a threshold of no platform',
    scenario({ tail: "thresholds: { ¦'latency{platform:lamda}': ['p(99)<1s'] }" }),
    'unknown-platform',
    /did you mean `lambda`/,
  ],
  [
    'a threshold of no metric',
    scenario({ tail: "thresholds: { ¦latencies: ['p(99)<1s'] }" }),
    'unknown-metric',
    /did you mean `latency`/,
  ],
  [
    'a threshold without a unit',
    scenario({ tail: "thresholds: { latency: [¦'p(99)<1'] }" }),
    'bad-threshold',
    /`1s`/,
  ],
  [
    'a program too large for Lambda',
    scenario({ workload: '{ cpu: 1ms, memory: 20GB }', platforms: 'l: ¦{ type: lambda }' }),
    'does-not-fit',
    /no function can have more than 10240/,
  ],
  [
    'a program too large for the instance',
    scenario({
      workload: '{ cpu: 1ms, memory: 8GB }',
      platforms: 's: { type: ec2, instanceType: ¦c7g.large }',
    }),
    'does-not-fit',
    /7630 MiB or more/,
  ],
  [
    'an unknown instance type',
    scenario({ platforms: 's: { type: ec2, instanceType: ¦c7g.lage }' }),
    'unknown-instance-type',
    /`c7g.large`/,
  ],
  ['an empty file', '¦', 'empty-file', /version: 1/],
  ['a file of comments', '¦# nothing yet\n', 'empty-file', /version: 1/],
];

describe('a bad scenario is refused before anything is written', () => {
  test.concurrent.each(CASES)('%s', async (_, text, code, remedy) => {
    const file = marked(text);
    const cwd = folderWith({ 'bad.yaml': file.text });
    const outcome = await breakeven(['run', 'bad.yaml', '--out', 'results'], { cwd });
    expectRefusal(outcome, { code, place: `bad.yaml:${file.place}`, remedy });
    expect(outcome.stderr).toMatch(/\n +\| +\^/);
    expect(existsSync(join(cwd, 'results'))).toBe(false);
  });

  test.concurrent('every problem is told at once, ten at most', async () => {
    const wrong = Array.from({ length: 14 }, (_, index) => `  p${index}: { type: lambda, memorySize: 1 }`);
    const cwd = folderWith({ 'bad.yaml': scenario({ platforms: wrong.join('\n').trim() }) });
    const outcome = await breakeven(['validate', 'bad.yaml'], { cwd });
    expectRefusal(outcome, { code: 'invalid-value', remedy: /from 128 to 10240/ });
    expect(outcome.stderr.match(/error\[/g)).toHaveLength(10);
    expect(outcome.stderr).toContain('and 4 more');
  });

  test.concurrent('a file of random bytes', async () => {
    // A fixed pseudo-random sequence (the multiplier of Park and Miller, 1988).
    let state = 1;
    const bytes = Buffer.alloc(4096);
    for (let index = 0; index < bytes.length; index++) {
      state = (state * 48_271) % 2_147_483_647;
      bytes[index] = state & 255;
    }
    const outcome = await breakeven(['run', 'bad.yaml'], { cwd: folderWith({ 'bad.yaml': bytes }) });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/^error\[[a-z-]+\]: /);
    expect(outcome.stderr).toMatch(/--> bad\.yaml:\d+:\d+/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may reach a terminal
    expect(outcome.stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
  });

  test.concurrent('too much work, unless it is forced', async () => {
    const long = rate('50000/s').replace('duration: 10m', 'duration: 30d');
    const cwd = folderWith({ 'long.yaml': long });
    const outcome = await breakeven(['run', 'long.yaml'], { cwd });
    expectRefusal(outcome, { code: 'too-much-work', place: 'long.yaml', remedy: /--force/ });
    // 50,000/s for 30 days on two platforms: 2.592e11.
    expect(outcome.stderr).toMatch(/= 259 billion requests/);
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });
});
