import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { resultSchema } from '../../sim/result/result.ts';
import { version } from '../../sim/version.ts';
import { folderWith, runProgram, scenario } from '../helpers/command.ts';
import { ROOT } from '../helpers/sources.ts';

const PACKED_BYTES_MAX = 1_000_000;

/**
 * An empty project in which the package is installed as npm would do it, its dependencies linked from ours.
 */
let project: string;
let packed: string;

beforeAll(() => {
  project = folderWith({ 'package.json': '{ "name": "elsewhere", "private": true, "type": "module" }' });
  const name = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', project], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  packed = join(project, name.trim().split('\n').at(-1)!);
  const home = join(project, 'node_modules/breakeven');
  mkdirSync(join(project, 'node_modules/.bin'), { recursive: true });
  mkdirSync(home);
  execFileSync('tar', ['-xzf', packed, '-C', home, '--strip-components=1']);
  linkDependencies();
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  symlinkSync(join('../breakeven', bin.breakeven), join(project, 'node_modules/.bin/breakeven'));
});

/** What the lock file says users get: everything that is not for development only. */
function linkDependencies(): void {
  const lock: { packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean }> } =
    JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  for (const [path, { dev, devOptional, optional }] of Object.entries(lock.packages)) {
    const isNested = path.lastIndexOf('node_modules/') > 0;
    if (path === '' || dev || devOptional || optional || isNested) continue;
    mkdirSync(dirname(join(project, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(project, path));
  }
}

/** Paths of the package's files, from its folder. */
function shipped(): string[] {
  const home = join(project, 'node_modules/breakeven');
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1));
}

describe('the package', () => {
  test('holds what is used and nothing else', () => {
    const files = shipped();
    for (const file of [
      'dist/cli.js',
      'dist/worker.js',
      'dist/index.js',
      'scenarios/image-resize.yaml',
      'package.json',
    ]) {
      expect(files).toContain(file);
    }
    const expected = /^(?:package\.json|(?:README|LICENSE|CHANGELOG)(?:\.md)?|(?:dist|docs|scenarios)\/.*)$/;
    expect(files.filter((file) => !expected.test(file))).toEqual([]);
    expect(
      files.filter((file) => /\.(?:test\.|env|npmrc|pem|key|tgz|log)|(?:^|\/)(?:test|out)\//.test(file)),
    ).toEqual([]);
    expect(statSync(packed).size).toBeLessThan(PACKED_BYTES_MAX);
  });

  test('tells nothing of the machine it was built on', () => {
    const told = [ROOT.replace(/\/$/, ''), homedir()].filter((path) => path.length > 1);
    // Tokens of npm and of clouds, and private keys.
    const secret = /npm_[A-Za-z0-9]{36}|\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|_authToken/;
    const faults = shipped().filter((file) => {
      const text = readFileSync(join(project, 'node_modules/breakeven', file), 'utf8');
      return secret.test(text) || told.some((path) => new RegExp(`${path}(?![\\w-])`).test(text));
    });
    expect(faults).toEqual([]);
  });

  test('its command starts a project and runs it', async () => {
    const command = join(project, 'node_modules/.bin/breakeven');
    const run = (...args: string[]) => runProgram(command, args, { cwd: project });
    expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect((await run('init', 'first')).stderr).toBe('');
    const outcome = await run(
      'run',
      'first/scenario.yaml',
      '--replications',
      '2',
      '--jobs',
      '2',
      '--out',
      'results',
    );
    expect([outcome.code, outcome.stderr]).toEqual([0, '']);
    const result = resultSchema.parse(JSON.parse(readFileSync(join(project, 'results/result.json'), 'utf8')));
    expect(Object.keys(result.platforms)).toEqual(['lambda', 'servers']);
    expect(readdirSync(join(project, 'results/charts')).length).toBeGreaterThan(3);
  });

  test('its library runs', async () => {
    const program = `
      import { readFileSync } from 'node:fs';
      import { simulate, ScenarioError, version } from 'breakeven';
      const result = simulate(readFileSync(0, 'utf8'));
      let code = '';
      try {
        simulate({ version: 1 });
      } catch (error) {
        if (error instanceof ScenarioError) code = error.problems[0].code;
      }
      console.log(JSON.stringify({ version, code, names: Object.keys(result.platforms) }));`;
    writeFileSync(join(project, 'use.mjs'), program);
    const outcome = await runProgram(process.execPath, ['use.mjs'], { cwd: project, input: scenario() });
    expect(outcome.stderr).toBe('');
    expect(JSON.parse(outcome.stdout)).toEqual({
      version,
      code: 'missing-key',
      names: ['lambda', 'servers'],
    });
  });

  test.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('its types hold with module %s, moduleResolution %s', (module, moduleResolution) => {
    const program = `
      import { simulate, resultSchema } from 'breakeven';
      import type { PlatformResult, Problem, Result, SimulateOptions } from 'breakeven';
      const options: SimulateOptions = { overrides: { seed: 2 }, edits: [{ path: 'seed', value: '3' }] };
      export const result: Result = simulate('version: 1', options);
      export const p99: number | null | undefined = result.platforms['lambda']?.latencyMs.p99;
      export const parsed: Result = resultSchema.parse({});
      export const first = (problems: readonly Problem[]): string | undefined => problems[0]?.code;
      type Unit = 'environments' | 'instances' | 'tasks' | 'pods';
      export const unit = (platform: PlatformResult): Unit => platform.capacity.unit;
      // @ts-expect-error a number of milliseconds is no text
      export const wrong: string = result.platforms['lambda']!.latencyMs.mean;
      // @ts-expect-error there is no such option
      simulate('version: 1', { sede: 1 });`;
    writeFileSync(join(project, 'use.ts'), program);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'es2022',
      module,
      moduleResolution,
      types: [],
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    let errors = '';
    try {
      execFileSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8', cwd: project });
    } catch (error) {
      errors = (error as { stdout: string }).stdout;
    }
    expect(errors).toBe('');
  });
});
