import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { breakeven, CLI, folderWith, printedResult, runProgram, scenario } from '../helpers/command.ts';

const json = (cwd: string, ...args: string[]) => breakeven(['run', 's.yaml', '--json', ...args], { cwd });
const ESCAPE = '\u001b';
const script =
  process.platform === 'linux' && (await runProgram('script', ['--version'], { cwd: '.' }).catch(() => null));

describe('--json', () => {
  test.concurrent('prints the result and nothing else, and writes no file', async () => {
    const cwd = folderWith({ 's.yaml': scenario({ tail: "thresholds: { latency: ['p(99.9)<9s'] }" }) });
    const outcome = await json(cwd, '--set', 'traffic.main.duration=1m');
    const result = printedResult(outcome);
    // 300 requests have no 99.9th percentile to speak of.
    expect(result.warnings.map(({ code }) => code)).toEqual(['few-tail-samples', 'few-tail-samples']);
    expect(outcome.stdout.endsWith('}\n')).toBe(true);
    await expect(async () => readFileSync(join(cwd, 'out'))).rejects.toThrow('ENOENT');
  });

  test.concurrent('with --out prints what it writes', async () => {
    const cwd = folderWith({ 's.yaml': scenario() });
    const { stdout, stderr } = await json(cwd, '--out', 'results');
    expect(stderr).toBe('');
    expect(readFileSync(join(cwd, 'results/result.json'), 'utf8')).toBe(stdout);
  });
});

describe('what runs', () => {
  test.concurrent('--set, --seed, --replications and --platform stand above the file', async () => {
    const cwd = folderWith({ 's.yaml': scenario() });
    const args = [
      '--seed',
      '7',
      '--replications',
      '3',
      '--platform',
      'lambda',
      '--set',
      'workload.cpu=200ms',
    ];
    const result = printedResult(await json(cwd, ...args, '--set', 'platforms.lambda.memorySize=3538'));
    expect([result.seed, result.replications, Object.keys(result.platforms)]).toEqual([7, 3, ['lambda']]);
    // One thread cannot use the second vCPU of 3,538 MB.
    expect(result.platforms.lambda!.latencyMs.p50).toBeCloseTo(200, 0);
  });

  test.concurrent('an option that stands before the file does not swallow it', async () => {
    const cwd = folderWith({ 's.yaml': scenario() });
    const outcome = await breakeven(['run', '--json', '--set', 'seed=9', 's.yaml'], { cwd });
    expect(printedResult(outcome).seed).toBe(9);
  });

  test.concurrent('- is standard input', async () => {
    const cwd = folderWith({ 's.yaml': scenario() });
    const piped = await breakeven(['run', '-', '--json'], { cwd, input: scenario() });
    expect(piped.stdout).toBe((await json(cwd)).stdout);
    const bad = await breakeven(['validate', '-'], { cwd, input: 'version: 2\n' });
    expect(bad.stderr).toContain('--> standard input:1:10');
  });

  test.concurrent('what validate --resolved prints gives the same figures', async () => {
    const cwd = folderWith({ 's.yaml': scenario() });
    const original = printedResult(await json(cwd));
    for (const form of [[], ['--json']]) {
      const resolved = await breakeven(['validate', 's.yaml', '--resolved', ...form], { cwd });
      const result = printedResult(await breakeven(['run', '-', '--json'], { cwd, input: resolved.stdout }));
      expect(result.platforms).toEqual(original.platforms);
      expect(result.scenario.resolved).toEqual(original.scenario.resolved);
    }
  });

  test.concurrent('what validate --resolved prints of several files is one stream of YAML', async () => {
    const cwd = folderWith({ 'a.yaml': scenario(), 'b.yaml': scenario({ tail: 'seed: 7' }) });
    const { stdout } = await breakeven(['validate', 'a.yaml', 'b.yaml', '--resolved'], { cwd });
    const documents = parseAllDocuments(stdout);
    expect(documents.map(({ errors }) => errors)).toEqual([[], []]);
    expect(documents.map((each) => each.toJS().seed)).toEqual([1, 7]);
  });

  test('the number of jobs changes no byte', async () => {
    const cwd = folderWith({
      's.yaml': scenario({ workload: '{ cpu: { distribution: gamma, mean: 90ms, cv: 2 } }' }),
    });
    const [one, ...others] = await Promise.all(
      ['1', '2', '4'].map((jobs) => json(cwd, '--replications', '3', '--jobs', jobs)),
    );
    expect(printedResult(one!).replications).toBe(3);
    for (const other of others) expect(other).toEqual(one);
  });
});

describe('a terminal and what is none', () => {
  const bad = scenario({ workload: '{ cpu: 100 }' });
  const long = scenario({ main: '{ executor: constant-arrival-rate, rate: 5000/s, duration: 20m }' });
  const onTerminal = (cwd: string, args: string, env: Record<string, string> = {}) =>
    runProgram('script', ['-qec', `'${process.execPath}' '${CLI}' ${args}`, '/dev/null'], { cwd, env });

  test('a pipe gets no escape codes and no progress', async () => {
    const cwd = folderWith({ 's.yaml': scenario(), 'bad.yaml': bad, 'long.yaml': long });
    const runs = [
      ['run', 's.yaml'],
      ['run', 'bad.yaml'],
      ['prices', 'list'],
      ['--help'],
      ['explain', 'overload'],
    ];
    for (const args of runs) {
      const { stdout, stderr } = await breakeven(args, { cwd });
      expect(stdout + stderr).not.toContain(ESCAPE);
    }
    const { stdout, stderr } = await breakeven(['run', 'long.yaml', '--jobs', '1', '--json'], { cwd });
    expect(stderr).toBe('');
    expect(stdout[0]).toBe('{');
  });

  test.skipIf(!script)('a terminal gets colours and progress (needs `script`)', async () => {
    const cwd = folderWith({ 'bad.yaml': bad, 'long.yaml': long });
    expect((await onTerminal(cwd, 'run bad.yaml')).stdout).toContain(`${ESCAPE}[31m`);
    expect((await onTerminal(cwd, 'run long.yaml --jobs 1')).stdout).toMatch(
      /\[[=> ]+\] +\d+ % of simulated time/,
    );
  });

  test.skipIf(!script)('NO_COLOR and TERM=dumb keep it plain (needs `script`)', async () => {
    const cwd = folderWith({ 's.yaml': scenario(), 'bad.yaml': bad });
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      for (const file of ['s.yaml', 'bad.yaml']) {
        expect((await onTerminal(cwd, `run ${file}`, env)).stdout).not.toContain(`${ESCAPE}[3`);
      }
    }
  });

  test.skipIf(process.platform === 'win32')('a reader that goes away stops nothing', async () => {
    const cwd = folderWith({ 's.yaml': scenario({ tail: "thresholds: { latency: ['med<99ms'] }" }) });
    const command = `'${process.execPath}' '${CLI}'`;
    const pipe = `${command} run s.yaml --json --replications 20 --out results; echo "exit $?" >&2`;
    const outcome = await runProgram('sh', ['-c', `( ${pipe} ) | head -c 10`], { cwd });
    expect(outcome.stdout).toHaveLength(10);
    // The code is that of the thresholds, and the files are there.
    expect(outcome.stderr).toBe('exit 1\n');
    expect(readFileSync(join(cwd, 'results/report.html'), 'utf8')).toContain('</html>');
    const list = await runProgram('sh', ['-c', `( ${command} prices list; echo "exit $?" >&2 ) | head -1`], {
      cwd,
    });
    expect(list.stderr).toBe('exit 0\n');
    // Nor one that reads the errors.
    const late = `sleep 0.3; ${command} validate missing.yaml 2>&1 >/dev/null; echo "exit $?" >code`;
    await runProgram('sh', ['-c', `( ${late} ) | true`], { cwd });
    await expect
      .poll(() => existsSync(join(cwd, 'code')) && readFileSync(join(cwd, 'code'), 'utf8'))
      .toBe('exit 2\n');
  });
});
