/** One character as a terminal shows it. */
export interface Cell {
  readonly text: string;
  /** Columns that it takes: 0, 1, 2, or 4 for a tab. */
  readonly width: number;
  /** Where it begins in the line, in UTF-16 units. */
  readonly offset: number;
}

/**
 * Characters that drive a terminal or reorder what is read: controls, line separators, bidi marks, lone
 * surrogates.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;
const UNSAFE_ALL = new RegExp(UNSAFE.source, 'gu');

/**
 * East Asian Wide and Fullwidth blocks and the emoji that terminals draw two columns wide (Unicode UAX 11).
 */
const WIDE_RANGES: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** True when a text holds a character that must never reach a terminal as it is. */
export function hasUnsafeCharacter(text: string): boolean {
  return UNSAFE.test(text);
}

/** A text with every control, bidi and other invisible driver of terminals replaced by a visible sign. */
export function visibleText(text: string): string {
  return text.replaceAll(UNSAFE_ALL, visible);
}

function widthOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (code === 0x200c || code === 0x200d || /^\p{M}$/u.test(character)) return 0;
  return WIDE_RANGES.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

/** The characters of a line as they are shown; a tab is four spaces. */
export function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let offset = 0;
  for (const character of line) {
    if (character === '\t') cells.push({ text: '    ', width: 4, offset });
    else {
      const text = visibleText(character);
      cells.push({ text, width: widthOf(text), offset });
    }
    offset += character.length;
  }
  return cells;
}
