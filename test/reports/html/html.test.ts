import { describe, expect, it } from 'vitest';
import { charts } from '../../../reports/charts/index.ts';
import { renderHtml } from '../../../reports/html/index.ts';
import { escapeHtml, html } from '../../../reports/html/markup.ts';
import { visible } from '../../../reports/text.ts';
import { attributes, parseHtml, texts } from '../dom.ts';
import { hostileNames, makeResult, withNothingCompleted } from '../fixtures.ts';

const three = makeResult({ names: ['lambda', 'asg', 'fargate'] });
const page = renderHtml(three);
const document = parseHtml(page);

describe('the report', () => {
  it('starts with the verdict', () => {
    expect(texts(document, 'h1')).toEqual(['image-resize']);
    expect(texts(document, 'body p')[0]).toBe(three.verdict.text);
  });

  it('has every table, each with a caption and named rows', () => {
    const captions = texts(document, 'table > caption');
    const expected = 1 + 1 + charts.length + 3;
    expect(captions).toHaveLength(expected);
    expect([...document.querySelectorAll('table')]).toHaveLength(expected);
    for (const start of [
      'The platforms compared',
      'What was asked for',
      'Cost per month by part',
      'Bill of asg',
    ]) {
      expect(captions.some((caption) => caption.startsWith(start))).toBe(true);
    }
    expect([...document.querySelectorAll('tbody tr')].length).toBe(
      [...document.querySelectorAll('tbody th[scope=row]')].length,
    );
  });

  it('has every chart inline, with its data behind it', () => {
    expect(texts(document, 'figure h3')).toEqual(charts.map((chart) => chart.title));
    expect([...document.querySelectorAll('figure svg[role=img]')]).toHaveLength(charts.length);
    expect([...document.querySelectorAll('figure details table')]).toHaveLength(charts.length);
  });

  it('shows bills line by line with the total', () => {
    const all = texts(document, 'tbody tr').join('\n');
    for (const line of three.platforms.asg!.cost.lines) expect(all).toContain(line.what);
    expect(texts(document, 'h3')).toContain('asg: $148.00 a month');
  });

  it('ends with what it takes to do it again', () => {
    const foot = document.querySelector('footer')?.textContent ?? '';
    for (const fact of ['breakeven 1.0.0', three.scenario.sha256, '2026-07', '42', 'constant-arrival-rate']) {
      expect(foot).toContain(fact);
    }
    const typed = parseHtml(renderHtml(three, { command: 'breakeven run "a&b.yaml"' }));
    expect(typed.querySelector('footer dl')?.textContent).toContain('breakeven run "a&b.yaml"');
  });

  it('lists assumptions, what is not modelled, and warnings', () => {
    const items = texts(document, 'li');
    expect(items).toContain('staff time');
    expect(items.some((item) => item.includes('few-tail-samples'))).toBe(true);
  });

  it('has headings without gaps and ids without doubles', () => {
    const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map((each) => Number(each.tagName.slice(1)));
    for (const [index, level] of levels.entries()) {
      if (index > 0) expect(level).toBeLessThanOrEqual(levels[index - 1]! + 1);
    }
    const ids = attributes(document, '[id]', 'id');
    expect(new Set(ids).size).toBe(ids.length);
    for (const target of attributes(document, '[aria-labelledby]', 'aria-labelledby').flatMap((each) =>
      each.split(' '),
    )) {
      expect(ids).toContain(target);
    }
    expect(document.querySelector('html')?.getAttribute('lang')).toBe('en');
  });

  it('asks nothing of any host and runs nothing', () => {
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:\/\/|src=|href=|@import|<link|<script|url\((?!#)/,
    );
    const policy = document
      .querySelector('meta[http-equiv=Content-Security-Policy]')
      ?.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'none'");
  });

  it('is small, and the same every time', () => {
    expect(page.length).toBeLessThan(150_000);
    const day = makeResult({ names: ['lambda', 'asg', 'fargate', 'eks'], bins: 1_440 });
    expect(renderHtml(day).length).toBeLessThan(300_000);
    expect(renderHtml(structuredClone(three))).toBe(page);
  });
});

describe('hostile input', () => {
  const evil = '</title></style><script>alert(1)</script><img src=x onerror=alert(2)>';
  const result = makeResult({
    names: hostileNames,
    scenarioName: evil,
    resolved: { description: evil, nested: { '</pre><script>': '--></details>' } },
  });
  result.warnings.push({ code: evil, message: evil, platform: evil });
  result.prices.overrides[evil] = evil;
  const platform = Object.values(result.platforms)[0]!;
  platform.cost.lines[0]!.what = evil;
  platform.cost.lines[0]!.unit = evil;
  platform.notModelled.push(evil);
  const hostile = parseHtml(renderHtml(result, { command: evil }));

  it('stays text everywhere', () => {
    expect([...hostile.querySelectorAll('script, img, [onerror], [onload], iframe, object')]).toEqual([]);
    expect(texts(hostile, 'h1')).toEqual([evil]);
    expect(texts(hostile, 'title')[0]).toBe(`${evil} – Breakeven`);
    expect(texts(hostile, 'pre')[0]).toContain('"</pre><script>": "--></details>"');
    for (const name of hostileNames) expect(texts(hostile, 'tbody th')).toContain(visible(name));
  });

  it('cannot break out of a template', () => {
    expect(html`<a title="${'"><b>'}">${"'&"}</a>`.markup).toBe(
      '<a title="&quot;&gt;&lt;b&gt;">&#39;&amp;</a>',
    );
    expect(escapeHtml('a\u202e\nb')).toBe('a\\u{202e}\nb');
  });

  it('cannot break out of the command either', () => {
    const named = { ...three, scenario: { ...three.scenario, name: "it's; rm -rf" } };
    expect(parseHtml(renderHtml(named)).querySelector('footer dl')?.textContent).toContain(
      "'it'\\''s; rm -rf.yaml'",
    );
  });
});

describe('little data', () => {
  it('still gives a report', () => {
    const nothing = parseHtml(renderHtml(withNothingCompleted(three)));
    expect(nothing.querySelector('.verdict')?.textContent).toBe('No platform completed a request.');
    expect(texts(nothing, 'svg text')).toContain('Too few completed requests to tell any percentile.');
    expect(renderHtml(withNothingCompleted(three))).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('says when the run was cut short', () => {
    expect(renderHtml({ ...three, partial: true })).toContain('Cut short');
    expect(page).not.toContain('Cut short');
  });
});
