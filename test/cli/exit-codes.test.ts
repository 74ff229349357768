import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { resultSchema } from '../../sim/result/result.ts';
import { breakeven, folderWith, printedResult, scenario } from '../helpers/command.ts';

const held = (lines: string) => folderWith({ 's.yaml': scenario({ tail: `thresholds:\n${lines}` }) });
const run = (cwd: string, ...args: string[]) => breakeven(['run', 's.yaml', '--json', ...args], { cwd });

describe('exit codes', () => {
  test.concurrent('0: thresholds are met', async () => {
    expect((await run(held("  latency: ['p(95)<10s']\n  cost: ['month<$1000']"))).code).toBe(0);
  });

  // Work is 100 ms of CPU, so no platform answers faster; a cold start makes Lambda's slowest take 300 ms at
  // least.
  test.concurrent('1: no platform meets what all are held to', async () => {
    expect((await run(held("  latency: ['med<99ms']"))).code).toBe(1);
  });

  test.concurrent('0, and with --strict 1: one platform does not', async () => {
    const cwd = held("  latency: ['max<290ms']");
    const outcome = await run(cwd);
    const passed = printedResult(outcome).thresholds.map(({ platform, ok }) => [platform, ok]);
    expect(passed).toEqual([
      ['lambda', false],
      ['servers', true],
    ]);
    expect(outcome.code).toBe(0);
    expect((await run(cwd, '--strict')).code).toBe(1);
  });

  test.concurrent('1: a threshold of one platform fails', async () => {
    const cwd = held("  'latency{platform:lambda}': ['max<290ms']");
    expect((await run(cwd)).code).toBe(1);
    expect((await run(cwd, '--platform', 'servers')).code).toBe(0);
  });

  test.concurrent('3, beating 1: a queue without end', async () => {
    // One vCPU's worth of two gets 50/s × 100 ms = 5 vCPUs' worth of work.
    const cwd = folderWith({
      's.yaml': scenario({
        main: '{ executor: constant-arrival-rate, rate: 50/s, duration: 10m }',
        platforms: 'servers: { type: ec2, instanceType: c7g.large }',
        tail: "thresholds: { latency: ['p(95)<1s'] }",
      }),
    });
    const outcome = await breakeven(['run', 's.yaml', '--out', 'results'], { cwd });
    expect(outcome.code).toBe(3);
    expect(outcome.stdout).toMatch(/servers/);
    const result = resultSchema.parse(JSON.parse(readFileSync(join(cwd, 'results/result.json'), 'utf8')));
    expect(result.warnings.map(({ code, platform }) => [code, platform])).toEqual([['overload', 'servers']]);
    expect(result.verdict.cheapestThatPasses).toBeNull();
    expect(result.platforms.servers!.limitedBy).toBe('cpu');
  });
});

describe('Ctrl-C', () => {
  // A minute of simulation at least, in units of less than a second.
  const long = scenario({ main: '{ executor: constant-arrival-rate, rate: 1000/s, duration: 5m }' });

  test.each(['1', '2'])('130: what is complete is written, marked partial, with --jobs %s', async (jobs) => {
    const cwd = folderWith({ 's.yaml': long });
    const args = ['run', 's.yaml', '--out', 'results', '--replications', '1000', '--jobs', jobs];
    const outcome = await breakeven(args, {
      cwd,
      interruptAfter: async () => {
        while (!existsSync(join(cwd, 'results'))) await sleep(50);
        await sleep(3_000);
      },
    });
    expect(outcome.code, outcome.stderr).toBe(130);
    expect(outcome.stderr).toBe('');
    const result = resultSchema.parse(JSON.parse(readFileSync(join(cwd, 'results/result.json'), 'utf8')));
    expect(result.partial).toBe(true);
    // At 1000/s for 300 s: every complete unit has some 300,000 requests, whatever their number.
    for (const { requests } of Object.values(result.platforms)) {
      expect(requests.arrived / 300_000 - Math.round(requests.arrived / 300_000)).toBeCloseTo(0, 1);
    }
    expect(existsSync(join(cwd, 'results/report.html'))).toBe(true);
  });
});
