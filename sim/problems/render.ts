import { type Cell, cellsOf, visibleText } from './display-text.ts';
import type { Problem } from './problem.ts';
import type { SourceMap, SourceSpan } from './source-map.ts';

/** How the parts of a printed problem are coloured; plain text by default. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly strong: (text: string) => string;
  /** Arrows, bars and line numbers. */
  readonly gutter: (text: string) => string;
}

const asItIs = (text: string): string => text;
const PLAIN: Paint = { error: asItIs, warning: asItIs, strong: asItIs, gutter: asItIs };

/** Columns of a source line that are shown, 80 with its number; a longer line is cut around its caret. */
const EXCERPT_COLUMNS = 72;
/** Columns kept before the caret of a cut line. */
const COLUMNS_BEFORE = 32;
const MESSAGE_CHARACTERS = 600;
const PROBLEMS_SHOWN = 10;

function cut(text: string): string {
  const all = [...visibleText(text)];
  return all.length > MESSAGE_CHARACTERS ? `${all.slice(0, MESSAGE_CHARACTERS).join('')}…` : all.join('');
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

/** The part of a line around its caret, and the spaces and carets that go beneath. */
function excerpt(span: SourceSpan): { text: string; indent: number; carets: number } {
  const cells = cellsOf(span.text.trimEnd());
  let from = 0;
  if (widthOf(cells) > EXCERPT_COLUMNS) {
    const caret = cells.findIndex((cell) => cell.offset >= span.start);
    from = Math.max(0, Math.min(caret === -1 ? cells.length : caret, cells.length) - COLUMNS_BEFORE);
  }
  let until = from;
  for (let width = 0; until < cells.length; until++) {
    width += cells[until]?.width ?? 0;
    if (width > EXCERPT_COLUMNS) break;
  }
  const shown = cells.slice(from, until);
  const before = shown.filter((cell) => cell.offset < span.start);
  const under = shown.filter((cell) => cell.offset >= span.start && cell.offset < span.end);
  const cutLeft = from > 0 ? '…' : '';
  return {
    text: `${cutLeft}${shown.map((cell) => cell.text).join('')}${until < cells.length ? '…' : ''}`,
    indent: cutLeft.length + widthOf(before),
    carets: Math.max(1, widthOf(under)),
  };
}

/** Where to point, and how the place is told: the scenario itself, or a file that it names. */
function placeOf(problem: Problem, source: SourceMap): { arrows: string[]; span: SourceSpan | null } {
  const { file } = problem;
  if (file === undefined) {
    const span = source.locate(problem.path, problem.at);
    return { arrows: [span === null ? source.fileName : span.place], span };
  }
  if (file.name === source.fileName && file.line !== undefined) {
    const span = source.spanAt(file.line, file.column ?? 1);
    return { arrows: [span?.place ?? `${file.name}:${file.line}:${file.column ?? 1}`], span };
  }
  const line = file.line === undefined ? '' : `:${file.line}`;
  const column = file.line === undefined || file.column === undefined ? '' : `:${file.column}`;
  return {
    arrows: [`${file.name}${line}${column}`],
    span: problem.path.length === 0 ? null : source.locate(problem.path, problem.at),
  };
}

/** The lines between the headline and the help: arrow, excerpt, carets. */
function pointAt(problem: Problem, source: SourceMap, paint: Paint, margin: number): string[] {
  const { arrows, span } = placeOf(problem, source);
  const pad = ' '.repeat(margin);
  const lines = arrows.map((arrow) => `${pad}${paint.gutter('-->')} ${visibleText(arrow)}`);
  if (span === null) return lines;
  const foreign = problem.file !== undefined && problem.file.name !== source.fileName;
  if (foreign) lines.push(`${pad}${paint.gutter(':::')} named in ${visibleText(span.place)}`);
  const { text, indent, carets } = excerpt(span);
  const number = (span.line === null ? '' : String(span.line)).padStart(margin);
  const mark = `${'^'.repeat(carets)}${problem.label === undefined ? '' : ` ${cut(problem.label)}`}`;
  lines.push(`${pad} ${paint.gutter('|')}`);
  lines.push(`${paint.gutter(`${number} |`)} ${text}`);
  lines.push(`${pad} ${paint.gutter('|')} ${' '.repeat(indent)}${paint[problem.severity](mark)}`);
  return lines;
}

function lineNumberOf(problem: Problem, source: SourceMap): number | null {
  return placeOf(problem, source).span?.line ?? null;
}

/**
 * A problem as rustc prints its own: headline with the code, place, source line, caret and remedy
 * (rustc-dev-guide, "Errors and lints", read 2026-11). Source lines come from strangers: control characters
 * are made visible.
 */
export function renderProblem(problem: Problem, source: SourceMap, paint: Paint = PLAIN): string {
  const margin = String(lineNumberOf(problem, source) ?? 1).length;
  const headline = paint[problem.severity](`${problem.severity}[${problem.code}]`);
  const lines = [`${headline}${paint.strong(`: ${cut(problem.message)}`)}`];
  lines.push(...pointAt(problem, source, paint, margin));
  const [first, ...rest] = problem.help.split('\n');
  const pad = ' '.repeat(margin);
  if (first !== undefined) lines.push(`${pad} ${paint.gutter('=')} help: ${cut(first)}`);
  for (const line of rest) lines.push(`${pad}         ${cut(line)}`);
  return lines.join('\n');
}

/** Every problem, ten at most, then how many more there are. An empty line stands between them. */
export function renderProblems(
  problems: readonly Problem[],
  source: SourceMap,
  paint: Paint = PLAIN,
): string {
  const shown = problems.slice(0, PROBLEMS_SHOWN).map((each) => renderProblem(each, source, paint));
  const more = problems.length - shown.length;
  if (more > 0) shown.push(`and ${more} more`);
  return shown.join('\n\n');
}
