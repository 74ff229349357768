import type { SourceSpan } from './source-map.ts';

/** A file as lines, to turn offsets into places. Lines end with LF or CRLF. */
export class TextLines {
  readonly #text: string;
  readonly #fileName: string;
  readonly #starts: number[] = [0];

  constructor(text: string, fileName: string) {
    this.#text = text;
    this.#fileName = fileName;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The span of [start, end), cut to the line that `start` is on, and at least one character wide. */
  span(start: number, end: number): SourceSpan {
    const offset = Math.min(Math.max(start, 0), this.#text.length);
    const index = this.#lineIndex(offset);
    const from = this.#starts[index] ?? 0;
    const text = this.#lineText(index);
    const within = Math.min(offset - from, text.length);
    const column = [...text.slice(0, within)].length + 1;
    const until = Math.max(within + 1, Math.min(end - from, text.trimEnd().length));
    const place = `${this.#fileName}:${index + 1}:${column}`;
    return { place, line: index + 1, column, text, start: within, end: until };
  }

  /** The word that begins at a line and column (both from 1, columns in characters). */
  wordAt(line: number, column: number): SourceSpan | null {
    const from = this.#starts[line - 1];
    if (from === undefined) return null;
    const before = [...this.#lineText(line - 1)].slice(0, column - 1).join('').length;
    const word = /^[^\s:,[\]{}]+/.exec(this.#text.slice(from + before, from + before + 200));
    return this.span(from + before, from + before + (word?.[0].length ?? 1));
  }

  #lineIndex(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #lineText(index: number): string {
    const line = this.#text.slice(
      this.#starts[index],
      (this.#starts[index + 1] ?? this.#text.length + 1) - 1,
    );
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}
