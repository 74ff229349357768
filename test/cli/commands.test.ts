import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explanations } from '../../sim/problems/explain.ts';
import { version } from '../../sim/version.ts';
import { breakeven, expectRefusal, folderWith, scenario } from '../helpers/command.ts';

const inFolder = (...args: string[]) => breakeven(args, { cwd: folderWith({ 's.yaml': scenario() }) });

describe('the command line', () => {
  test.concurrent('tells its version and its commands', async () => {
    expect(await inFolder('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    const help = await inFolder('--help');
    expect([help.code, help.stderr]).toEqual([0, '']);
    for (const word of ['init', 'validate', 'run', 'prices', 'schema', 'explain', 'Exit codes']) {
      expect(help.stdout).toContain(word);
    }
  });

  test.concurrent.each([
    ['no command', []],
    ['an unknown command', ['rum', 's.yaml']],
    ['an unknown option', ['run', 's.yaml', '--sed', '1']],
    ['an unknown word', ['run', 's.yaml', 'other.yaml']],
    ['an unknown command of prices', ['prices', 'shwo']],
    ['no scenario', ['run']],
    ['a seed that is none', ['run', 's.yaml', '--seed', 'one']],
    ['a seed twice', ['run', 's.yaml', '--seed', '1', '--seed', '2']],
    ['a fraction of a replication', ['run', 's.yaml', '--replications', '1.5']],
    ['no job at all', ['run', 's.yaml', '--jobs', '0']],
    ['an edit without a value', ['run', 's.yaml', '--set', 'seed']],
  ])('is refused: %s', async (_, args) => {
    expectRefusal(await inFolder(...args), { code: 'command-line' });
  });

  test.concurrent.each([
    ['unknown-platform', ['run', 's.yaml', '--platform', 'lamda'], /did you mean `lambda`/],
    ['unknown-path', ['run', 's.yaml', '--set', 'platforms.lamda.memorySize=1'], /did you mean `lambda`/],
    ['unknown-key', ['run', 's.yaml', '--set', 'durration=1h'], /did you mean `duration`/],
    ['invalid-value', ['run', 's.yaml', '--set', 'workload.cpu=100'], /`100ms`/],
    ['bad-edit', ['run', 's.yaml', '--set', 'workload.cpu=[1'], /bracket/],
    ['unknown-template', ['init', 'x', '--template', 'nope'], /image-resize/],
    ['unknown-code', ['explain', 'unknown-keys'], /did you mean `unknown-key`/],
    ['unknown-instance-type', ['prices', 'show', 'c7g.lage'], /`c7g.large`/],
    ['unknown-region', ['prices', 'list', '--region', 'moon-1'], /us-east-1/],
  ])('is refused with %s', async (code, args, remedy) => {
    expectRefusal(await inFolder(...args), { code, remedy });
  });

  test.concurrent('shows a stack trace only with --debug', async () => {
    expect((await inFolder('run', 'nope.yaml', '--debug')).stderr).toMatch(/\n +at /);
  });
});

describe('init', () => {
  test.concurrent('writes a scenario that runs, and never over a file', async () => {
    const cwd = folderWith();
    const first = await breakeven(['init'], { cwd });
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(readdirSync(cwd).sort()).toEqual(['scenario.schema.json', 'scenario.yaml']);
    const text = readFileSync(join(cwd, 'scenario.yaml'), 'utf8');
    expect(text).toContain('$schema=./scenario.schema.json');

    const again = await breakeven(['init', '.'], { cwd });
    expectRefusal(again, { code: 'would-overwrite', remedy: /breakeven init DIR/ });
    expect(readFileSync(join(cwd, 'scenario.yaml'), 'utf8')).toBe(text);

    expect((await breakeven(['validate', 'scenario.yaml'], { cwd })).stdout).toBe('scenario.yaml: valid\n');
    const run = await breakeven(['run', 'scenario.yaml', '--replications', '1', '--quiet'], { cwd });
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(readdirSync(join(cwd, 'out/image-resize'))).toContain('report.html');
  });

  test.concurrent('cannot write where a file is in the way', async () => {
    expectRefusal(await inFolder('init', 's.yaml'), {
      code: 'unwritable-output',
      remedy: /breakeven init DIR/,
    });
  });
});

describe('look-ups', () => {
  test.concurrent('validate judges every file', async () => {
    const cwd = folderWith({ 'a.yaml': scenario(), 'b.yaml': 'version: 2\n', 'c.yaml': scenario() });
    const outcome = await breakeven(['validate', 'a.yaml', 'b.yaml', 'c.yaml'], { cwd });
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toBe('a.yaml: valid\nc.yaml: valid\n');
    expect(outcome.stderr).toContain('--> b.yaml:1:10');
  });

  test.concurrent('validate warns of what will never happen, with its place', async () => {
    const stream = 'late: { executor: constant-arrival-rate, rate: 1/s, startTime: 20m }';
    const late = scenario({ tail: 'duration: 10m\n' }).replace('traffic:\n', `traffic:\n  ${stream}\n`);
    const outcome = await breakeven(['validate', 'a.yaml'], { cwd: folderWith({ 'a.yaml': late }) });
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toMatch(/^warning\[never-happens\]: the stream `late`/);
    expect(outcome.stderr).toMatch(/--> a\.yaml:\d+:\d+/);
  });

  // Lambda: $0.20 for a million requests, the first million of a month free; c7g.large: AWS's list of 2026.
  test.concurrent('prices show tells price, unit, source and date', async () => {
    const lambda = await inFolder('prices', 'show', 'lambda.requests');
    expect(lambda.stdout).toMatch(/\$0\.0000002 per request/);
    expect(lambda.stdout).toMatch(/1000000 a month/);
    expect(lambda.stdout).toMatch(/source +\S.*\n +date +\d{4}-\d\d/);
    const type = await inFolder('prices', 'show', 'c7g.large');
    expect(type.stdout).toMatch(/2 vCPUs, 4 GiB, arm64/);
    expect(type.stdout).toMatch(/\$0\.0725 per h/);
  });

  // m7g.large in AWS's list of 2026-07-05: Standard Reserved Instances all upfront, mean Spot price.
  test.concurrent('prices show of a type tells Spot and what commitments cost', async () => {
    const { stdout } = await inFolder('prices', 'show', 'm7g.large');
    expect(stdout).toMatch(/Standard Reserved Instance, 1y, all upfront +\$0\.050342 per h\n/);
    expect(stdout).toMatch(/Standard Reserved Instance, 3y, all upfront +\$0\.03223 per h\n/);
    expect(stdout).toMatch(/EC2 Instance Savings Plan, 3y, all upfront +\$0\.03223 per h {2}\(uncertain\)/);
    expect(stdout).toMatch(/\$0\.04216 per h {2}\(uncertain\) {2}EC2 m7g\.large \(Linux, Spot\)/);
  });

  test.concurrent('prices list has every line in text and as JSON', async () => {
    const [text, json] = await Promise.all([
      inFolder('prices', 'list'),
      inFolder('prices', 'list', '--json'),
    ]);
    const prices: { id: string }[] = JSON.parse(json.stdout);
    expect(prices.length).toBeGreaterThan(50);
    expect(
      text.stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(prices.map(({ id }) => id));
  });

  test.concurrent('schema prints the two schemas', async () => {
    const [file, result] = await Promise.all([inFolder('schema'), inFolder('schema', '--result')]);
    expect(JSON.parse(file.stdout).required).toEqual(
      expect.arrayContaining(['version', 'traffic', 'platforms']),
    );
    expect(JSON.parse(result.stdout).required).toEqual(
      expect.arrayContaining(['schemaVersion', 'platforms', 'verdict']),
    );
  });

  test.concurrent('explain explains', async () => {
    const { code, stdout } = await inFolder('explain', 'overload');
    expect([code, stdout]).toEqual([0, `${explanations.overload!.trim()}\n`]);
  });
});
