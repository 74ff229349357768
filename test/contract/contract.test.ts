import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  openPriceBook,
  type PlatformResult,
  type Price,
  type PriceBook,
  resultSchema,
  ScenarioError,
  scenarioJsonSchema,
  simulate,
} from '../../sim/index.ts';
import { platforms } from '../../sim/platforms/index.ts';
import { expectSound } from '../theory/expect-sound.ts';
import { type Candidate, candidates, contractScenario } from './platforms.ts';

/** What holds of every platform, whatever it is made of. */
const HOURS_A_MONTH = 730;
const WINDOW_HOURS = 0.5;

function run(candidate: Candidate, parts: Parameters<typeof contractScenario>[1] = {}): PlatformResult {
  return simulate(contractScenario({ it: candidate.minimal }, parts)).platforms.it!;
}

it('the contract is held against every kind of platform', () => {
  expect(candidates.map((each) => each.type).sort()).toEqual(platforms.map((each) => each.type).sort());
});

describe.each(candidates)('$type: requests', (candidate) => {
  it.each([candidate.minimal, candidate.behindBalancer])('none is lost or made up: %s', (options) => {
    const result = simulate(contractScenario({ it: options }));
    expectSound(result);
    expect(resultSchema.parse(result)).toEqual(result);
    expect(result.platforms.it!.requests.arrived).toBeGreaterThan(6_800);
  });

  it('are the same on every platform', () => {
    const reference = run(candidates[0]!);
    const { requests, timeseries } = run(candidate);
    expect(requests.arrived).toBe(reference.requests.arrived);
    expect(timeseries.columns.arrivals).toEqual(reference.timeseries.columns.arrivals);
  });

  it('none at all is a run like any other', () => {
    const { requests, latencyMs, coldStarts } = run(candidate, { rate: '0/s' });
    expect(requests).toMatchObject({ arrived: 0, completed: 0, failed: 0, inFlight: 0 });
    expect(latencyMs.mean).toBeNull();
    expect(coldStarts.fraction).toBeNull();
  });

  it('of virtual users are conserved too', () => {
    const text = contractScenario({ it: candidate.minimal }).replace(
      /main: .*/,
      'main: { executor: constant-vus, vus: 5, thinkTime: { distribution: exponential, mean: 1s } }',
    );
    const result = simulate(text);
    expectSound(result);
    expect(result.platforms.it!.requests.arrived).toBeGreaterThan(5_000);
    expect(result.platforms.it!.requests.inFlight).toBeLessThanOrEqual(5);
  });
});

describe.each(candidates)('$type: the bill', (candidate) => {
  it('of a month without traffic has its fixed lines only', () => {
    const { cost } = run(candidate, { rate: '0/s' });
    expect(cost.lines.map((line) => line.id)).toEqual(Object.keys(candidate.idleMonth).sort());
    for (const line of cost.lines) expect(line.usd, line.id).toBeCloseTo(candidate.idleMonth[line.id]!, 9);
    expect(cost.usdPerMillionRequests).toBeNull();
  });

  it('grows with the requests', () => {
    const [one, two, four] = ['1/s', '2/s', '4/s'].map((rate) => run(candidate, { rate }).cost.usdPerMonth);
    expect(two).toBeGreaterThan(one!);
    expect(four).toBeGreaterThan(two!);
  });

  it('is the sum of its lines, each quantity times price', () => {
    const { cost, requests } = run(candidate);
    const total = cost.lines.reduce((sum, line) => sum + line.usd, 0);
    expect(cost.usdPerMonth).toBeCloseTo(total, 9);
    for (const { quantity, freeQuantity = 0, usdPerUnit, usd, id } of cost.lines) {
      expect((quantity - freeQuantity) * usdPerUnit, id).toBeCloseTo(usd, 9);
    }
    const millions = (requests.arrived * (HOURS_A_MONTH / WINDOW_HOURS)) / 1e6;
    expect(cost.usdPerMillionRequests).toBeCloseTo(total / millions, 6);
  });

  it.each(['minimal', 'behindBalancer'] as const)('doubles when every price does: %s', (kind) => {
    const result = simulate(contractScenario({ it: candidate[kind] }));
    const { lines, usdPerMonth } = result.platforms.it!.cost;
    const book = openPriceBook('us-east-1');
    const doubled = lines.map(
      (line) => `${line.id}: $${(2 * Number(priceOf(book, line).tiers[0]!.usd)).toFixed(12)}`,
    );
    const text = contractScenario({ it: candidate[kind] }, { billing: `prices: { ${doubled.join(', ')} }` });
    const again = simulate(text);
    expect(again.platforms.it!.cost.usdPerMonth).toBeCloseTo(2 * usdPerMonth, 9);
    expect(Object.keys(again.prices.overrides).sort()).toEqual(lines.map((line) => line.id));
  });

  it('rests on prices with a region, a source and a date', () => {
    const result = simulate(contractScenario({ it: candidate.behindBalancer }));
    expect(result.prices.region).toBe('us-east-1');
    expect(result.prices.snapshot).toMatch(/^\d{4}-\d{2}$/);
    const book = openPriceBook(result.prices.region);
    for (const line of result.platforms.it!.cost.lines) {
      const { id, usdPerUnit, unit } = line;
      const price = priceOf(book, line);
      expect(price.source.length, id).toBeGreaterThan(5);
      expect(price.date, id).toMatch(/^20\d{2}-\d{2}(-\d{2})?$/);
      expect(price.unit, id).toBe(unit);
      expect(Number(price.tiers[0]!.usd), id).toBe(usdPerUnit);
    }
  });

  it('adds extra costs as they stand', () => {
    const platform = candidate.minimal.replace(
      /\}$/,
      ', extraCosts: [{ what: database, usdPerMonth: 120 }] }',
    );
    const { cost } = simulate(contractScenario({ it: platform })).platforms.it!;
    expect(cost.lines.find((line) => line.id === 'extra.database')!.usd).toBe(120);
    expect(cost.usdPerMonth).toBeCloseTo(run(candidate).cost.usdPerMonth + 120, 9);
  });
});

describe.each(candidates)('$type: what a result depends on', (candidate) => {
  const text = contractScenario({ it: candidate.minimal });

  it('same file, same seed: same bytes', () => {
    expect(JSON.stringify(simulate(text))).toBe(JSON.stringify(simulate(text)));
  });

  it('another seed: other requests', () => {
    const other = simulate(text, { overrides: { seed: 8 } }).platforms.it!;
    expect(other.latencyMs).not.toEqual(run(candidate).latencyMs);
    expect(other.timeseries.columns.arrivals).not.toEqual(run(candidate).timeseries.columns.arrivals);
  });

  it('not on the other platforms of the file, nor on the name and place of this one', () => {
    for (const other of candidates) {
      const behind = simulate(contractScenario({ other: other.minimal, renamed: candidate.minimal }));
      expect(behind.platforms.renamed).toEqual(run(candidate));
    }
  });

  it('not on the order of keys', () => {
    const sections = text.split(/\n(?=\S)/);
    const reordered = sections.toReversed().join('\n');
    expect(reordered).not.toBe(text);
    expect(simulate(reordered).platforms).toEqual(simulate(text).platforms);
  });

  it('not on the order of streams in the file, nor on another stream for the requests of this one', () => {
    const streams = (lines: readonly string[]) => text.replace(/ {2}main: .*/, lines.join('\n'));
    const main = '  main: { executor: constant-arrival-rate, rate: 4/s }';
    const burst = '  burst: { executor: constant-arrival-rate, rate: 2/s, startTime: 900s }';
    const both = simulate(streams([main, burst])).platforms.it!;
    expect(simulate(streams([burst, main])).platforms.it).toEqual(both);
    // The second stream is silent for fifteen minutes: until then nothing differs from a file without it.
    const early = (platform: PlatformResult) => platform.timeseries.columns.arrivals.slice(0, 15);
    expect(early(both)).toEqual(early(run(candidate)));
    expect(both.requests.arrived).toBeGreaterThan(run(candidate).requests.arrived + 1_500);
  });

  it('replications add up, and give intervals around their means', () => {
    const one = simulate(text, { overrides: { replications: 1 } }).platforms.it!;
    const three = simulate(text, { overrides: { replications: 3 } }).platforms.it!;
    expect(Object.keys(one.ci95)).toEqual([]);
    const [low, high] = three.ci95['latencyMs.mean']!;
    expect(low).toBeLessThan(three.latencyMs.mean!);
    expect(high).toBeGreaterThan(three.latencyMs.mean!);
    expect(three.requests.arrived).toBeGreaterThan(2.8 * one.requests.arrived);
  });
});

describe.each(candidates)('$type: faults', (candidate) => {
  const more = 'faults: [{ kind: az-loss, zone: a, at: 5m, duration: 10m }]';

  it('lose a zone, and every request that was there is accounted for', () => {
    expectSound(simulate(contractScenario({ it: candidate.minimal }, { more })));
  });
});

describe.each(candidates)('$type: its words', (candidate) => {
  it.each([candidate.foreignOption, 'noSuchOption: 1'])(
    'refuses an option it does not know: %s',
    (option) => {
      const platform = candidate.minimal.replace(/\}$/, `, ${option} }`);
      const name = option.split(':')[0]!;
      expect(() => simulate(contractScenario({ it: platform }))).toThrow(ScenarioError);
      try {
        simulate(contractScenario({ it: platform }));
      } catch (error) {
        const { problems } = error as ScenarioError;
        expect(problems.map(({ code, path }) => [code, path.at(-1)])).toEqual([['unknown-key', name]]);
      }
    },
  );

  it('says what it assumes and what it leaves out', () => {
    const { assumptions, notModelled } = run(candidate);
    for (const sentences of [assumptions, notModelled]) {
      expect(sentences.length).toBeGreaterThan(0);
      expect(new Set(sentences).size).toBe(sentences.length);
      for (const sentence of sentences) expect(sentence.length).toBeGreaterThan(3);
    }
  });

  it('has a README that names every option with a default', () => {
    const file = new URL(`../../sim/platforms/${candidate.type}/README.md`, import.meta.url);
    expect(existsSync(file), file.pathname).toBe(true);
    const text = readFileSync(file, 'utf8');
    const missing = defaultsOf(candidate.type).filter((name) => !text.includes(`\`${name}`));
    expect(missing).toEqual([]);
  });
});

/** The price that a line was made of: its own, or the one of its variants that costs as much. */
function priceOf(book: PriceBook, { id, usdPerUnit }: { id: string; usdPerUnit: number }): Price {
  const variant = book.list().find(({ line, tiers }) => line === id && Number(tiers[0]!.usd) === usdPerUnit);
  return variant ?? book.price(id);
}

/** Keys of a platform's options that have a default, from the published schema. */
function defaultsOf(type: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties } = node as { properties?: Record<string, { const?: unknown; default?: unknown }> };
    if (properties?.type?.const === type) {
      for (const [name, schema] of Object.entries(properties)) {
        if (schema.default !== undefined) found.push(name);
      }
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(scenarioJsonSchema());
  expect(found.length).toBeGreaterThan(3);
  return [...new Set(found)];
}
