import { cut, textWidth, visible, visibleLine } from '../text.ts';

export interface TerminalOptions {
  /** Columns; lines are never longer. At least 40. */
  readonly width: number;
  readonly colour: boolean;
  /** False: every character printed is ASCII. */
  readonly unicode: boolean;
}

const SELECT_GRAPHIC_RENDITION = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
export type Colour = keyof typeof SELECT_GRAPHIC_RENDITION;

const ASCII: Readonly<Record<string, string>> = {
  '✓': 'ok',
  '✗': 'FAIL',
  '…': '...',
  '±': '+/-',
  '–': '-',
  '—': '-',
  '·': '-',
  '×': 'x',
  '→': '->',
  '←': '<-',
  '≤': '<=',
  '≥': '>=',
  µ: 'u',
  '’': "'",
  '“': '"',
  '”': '"',
};

/** How texts are put on one terminal: which characters and colours it has. */
export interface Style {
  readonly width: number;
  /** A name or sentence of others, safe for this terminal. */
  readonly name: (text: string) => string;
  readonly line: (text: string) => string;
  /** Our own text, in ASCII where needed. */
  readonly own: (text: string) => string;
  readonly cut: (text: string, width: number) => string;
  readonly paint: (text: string, ...colours: readonly Colour[]) => string;
}

export function styleOf(options: TerminalOptions): Style {
  const own = (text: string): string => {
    if (options.unicode) return text;
    return text.replaceAll(/[^\x20-\x7e\n]/gu, (character) => ASCII[character] ?? '?');
  };
  const paint = (text: string, ...colours: readonly Colour[]): string => {
    if (!options.colour || text === '') return text;
    return `\u001b[${colours.map((each) => SELECT_GRAPHIC_RENDITION[each]).join(';')}m${text}\u001b[0m`;
  };
  return {
    width: Math.max(40, Math.floor(options.width)),
    name: (text) => own(visible(text)),
    line: (text) => own(visibleLine(text)),
    own,
    cut: (text, width) => cut(text, width, own('…')),
    paint,
  };
}

/**
 * Words in lines of at most `width` columns, the later ones indented; words too long for a line are broken.
 */
export function wrap(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  const flush = (): void => {
    lines.push(line);
    line = indent;
    empty = true;
  };
  for (const word of text.split(' ').filter((each) => each !== '')) {
    if (!empty && textWidth(line) + 1 + textWidth(word) > width) flush();
    if (!empty) line += ' ';
    for (const character of word) {
      if (textWidth(line) + textWidth(character) > width) flush();
      line += character;
      empty = false;
    }
  }
  if (!empty) lines.push(line);
  return lines;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}
