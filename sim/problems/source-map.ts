import type { Path } from './problem.ts';

/** A stretch of one line of a source, to point at. */
export interface SourceSpan {
  /** What follows the arrow: `scenario.yaml:21:9`, or the words of a command line. */
  readonly place: string;
  /** From 1; null where the source is no file. */
  readonly line: number | null;
  /** From 1, in characters (code points). */
  readonly column: number;
  /** The whole line as it stands in the source. */
  readonly text: string;
  /** Offsets into `text` of what the caret underlines. */
  readonly start: number;
  readonly end: number;
}

/** Finds where in its source a value of a scenario stands. */
export interface SourceMap {
  readonly fileName: string;
  /** The nearest thing that exists where the path itself leads nowhere; null when nothing could be read. */
  locate(path: Path, at: 'key' | 'value'): SourceSpan | null;
  /** The word at a line and column of the scenario's own file. */
  spanAt(line: number, column: number): SourceSpan | null;
}
