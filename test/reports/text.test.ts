import { describe, expect, it } from 'vitest';
import { cut, listed, textWidth, visible, visibleLine } from '../../reports/text.ts';

describe('text that others wrote', () => {
  it('writes out controls, direction overrides and lone surrogates', () => {
    expect(visible('\u001b[31m')).toBe('\\x1b[31m');
    expect(visible('a\u202eb')).toBe('a\\u{202e}b');
    expect(visible('\ud800')).toBe('\\u{d800}');
    expect(visible('zero\u200bwidth')).toBe('zero\\u{200b}width');
  });

  it('keeps letters of every script, joined emoji and accents', () => {
    const text = '画像 👩‍💻 e\u0301 عربي';
    expect(visible(text)).toBe(text);
  });

  it('puts a description on one line', () => {
    expect(visibleLine(' two\n lines\t here ')).toBe('two lines here');
  });

  it.each([
    ['abc', 3],
    ['画像', 4],
    ['🚀', 2],
    ['e\u0301', 1],
    ['ｗｉｄｅ', 8],
    ['한국', 4],
  ])('%s takes %i columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  it('cuts by columns, not by characters', () => {
    expect(cut('画像リサイズ', 7)).toBe('画像リ…');
    expect(textWidth(cut('画像リサイズ', 8))).toBeLessThanOrEqual(8);
    expect(cut('short', 5)).toBe('short');
    expect(cut('shorter', 5, '...')).toBe('sh...');
  });

  it('joins words', () => {
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listed(['a'])).toBe('a');
  });
});
