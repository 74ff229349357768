import { describe, expect, it } from 'vitest';
import { problem } from '../../sim/problems/problem.ts';
import { renderProblem, renderProblems } from '../../sim/problems/render.ts';
import type { SourceMap } from '../../sim/problems/source-map.ts';
import { TextLines } from '../../sim/problems/text-lines.ts';

/** A source whose every path leads to the first `needle` of its text. */
function source(text: string, needle: string, fileName = 'scenario.yaml'): SourceMap {
  const lines = new TextLines(text, fileName);
  const start = text.indexOf(needle);
  return {
    fileName,
    locate: () => lines.span(start, start + needle.length),
    spanAt: (line, column) => lines.wordAt(line, column),
  };
}

const unknownKey = problem(
  'unknown-key',
  ['stages', 1, 'durration'],
  'unknown key `durration` in traffic.uploads.stages[1]',
  {
    at: 'key',
    label: 'not a known key',
    help: 'did you mean `duration`?',
  },
);

function rendered(text: string, needle: string): string[] {
  return renderProblem(unknownKey, source(text, needle)).split('\n');
}

describe('a printed problem', () => {
  it('is laid out as rustc’s', () => {
    const text = `${'\n'.repeat(20)}      - { durration: 10m, target: 50/s }\n`;
    expect(rendered(text, 'durration')).toEqual([
      'error[unknown-key]: unknown key `durration` in traffic.uploads.stages[1]',
      '  --> scenario.yaml:21:11',
      '   |',
      '21 |       - { durration: 10m, target: 50/s }',
      '   |           ^^^^^^^^^ not a known key',
      '   = help: did you mean `duration`?',
    ]);
  });

  it('counts columns in characters and puts carets under wide ones', () => {
    const lines = rendered('名前: { 料金: 5 } # 🙂\n', '料金');
    expect(lines[1]).toBe(' --> scenario.yaml:1:7');
    expect(lines[3]).toBe('1 | 名前: { 料金: 5 } # 🙂');
    expect(lines[4]).toBe('  |         ^^^^ not a known key');
  });

  it('shows a tab as four spaces', () => {
    expect(rendered('a:\tdurration\n', 'durration').slice(3, 5)).toEqual([
      '1 | a:    durration',
      '  |       ^^^^^^^^^ not a known key',
    ]);
  });

  it('cuts a long line around its caret', () => {
    const [, , , line, caret] = rendered(`${'x'.repeat(500)} durration ${'y'.repeat(500)}`, 'durration');
    expect(line!.length).toBeLessThanOrEqual(102);
    expect(line).toMatch(/^1 \| …x+ durration y+…$/);
    expect(caret!.indexOf('^')).toBe(line!.indexOf('durration'));
  });

  it('shows of a long line what a terminal of 80 columns holds', () => {
    for (const before of [0, 40, 71, 72, 200]) {
      const text = `${'\n'.repeat(998)}${'a'.repeat(before)} durration: ${'b'.repeat(200)}\n`;
      const [line, carets] = rendered(text, 'durration').slice(3);
      expect(line!.length).toBeLessThanOrEqual(80);
      // The caret stands under what is wrong.
      expect(line!.indexOf('durration')).toBe(carets!.indexOf('^'));
    }
  });

  it('cuts only the end of a long line whose caret is near its beginning', () => {
    const [, , , line, caret] = rendered(`a: durration ${'y'.repeat(500)}`, 'durration');
    expect(line).toMatch(/^1 \| a: durration y+…$/);
    expect(caret!.indexOf('^')).toBe(line!.indexOf('durration'));
  });

  it('lets no control character of a file, a name or a message reach the terminal', () => {
    const hostile = '\u001b]0;gone\u0007\u001b[2J\u009b31m\u202egnp\u2066\u0000\r';
    const wrong = problem('x', [], `unknown ${hostile}\nerror[fake]: line`, {
      help: hostile,
      label: hostile,
    });
    const printed = renderProblem(wrong, source(`${hostile}key: 1`, 'key', `a${hostile}.yaml`));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that none comes through is the point
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(printed).toContain('␛[2J');
    expect(printed.split('\n').filter((line) => line.startsWith('error'))).toHaveLength(1);
  });

  it('tells a place in a file that the scenario names', () => {
    const row = problem('bad-trace-row', ['traffic', 'm', 'file'], 'row 7 is no time', {
      help: 'write seconds',
      file: { name: 't.csv', line: 7, column: 2 },
    });
    expect(renderProblem(row, source('file: t.csv', 't.csv')).split('\n')).toEqual([
      'error[bad-trace-row]: row 7 is no time',
      ' --> t.csv:7:2',
      ' ::: named in scenario.yaml:1:7',
      '  |',
      '1 | file: t.csv',
      '  |       ^^^^^',
      '  = help: write seconds',
    ]);
  });

  it('says warning where it is one', () => {
    const soft = problem('few-tail-samples', [], 'few', { severity: 'warning', help: 'more' });
    expect(renderProblem(soft, source('a', 'a'))).toMatch(/^warning\[few-tail-samples\]: few\n/);
  });

  it('is painted part by part', () => {
    const paint = {
      error: (text: string) => `<e>${text}</e>`,
      warning: (text: string) => text,
      strong: (text: string) => `<b>${text}</b>`,
      gutter: (text: string) => `<g>${text}</g>`,
    };
    const lines = renderProblem(unknownKey, source('durration: 1', 'durration'), paint).split('\n');
    expect(lines[0]).toMatch(/^<e>error\[unknown-key\]<\/e><b>: unknown key/);
    expect(lines[4]).toBe('  <g>|</g> <e>^^^^^^^^^ not a known key</e>');
  });
});

describe('many problems', () => {
  const all = (count: number) => Array.from({ length: count }, () => unknownKey);

  it('are ten at most, then a count', () => {
    const printed = renderProblems(all(17), source('durration: 1', 'durration'));
    expect(printed.match(/^error/gm)).toHaveLength(10);
    expect(printed.endsWith('\n\nand 7 more')).toBe(true);
  });

  it('are all shown when they are ten', () => {
    expect(renderProblems(all(10), source('durration: 1', 'durration'))).not.toContain('more');
  });
});
