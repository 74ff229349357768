import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { breakeven, expectRefusal, folderWith, scenario } from '../helpers/command.ts';

const replay = (file: string) =>
  scenario({ main: `{ executor: replay, format: timestamps, file: ${file} }` });
const FILE_PLACE = 's.yaml:5:55';
/** 200 requests, one every 100 ms. */
const TRACE = Array.from({ length: 200 }, (_, index) => `${index / 10}\n`).join('');

describe('a scenario that cannot be read', () => {
  test.concurrent('is not there', async () => {
    const outcome = await breakeven(['run', 'nope.yaml'], { cwd: folderWith() });
    expectRefusal(outcome, { code: 'unreadable-file', remedy: /breakeven init/ });
    expect(outcome.stderr).toContain('nope.yaml: no such file or directory');
  });

  test.concurrent('is a folder', async () => {
    const outcome = await breakeven(['validate', 'here'], { cwd: folderWith({ 'here/x': '' }) });
    expectRefusal(outcome, { code: 'unreadable-file' });
  });

  test.concurrent('is larger than any scenario', async () => {
    const cwd = folderWith({ 's.yaml': '#'.repeat(5_000_000) });
    expectRefusal(await breakeven(['run', 's.yaml'], { cwd }), { code: 'too-large' });
  });
});

describe('a file that a scenario names', () => {
  test.concurrent('is missing', async () => {
    const cwd = folderWith({ 's.yaml': replay('nope.csv') });
    const outcome = await breakeven(['run', 's.yaml'], { cwd });
    expectRefusal(outcome, { code: 'missing-file', place: FILE_PLACE, remedy: /looked for at nope\.csv/ });
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });

  test.concurrent.each(['../secret.csv', '../scenarios/../secret.csv', '/etc/hostname', '""', '.'])(
    'must not leave the folder, nor be it: %s',
    async (path) => {
      const cwd = folderWith({ 'scenarios/s.yaml': replay(path), 'secret.csv': 'hunter2\n' });
      const outcome = await breakeven(['run', 'scenarios/s.yaml'], { cwd });
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toMatch(/^error\[(?:path-outside|missing-file|invalid-value)\]: /);
      expect(outcome.stderr).toMatch(/--> scenarios\/s\.yaml:5:\d+\n/);
      expect(outcome.stderr).not.toContain('hunter2');
    },
  );

  test.concurrent('may leave it through a link only with --allow-path', async () => {
    const cwd = folderWith({ 'scenarios/s.yaml': replay('link.csv'), 'data/trace.csv': TRACE });
    symlinkSync('../data/trace.csv', join(cwd, 'scenarios/link.csv'));
    const refused = await breakeven(['run', 'scenarios/s.yaml'], { cwd });
    expectRefusal(refused, {
      code: 'path-outside',
      place: `scenarios/${FILE_PLACE}`,
      remedy: /--allow-path DIR/,
    });
    const allowed = await breakeven(['run', '--json', '--allow-path', 'data', 'scenarios/s.yaml'], { cwd });
    expect(JSON.parse(allowed.stdout).platforms.lambda.requests.arrived).toBe(200);
    const elsewhere = await breakeven(['run', '--allow-path', 'dat', 'scenarios/s.yaml'], { cwd });
    expectRefusal(elsewhere, { code: 'path-outside' });
  });

  test.concurrent('has bad rows: each is told with its line', async () => {
    const cwd = folderWith({ 's.yaml': replay('trace.csv'), 'trace.csv': 'time\n0.5\nabc\n0.7\n0.8;9\n' });
    const outcome = await breakeven(['run', 's.yaml'], { cwd });
    expectRefusal(outcome, { code: 'bad-trace-row', place: 'trace.csv:3' });
    expect(outcome.stderr).toContain('--> trace.csv:5\n');
    expect(outcome.stderr).toContain(`named in ${FILE_PLACE}`);
  });
});

describe('the folder for the results', () => {
  test.concurrent.each(['taken', 'taken/below'])('cannot be made where a file is: %s', async (out) => {
    const cwd = folderWith({ 's.yaml': scenario(), taken: 'mine\n' });
    const outcome = await breakeven(['run', 's.yaml', '--out', out], { cwd });
    expectRefusal(outcome, { code: 'unwritable-output', remedy: /--out DIR/ });
    expect(readFileSync(join(cwd, 'taken'), 'utf8')).toBe('mine\n');
  });

  test.concurrent.each([
    ['report.html', 'mine'],
    ['csv/summary.csv', 'mine'],
    ['charts/cold-starts.svg', 'mine'],
    ['result.json', '{"tool":{"name":"other"}}'],
    ['result.json', 'no json'],
  ])('holds a file that is not ours: %s', async (file, text) => {
    const cwd = folderWith({ 's.yaml': scenario(), [`out/small/${file}`]: text });
    const outcome = await breakeven(['run', 's.yaml'], { cwd });
    expectRefusal(outcome, { code: 'would-overwrite', remedy: /--out DIR/ });
    expect(readFileSync(join(cwd, 'out/small', file), 'utf8')).toBe(text);
    expect(readdirSync(join(cwd, 'out/small'))).toHaveLength(1);
  });

  test.concurrent('is named after the scenario and nothing else; results replace results', async () => {
    const cwd = folderWith({ 's.yaml': scenario().replace('name: small', 'name: "../../../up & away"') });
    for (const seed of ['1', '2']) {
      const { code, stderr } = await breakeven(['run', 's.yaml', '--quiet', '--seed', seed], { cwd });
      expect([code, stderr]).toEqual([0, '']);
    }
    expect(readdirSync(cwd).sort()).toEqual(['out', 's.yaml']);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['up-away']);
    const folder = join(cwd, 'out/up-away');
    expect(readdirSync(folder).sort()).toEqual(['charts', 'csv', 'report.html', 'result.json']);
    expect(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')).seed).toBe(2);
  });
});
