import { describe, expect, it } from 'vitest';
import { summarise } from '../../../reports/terminal/index.ts';
import { hostileNames, makeResult, withNothingCompleted } from '../fixtures.ts';

const plain = { width: 80, colour: false, unicode: true };
const three = makeResult({ names: ['lambda', 'asg', 'fargate'] });

/**
 * Columns by a rule coarser than the one under test: two for everything beyond Latin, Greek, Cyrillic and
 * marks.
 */
function columnsAtMost(line: string): number {
  let columns = 0;
  for (const character of line.normalize('NFC')) {
    const code = character.codePointAt(0)!;
    const oneWide = code < 0x1100 || (code >= 0x2000 && code < 0x2e80);
    columns += code === 0x200d ? 0 : oneWide ? 1 : 2;
  }
  return columns;
}

describe('the summary', () => {
  const text = summarise(three, plain);

  it('has thresholds with what was measured, before the platforms', () => {
    expect(text).toMatch(/✓ lambda +latency p\(99\)<4s +3\.10 s/);
    expect(text).toMatch(/✗ lambda +cost month<\$200 +\$271\.12/);
    expect(text.indexOf('THRESHOLDS')).toBeLessThan(text.indexOf('cost/month'));
  });

  it('has a row a platform with cost, latency and shares', () => {
    const row = text.split('\n').find((line) => line.startsWith('  lambda  '));
    expect(row).toContain('$271.12 ± $1.08');
    expect(row).toContain('0.28 %');
    expect(row).toMatch(/89 %$/);
    expect(text.split('\n').find((line) => line.startsWith('  asg  '))).toContain('–');
  });

  it('says the verdict, what is not modelled and what to do about warnings', () => {
    expect(text.replaceAll(/\s+/g, ' ')).toContain(three.verdict.text);
    expect(text).toContain('Not modelled: CloudWatch Logs ingestion; staff time.');
    expect(text).toContain('breakeven explain few-tail-samples');
    expect(text.trimEnd().split('\n').pop()).toBe('✓ thresholds passed, by asg and fargate; not by lambda');
  });

  it('is plain without colour, and the same text with it', () => {
    expect(text).not.toContain('\u001b');
    const coloured = summarise(three, { ...plain, colour: true });
    expect(coloured).toContain('\u001b[32m✓\u001b[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: takes our own colours off again
    expect(coloured.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(text);
  });

  it('is ASCII where there is no Unicode', () => {
    const ascii = summarise(makeResult({ names: [...hostileNames] }), { ...plain, unicode: false });
    expect(ascii).toMatch(/^[\x20-\x7e\n]*$/);
    expect(ascii).toContain('+/-');
    expect(ascii).toContain('FAIL');
  });

  it('shows no control character of a name', () => {
    const shown = summarise(makeResult({ names: hostileNames }), plain);
    expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
    expect(shown).not.toContain('\u202e');
    expect(shown).toContain('\\x1b');
  });
});

describe('width', () => {
  const results = {
    three,
    hostile: makeResult({ names: hostileNames }),
    nothing: withNothingCompleted(three),
    long: makeResult({ names: ['x'.repeat(64), '語'.repeat(64)], scenarioName: '名'.repeat(64) }),
  };

  it.each([40, 60, 80, 100, 200])('no line is longer than %i columns', (width) => {
    for (const result of Object.values(results)) {
      for (const unicode of [true, false]) {
        for (const line of summarise(result, { width, colour: false, unicode }).split('\n')) {
          expect(columnsAtMost(line), line).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  it('cuts names with an ellipsis and keeps the cost', () => {
    const narrow = summarise(results.hostile, { ...plain, width: 40 });
    expect(narrow).toContain('…');
    expect(narrow).toContain('$1,402.35 ± $5.61');
  });

  it('needs no thresholds and no warnings', () => {
    const quiet = summarise({ ...three, thresholds: [], warnings: [], partial: true }, plain);
    expect(quiet).not.toContain('THRESHOLDS');
    expect(quiet).toContain('Cut short');
  });

  it('tells of a run that was cut short what is missing, and judges it so far only', () => {
    const resolved = { platforms: { lambda: {}, asg: {}, fargate: {}, late: {} } };
    const scenario = { ...three.scenario, resolved };
    const text = summarise({ ...three, scenario, partial: true }, plain).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/runs?, cut short/);
    expect(text).toContain('until then; nothing is known of late.');
    expect(text).toMatch(/thresholds (passed|failed) so far/);
  });

  it('calls what the reader added by its kind', () => {
    const lambda = three.platforms.lambda!;
    const line = { ...lambda.cost.lines[0]!, id: 'extra.database', what: 'database', usd: 1e6 };
    const cost = { ...lambda.cost, lines: [line] };
    const text = summarise({ ...three, platforms: { lambda: { ...lambda, cost } } }, plain);
    expect(text).toMatch(/% for extra costs/);
  });
});
