import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderProblems } from '../../sim/problems/render.ts';
import { parseScenario } from '../../sim/scenario/parse.ts';
import { EVERY_KEY, marked, placeOf, refusal, small } from './fixtures.ts';

const MILLION = 1_000_000;

describe('refuses what is no plain YAML document', () => {
  it.each([
    ['an open bracket', 'bad-yaml', 'version: 1\nname: [a\n¦platforms: {}\n'],
    ['a tab as indentation', 'bad-yaml', 'workload:\n¦\tcpu: 1s\n'],
    ['two keys on a line', 'bad-yaml', 'name: ¦a: b\n'],
    ['an alias of nothing', 'bad-yaml', small({ head: 'name: ¦*nothing' })],
    ['a second document', 'several-documents', 'version: 1\n¦---\nversion: 1\n'],
    ['a key given twice', 'duplicate-key', `${small({ tail: 'seed: 1' })}¦seed: 2\n`],
    [
      'a threshold given twice',
      'duplicate-key',
      small({ tail: "thresholds:\n  latency: ['p(95)<1s']\n  ¦latency: ['p(99)<3s']" }),
    ],
    ['a tag', 'tag-not-allowed', small({ head: 'seed: !!int ¦5' })],
    ['a tag of code', 'tag-not-allowed', small({ head: 'name: !!js/function ¦"function () {}"' })],
    ['a merge key', 'merge-key', small({ workload: 'workload: { ¦<<: { cpu: 1s }, cpu: 1s }' })],
    ['a list as a key', 'bad-key', `${small()}? ¦[a, b]\n: 1\n`],
    ['an alias inside itself', 'too-many-aliases', small({ workload: 'workload: &w { cpu: ¦*w }' })],
    ['a text that is too long', 'too-long', small({ head: `name: ¦${'x'.repeat(300)}` })],
    ['a list', 'invalid-value', '¦[]'],
    ['a text', 'invalid-value', '¦hello'],
    ['nothing', 'empty-file', '¦'],
    ['comments', 'empty-file', '¦# nothing\n'],
  ])('%s', (_what, code, file) => {
    const { text, place } = marked(file);
    const parsed = refusal(text);
    expect(parsed.problems[0]?.code).toBe(code);
    if (code !== 'empty-file') expect(placeOf(parsed.problems[0]!, parsed)).toBe(place);
  });

  it('says where the first of two equal keys cannot be told from the second', () => {
    const parsed = refusal(small({ tail: 'seed: 1\nseed: 2\nseed: 3' }));
    expect(parsed.problems.map((each) => placeOf(each, parsed))).toEqual(['9:1', '10:1']);
  });
});

describe('bounds what a file can cost', () => {
  const bombs: readonly (readonly [string, string])[] = [
    ['brackets', '['.repeat(MILLION)],
    ['braces', '{'.repeat(MILLION)],
    ['closing brackets', ']'.repeat(MILLION)],
    ['dashes', '- '.repeat(MILLION / 2)],
    ['question marks', '? '.repeat(MILLION / 2)],
    ['keys on a line', 'a: '.repeat(MILLION / 3)],
    ['staircase', Array.from({ length: 1_300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['brackets a thousand deep', '['.repeat(1_000) + ']'.repeat(1_000)],
    ['commas', `[${','.repeat(MILLION - 2)}]`],
    ['directives', '%\n'.repeat(MILLION / 2)],
    ['documents', '---\n'.repeat(MILLION / 4)],
    ['unknown keys', Array.from({ length: 40_000 }, (_, i) => `key${i}: 1`).join('\n')],
    ['equal keys', 'seed: 1\n'.repeat(30_000)],
    ['wrong lines', 'a: b: c\n'.repeat(30_000)],
    ['aliases', `a: &a 1\nb: [${'*a, '.repeat(1_000)}]`],
    ['digits', `duration: ${'1'.repeat(MILLION - 20)}x`],
    ['spaces in a duration', `duration: "1${' '.repeat(MILLION - 20)}x"`],
    ['quotes', '"'.repeat(MILLION)],
    ['empty lines', '\n'.repeat(MILLION)],
    ['more than 1 MB', ' '.repeat(MILLION + 1)],
    ['a 5 MB line', 'x'.repeat(5 * MILLION)],
  ];

  it.each(bombs)('%s', (_, text) => {
    const before = performance.now();
    const parsed = parseScenario(text, 'scenario.yaml');
    renderProblems(parsed.problems, parsed.source);
    expect(parsed.scenario).toBeUndefined();
    expect(parsed.problems.length).toBeGreaterThan(0);
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('a billion laughs', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 10; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(refusal(lines.join('\n')).problems.map((each) => each.code)).toContain('too-many-aliases');
  });
});

describe('no file breaks the reader', () => {
  const lines = EVERY_KEY.split('\n');
  const position = fc.nat(EVERY_KEY.length);
  const scrap = fc.oneof(
    fc.constantFrom(
      ...'{}[]:,&*!|>\'"%@`#-?\t\n \u0000\u202e0\u0661',
      '---\n',
      '<<: ',
      '*a',
      '__proto__: ',
      '~',
      '.nan',
      '1e400',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const mutation = fc.oneof(
    fc.record({ kind: fc.constant('cut' as const), from: position, length: fc.nat(40) }),
    fc.record({ kind: fc.constant('put' as const), from: position, scrap }),
    fc.record({
      kind: fc.constant('swap' as const),
      from: fc.nat(lines.length - 1),
      to: fc.nat(lines.length - 1),
    }),
  );

  function mutate(text: string, change: typeof mutation extends fc.Arbitrary<infer M> ? M : never): string {
    if (change.kind === 'cut') return text.slice(0, change.from) + text.slice(change.from + change.length);
    if (change.kind === 'put') return text.slice(0, change.from) + change.scrap + text.slice(change.from);
    const parts = text.split('\n');
    const moved = parts[change.from] ?? '';
    parts[change.from] = parts[change.to] ?? '';
    parts[change.to] = moved;
    return parts.join('\n');
  }

  it('a mutated one gives a scenario or problems with a code, a text and an explanation', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (changes) => {
        const text = changes.reduce(mutate, EVERY_KEY);
        const before = performance.now();
        const { scenario, problems, source } = parseScenario(text, 'scenario.yaml');
        expect(performance.now() - before).toBeLessThan(2_000);
        if (scenario !== undefined) return;
        refused++;
        expect(problems.length).toBeGreaterThan(0);
        const printed = renderProblems(problems, source);
        expect(printed).toMatch(/^error\[[a-z-]+\]: \S/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that none comes through is the point
        expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 400, seed: 20260105 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});
