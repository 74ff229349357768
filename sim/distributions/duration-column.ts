import { MICROS_PER_MS } from '../kernel/time.ts';
import { type Problem, problem, ScenarioError } from '../problems/problem.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';

const ROW_PROBLEMS_MAX = 10;

/**
 * Whole microseconds of one cell: a duration text, or a plain number of milliseconds. @returns null for
 * others.
 */
function readCell(cell: string): number | null {
  if (cell === '') return null;
  const plain = Number(cell);
  if (Number.isFinite(plain)) return plain >= 0 && plain <= 1e15 ? Math.round(plain * MICROS_PER_MS) : null;
  return durationSchema.safeParse(cell).success ? durationMicros(cell) : null;
}

function unquote(cell: string): string {
  const trimmed = cell.trim();
  return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"')
    ? trimmed.slice(1, -1)
    : trimmed;
}

/**
 * Position of the column of that name in a CSV header. @throws ScenarioError that there is none, with those
 * there are.
 */
function findColumn(header: string, column: string, file: string): number {
  const names = header.split(',').map(unquote);
  const index = names.indexOf(column);
  if (index >= 0) return index;
  const help = `the first line names: ${names.slice(0, 20).join(', ').slice(0, 200)}`;
  throw new ScenarioError([
    problem('missing-column', ['column'], `no column \`${column}\` in ${file}`, {
      help,
      file: { name: file, line: 1 },
    }),
  ]);
}

/**
 * Durations of a text file in whole microseconds: one a line (a header is skipped), or the named column of a
 * CSV with a header. A plain number is milliseconds.
 *
 * @throws ScenarioError `bad-data-row` with the lines that cannot be read, `missing-column`,
 * `empty-data-file`
 */
export function readDurationColumn(text: string, file: string, column: string | undefined): Float64Array {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const index = column === undefined ? 0 : findColumn(lines[0] ?? '', column, file);
  const values: number[] = [];
  const problems: Problem[] = [];
  lines.forEach((line, at) => {
    if (line.trim() === '' || (column !== undefined && at === 0)) return;
    const cell = unquote(column === undefined ? line : (line.split(',')[index] ?? ''));
    const value = readCell(cell);
    if (value !== null) values.push(value);
    else if (at > 0 || !/^[A-Za-z_]/.test(cell)) {
      if (problems.length < ROW_PROBLEMS_MAX) problems.push(badRow(file, at + 1, cell));
    }
  });
  if (problems.length > 0) throw new ScenarioError(problems);
  if (values.length === 0)
    throw new ScenarioError([
      problem('empty-data-file', ['file'], `${file} has no values`, {
        help: 'one duration a line: a plain number of milliseconds, or `1.5s`',
      }),
    ]);
  return Float64Array.from(values);
}

function badRow(file: string, line: number, cell: string): Problem {
  return problem('bad-data-row', ['file'], `\`${cell.slice(0, 40)}\` is no duration`, {
    help: 'a plain number of milliseconds, or a duration such as `1.5s`',
    file: { name: file, line },
  });
}
