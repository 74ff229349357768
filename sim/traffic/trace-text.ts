import { type Path, type Problem, problem, ScenarioError } from '../problems/problem.ts';
import type { TrafficContext } from './traffic.ts';

const ROW_PROBLEMS_MAX = 10;
const SHOWN_CHARS_MAX = 40;

/**
 * The text of a file that a stream names. A problem that `readFile` cannot place is put on the stream's
 * `file`.
 */
export function readTraceFile(context: TrafficContext, name: string): string {
  try {
    return context.readFile(name).replace(/^\uFEFF/, '');
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const path = filePath(context);
    throw new ScenarioError(error.problems.map((each) => (each.path.length > 0 ? each : { ...each, path })));
  }
}

/** Where a stream names its file. */
export function filePath(context: TrafficContext): Path {
  return [...context.path, 'file'];
}

/**
 * Visits the lines of a text that are not blank, by where they start and end (before the line break), and
 * their number from 1. No line is copied.
 */
export function forEachLine(text: string, visit: (start: number, end: number, line: number) => void): void {
  let start = 0;
  for (let line = 1; start < text.length; line += 1) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline;
    const end = text.charCodeAt(next - 1) === 13 ? next - 1 : next;
    if (end > start) visit(start, end, line);
    start = next + 1;
  }
}

/** A cell without the spaces and quotation marks about it. */
export function cellText(cell: string): string {
  const trimmed = cell.trim();
  return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"')
    ? trimmed.slice(1, -1)
    : trimmed;
}

/** A header begins with a letter, data do not. */
export function isHeader(firstCell: string): boolean {
  return /^[A-Za-z_]/.test(firstCell);
}

/** Gathers the bad rows of trace files, the first ten of them in full. */
export class RowProblems {
  private readonly path: Path;
  private readonly problems: Problem[] = [];
  private more = 0;

  constructor(path: Path) {
    this.path = path;
  }

  /** @param message what is wrong with the row, without its text */
  add(file: string, line: number, message: string, help: string): void {
    if (this.problems.length === ROW_PROBLEMS_MAX) this.more += 1;
    else
      this.problems.push(problem('bad-trace-row', this.path, message, { help, file: { name: file, line } }));
  }

  /** @throws ScenarioError when any row was bad */
  throwIfAny(): void {
    const last = this.problems.at(-1);
    if (last === undefined) return;
    if (this.more === 0) throw new ScenarioError(this.problems);
    const told = { ...last, message: `${last.message} (and ${this.more} more bad rows)` };
    throw new ScenarioError([...this.problems.slice(0, -1), told]);
  }
}

/** A cell as messages show it. */
export function shown(cell: string): string {
  return cell.length > SHOWN_CHARS_MAX ? `${cell.slice(0, SHOWN_CHARS_MAX)}…` : cell;
}

/** @throws ScenarioError that a trace holds no request */
export function refuseEmpty(context: TrafficContext, name: string): never {
  const help = 'name a file with at least one row, or remove the stream';
  throw new ScenarioError([problem('empty-trace', filePath(context), `${name} holds no request`, { help })]);
}

/** Positions of columns by name. @throws ScenarioError `missing-column` with those that a header lacks */
export function findColumns<Name extends string>(
  header: readonly string[],
  names: readonly Name[],
  file: string,
  path: Path,
): Record<Name, number> {
  const problems: Problem[] = [];
  const entries = names.map((name) => {
    const index = header.indexOf(name);
    if (index < 0) {
      const help = `its first line names: ${shown(header.slice(0, 5).join(', '))}`;
      problems.push(
        problem('missing-column', path, `${file} has no column \`${name}\``, {
          help,
          file: { name: file, line: 1 },
        }),
      );
    }
    return [name, index] as const;
  });
  if (problems.length > 0) throw new ScenarioError(problems);
  return Object.fromEntries(entries) as Record<Name, number>;
}
