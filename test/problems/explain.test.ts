import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain, explanations } from '../../sim/problems/explain.ts';

/** Where problems and warnings are made. */
const ROOMS = ['sim', 'cli'];

/** Calls and properties that carry a problem's code, as the sources write them. */
const CALLS = ['fault\\(', 'refuse\\(', 'EditFault\\(', 'halt\\(\\s*reading,', 'code:', 'code =[^;]*?'].join(
  '|',
);
const CODE = new RegExp(`\\bproblem\\(\\s*'([a-z-]+)'|\\b(?:${CALLS})\\s*'([a-z]+(?:-[a-z]+)+)'`, 'g');

/** The sources by their names, without the explanations themselves. */
function sources(): [name: string, text: string][] {
  return ROOMS.flatMap((room) => {
    const folder = new URL(`../../${room}/`, import.meta.url);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('explanations'))
      .map((file): [string, string] => [`${room}/${file}`, readFileSync(new URL(file, folder), 'utf8')]);
  });
}

function codesIn(files: readonly (readonly [string, string])[]): Map<string, string> {
  const codes = new Map<string, string>();
  for (const [name, text] of files) {
    for (const [, first, second] of text.matchAll(CODE)) codes.set(first ?? second ?? '', name);
  }
  return codes;
}

describe('explanations', () => {
  const files = sources();
  const codes = codesIn(files);

  it('are found by the search, so that it can be trusted', () => {
    for (const code of [
      'unknown-key',
      'too-deep',
      'bad-edit',
      'unpriced',
      'warmup-too-long',
      'too-many-aliases',
    ]) {
      expect([...codes.keys()]).toContain(code);
    }
  });

  it('exist for every code that a person may see', () => {
    expect([...codes].filter(([code]) => explain(code) === undefined)).toEqual([]);
  });

  it('are about codes that exist', () => {
    const everything = files.map(([, text]) => text).join('\n');
    expect(Object.keys(explanations).filter((code) => !everything.includes(`'${code}'`))).toEqual([]);
  });

  it.each(Object.entries(explanations))('%s says what is meant and shows what to write', (_, text) => {
    const [paragraph = '', ...examples] = text.split('\n\n');
    expect(paragraph.length).toBeGreaterThan(40);
    expect(paragraph).toMatch(/[.?]$/);
    expect(examples.map((each) => each.split('\n')[0])).toEqual(['wrong:', 'right:']);
  });

  it('are not found by an inherited name', () => {
    expect(explain('constructor')).toBeUndefined();
    expect(explain('no-such-code')).toBeUndefined();
  });
});
