import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario, prepare, resultSchema, simulate } from '../sim/index.ts';
import { MICROS_PER_SECOND } from '../sim/kernel/time.ts';
import { renderProblem } from '../sim/problems/render.ts';
import { expectSound } from './theory/expect-sound.ts';

/**
 * The scenarios that come with the project. They run as their readers would, but for the number of
 * replications.
 */
const FOLDER = new URL('../scenarios/', import.meta.url);
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ya?ml|json)$/.test(name) && !name.endsWith('.schema.json'))
  .sort();

it('there are some', () => {
  expect(files).toContain('image-resize.yaml');
});

describe.each(files)('scenarios/%s', (name) => {
  const url = new URL(name, FOLDER);
  const text = readFileSync(url, 'utf8');
  const readFile = (path: string) => readFileSync(new URL(path, url), 'utf8');

  it('validates, and says what it is about', () => {
    const parsed = parseScenario(text, name);
    expect(parsed.problems.map((each) => renderProblem(each, parsed.source))).toEqual([]);
    expect(parsed.scenario!.name).not.toBe('scenario');
    expect(parsed.scenario!.description, 'description').toBeDefined();
  });

  it('runs to a sound result', () => {
    const options = { readFile, overrides: { replications: 1 } };
    const { base } = prepare(text, options).program;
    const result = simulate(text, options);
    expectSound(result, {
      windowSeconds: base.windowMicros / MICROS_PER_SECOND,
      warmupSeconds: base.warmupMicros / MICROS_PER_SECOND,
    });
    expect(resultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(result.verdict.cheapest).not.toBeNull();
    for (const [platform, { requests, cost }] of Object.entries(result.platforms)) {
      expect(requests.completed, platform).toBeGreaterThan(0);
      expect(cost.usdPerMonth, platform).toBeGreaterThan(0);
    }
  });
});
