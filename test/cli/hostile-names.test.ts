import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { breakeven, expectRefusal, folderWith, printedResult, scenario } from '../helpers/command.ts';

/** Markup, a formula, a way out, shell, a property of every object, and what a table of ours is made of. */
const NAMES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=1+1',
  '+cmd|x',
  '@SUM(A1)',
  '../../x',
  '$(touch pwned)',
  '__proto__',
  'constructor',
  'a,b "c"',
  ']]></text>',
];
const platforms = NAMES.map((name) => `${JSON.stringify(name)}: { type: lambda }`).join('\n  ');
// biome-ignore lint/suspicious/noControlCharactersInRegex: none may reach a terminal or a file
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f\u202e]/;

/** Paths below a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('names are data', () => {
  test('in every output', async () => {
    const cwd = folderWith({ 's.yaml': scenario({ platforms }) });
    const outcome = await breakeven(['run', 's.yaml', '--out', 'results'], { cwd });
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(outcome.stdout).not.toMatch(CONTROL);
    for (const name of NAMES) expect(outcome.stdout).toContain(name);

    expect(readdirSync(cwd).sort()).toEqual(['results', 's.yaml']);
    const read = (path: string) => readFileSync(join(cwd, 'results', path), 'utf8');
    expect(Object.keys(JSON.parse(read('result.json')).platforms)).toEqual(NAMES);

    for (const path of [
      'report.html',
      ...readdirSync(join(cwd, 'results/charts')).map((each) => `charts/${each}`),
    ]) {
      expect(read(path), path).not.toMatch(/<script>alert|<img|\]\]>/i);
    }
    // A spreadsheet takes a field for a formula when it begins with one of = + - @, quoted or not.
    for (const path of filesIn(join(cwd, 'results/csv'))) {
      expect(readFileSync(path, 'utf8'), path).not.toMatch(/^"?[=+@]/m);
    }
  });

  test('that would drive a terminal, or turn the direction of reading, are refused and shown', async () => {
    const cwd = folderWith({
      's.yaml': scenario({ platforms: '"a\\e[31mred": { type: lambda }\n  "x\\u202Ey": { type: lambda }' }),
    });
    const outcome = await breakeven(['run', 's.yaml'], { cwd });
    expectRefusal(outcome, { code: 'invalid-name', place: 's.yaml:7:3', remedy: /printable/ });
    expect(outcome.stderr).toContain('--> s.yaml:8:3');
    expect(outcome.stderr).not.toMatch(CONTROL);
  });

  test('are found by --platform and --set as they are', async () => {
    const cwd = folderWith({ 's.yaml': scenario({ platforms }) });
    const one = [
      'run',
      's.yaml',
      '--json',
      '--platform',
      '../../x',
      '--set',
      'platforms."../../x".memorySize=512',
    ];
    const result = printedResult(await breakeven(one, { cwd }));
    expect(Object.keys(result.platforms)).toEqual(['../../x']);
    // 100 ms of CPU on 512/1769 of a vCPU are 345.5 ms.
    expect(result.platforms['../../x']!.latencyMs.p50).toBeCloseTo(345.5, 0);
  });
});
