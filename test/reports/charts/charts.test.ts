import { describe, expect, it } from 'vitest';
import { charts, dark, light } from '../../../reports/charts/index.ts';
import { visible } from '../../../reports/text.ts';
import { attributes, type DomNode, parseXml, texts } from '../dom.ts';
import { hostileNames, makeResult, withNothingCompleted } from '../fixtures.ts';

const three = makeResult({ names: ['lambda', 'asg', 'fargate'] });
const hostile = makeResult({ names: hostileNames });
const day = makeResult({ names: ['lambda', 'asg'], bins: 1_440 });
const cases = {
  one: makeResult({ names: ['lambda'] }),
  two: makeResult({ names: ['lambda', 'asg'] }),
  five: makeResult({ names: ['a', 'b', 'c', 'd', 'e'] }),
  eleven: makeResult({ names: Array.from({ length: 11 }, (_, index) => `platform ${index}`) }),
  hostile,
  day,
  'one bin': makeResult({ names: ['lambda', 'asg'], bins: 1, replications: 1 }),
  nothing: withNothingCompleted(makeResult({ names: ['lambda', 'asg'] })),
  'no platform': makeResult({ names: [] }),
};

function chart(name: string) {
  const found = charts.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no chart ${name}`);
  return found;
}

function draw(name: string, result = three): DomNode {
  return parseXml(chart(name).render(result));
}

describe.each(charts.map((each) => each.name))('%s', (name) => {
  it.each(Object.keys(cases) as (keyof typeof cases)[])(
    'draws %s as well-formed SVG with title and description',
    (key) => {
      for (const theme of [light, dark]) {
        const document = parseXml(chart(name).render(cases[key], theme));
        const svg = document.querySelector('svg');
        expect(svg?.getAttribute('role')).toBe('img');
        expect(document.querySelector('title')?.textContent).toBe(chart(name).title);
        expect(document.querySelector('desc')?.textContent?.length).toBeGreaterThan(40);
        const ids = attributes(document, '[id]', 'id');
        expect(ids.every((id) => id.startsWith(name))).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
      }
    },
  );

  it('gives the same bytes for the same result', () => {
    expect(chart(name).render(three)).toBe(chart(name).render(structuredClone(three)));
  });

  it('keeps hostile names as text', () => {
    const document = parseXml(chart(name).render(hostile));
    const tags = new Set([...document.querySelectorAll('*')].map((each) => each.tagName));
    const known = [
      'svg',
      'title',
      'desc',
      'defs',
      'pattern',
      'rect',
      'line',
      'path',
      'circle',
      'text',
      'tspan',
    ];
    expect([...tags].filter((tag) => !known.includes(tag))).toEqual([]);
    const handlers = [...document.querySelectorAll('*')].filter(
      (each) => each.getAttribute('onload') !== null,
    );
    expect(handlers).toEqual([]);
    expect(document.querySelector('desc')?.textContent).toContain(visible(hostileNames[0]));
  });

  it('has text of at least 12 px and numbers of at most three decimals', () => {
    const svg = chart(name).render(hostile);
    for (const size of svg.matchAll(/font-size="([\d.]+)"/g))
      expect(Number(size[1])).toBeGreaterThanOrEqual(12);
    const drawn = svg.replaceAll(/<(title|desc|text)\b[\s\S]*?<\/\1>/g, '');
    expect(drawn).not.toMatch(/\d\.\d{4,}/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('keeps every text inside the picture', () => {
    const document = parseXml(chart(name).render(hostile));
    const [, , width, height] = (document.querySelector('svg')?.getAttribute('viewBox') ?? '')
      .split(' ')
      .map(Number);
    for (const text of document.querySelectorAll('text')) {
      expect(Number(text.getAttribute('x'))).toBeGreaterThanOrEqual(0);
      expect(Number(text.getAttribute('x'))).toBeLessThan(width!);
      expect(Number(text.getAttribute('y'))).toBeGreaterThan(0);
      expect(Number(text.getAttribute('y'))).toBeLessThanOrEqual(height!);
    }
  });

  it('refers to nothing outside', () => {
    const svg = chart(name).render(three).replace('http://www.w3.org/2000/svg', '');
    expect(svg).not.toMatch(/https?:|href|<style|@import/);
  });
});

describe('what the charts say', () => {
  it('labels every bar with its cost and starts the axis at $0', () => {
    const document = draw('cost-per-month');
    expect(texts(document, 'text')).toEqual(
      expect.arrayContaining(['$271.12 ± $1.08', '$148.00 ± $0.59', 'lambda']),
    );
    expect(texts(document, '[data-axis=value]')).toEqual(['$0', '$50', '$100', '$150', '$200', '$250']);
  });

  it('draws bars in proportion to their cost', () => {
    const document = draw('cost-per-month', cases.two);
    const bars = [...document.querySelectorAll('rect[height="24"]')];
    const wide = (from: number, to: number): number =>
      bars.slice(from, to).reduce((sum, bar) => sum + Number(bar.getAttribute('width')), 0);
    expect(wide(0, 3) / wide(3, bars.length)).toBeCloseTo(271.124 / 148, 3);
  });

  it('says so when nothing costs anything', () => {
    expect(texts(draw('cost-per-month', cases.nothing), 'text')).toContain(
      'Nothing that is modelled costs anything.',
    );
  });

  it('puts percentiles at equal distances per nine, from 0 ms up to the slowest drawn', () => {
    const document = draw('latency-percentiles');
    const at = new Map(
      [...document.querySelectorAll('[data-axis=percentile]')].map((each) => [
        each.textContent,
        Number(each.getAttribute('x')),
      ]),
    );
    expect([...at.keys()]).toEqual(['p50', 'p90', 'p99', 'p99.9', 'p99.99']);
    const nine = at.get('p99')! - at.get('p90')!;
    expect(at.get('p99.9')! - at.get('p99')!).toBeCloseTo(nine, 2);
    expect(at.get('p90')! - at.get('p50')!).toBeCloseTo(nine * Math.log10(5), 2);
    expect(texts(document, '[data-axis=value]')[0]).toBe('0');
  });

  it('marks the limit that was asked for', () => {
    expect(texts(draw('latency-percentiles'), 'text')).toContain('limit p99 4.00 s');
  });

  it('leaves gaps where nothing was completed, and marks a value between two gaps', () => {
    const result = structuredClone(cases.one);
    const { columns } = result.platforms.lambda!.timeseries;
    columns.p50Ms = [100, 110, null, 500, null, 120, 130];
    columns.p99Ms = columns.p50Ms;
    for (const key of ['arrivals', 'capacity', 'busy', 'queue', 'coldStarts', 'failed'] as const) {
      columns[key] = columns[key].slice(0, 7);
    }
    const paths = attributes(draw('latency-over-time', result), 'path[stroke-width="1.75"]', 'd');
    expect(paths).toHaveLength(2);
    for (const path of paths) expect(path.match(/M/g)).toHaveLength(3);
  });

  it('keeps the greatest p99 of a long run when it puts bins together', () => {
    const result = structuredClone(day);
    result.platforms.asg!.timeseries.columns.p99Ms[777] = 1e6;
    const document = draw('latency-over-time', result);
    expect(document.querySelector('desc')?.textContent).toContain('16.7 min at 777 min');
    expect(document.querySelector('desc')?.textContent).toContain('asg');
    const ys = attributes(document, 'path[stroke-width="1.75"]', 'd').flatMap((path) =>
      [...path.matchAll(/[ML][\d.]+,([\d.]+)/g)].map((match) => Number(match[1])),
    );
    const [panelTop] = attributes(document, '[data-axis=value]', 'y').slice(-1).map(Number);
    expect(ys.some((y) => y < panelTop! + 60)).toBe(true);
  });

  it('shows capacity in its unit, and a queue only where there was one', () => {
    const all = texts(draw('demand-and-capacity'), 'text').join('\n');
    expect(all).toContain('environments: mean 11.2, max 42, 89 % busy; no queue');
    expect(all).toContain('instances: mean 11.2, max 18, 47.3 % busy');
    expect(all.match(/waiting/g)).toHaveLength(2);
  });

  it('counts cold starts and names the platforms without any', () => {
    const all = texts(draw('cold-starts'), 'text');
    expect(all).toContain('No cold starts: asg and fargate.');
    expect(all.join('\n')).toContain('1,210 cold starts in 5 runs, 0.28 % of requests');
  });
});

describe('latency axes', () => {
  it.each(['latency-percentiles', 'latency-over-time'])('%s has round steps in minutes', (name) => {
    const slow = structuredClone(cases.two);
    for (const { latencyDistribution, timeseries } of Object.values(slow.platforms)) {
      const factor = (60 * 60_000) / Math.max(...latencyDistribution.upToMs);
      (latencyDistribution as { upToMs: number[] }).upToMs = latencyDistribution.upToMs.map(
        (ms) => ms * factor,
      );
      const { columns } = timeseries as { columns: Record<string, (number | null)[]> };
      for (const key of ['p50Ms', 'p99Ms']) columns[key] = columns[key]!.map(() => 25 * 60_000);
    }
    const labels = [...draw(name, { ...slow, thresholds: [] }).querySelectorAll('text')]
      .filter((each) => each.getAttribute('data-axis') === 'value')
      .map((each) => each.textContent ?? '');
    expect(labels).toContain('10 min');
    for (const label of labels) expect(label).toMatch(/^(0|\d+ min)$/);
  });
});
