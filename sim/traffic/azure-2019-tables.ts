import { MICROS_PER_MS } from '../kernel/time.ts';
import type { Path } from '../problems/problem.ts';
import type { TraceFunction } from './azure-2019-invocations.ts';
import { cellText, findColumns, forEachLine, RowProblems, shown } from './trace-text.ts';

const BYTES_PER_MB = 1_000_000;
const PERCENTILE = 'percentile_Average_';
const MS_MAX = 1e12;

/** How long a function runs. */
export interface TraceDurations {
  readonly meanMicros: number;
  /** By the table's percentiles. */
  readonly valuesMicros: Float64Array;
}

export interface DurationTable {
  /** The table's percentiles as probabilities. */
  readonly probabilities: Float64Array;
  readonly byFunction: ReadonlyMap<string, TraceDurations>;
}

/** Ids are unique only together: the same function hash under another app is another function. */
export function functionKey(each: Pick<TraceFunction, 'owner' | 'app' | 'function'>): string {
  return `${each.owner},${each.app},${each.function}`;
}

function appKey(each: Pick<TraceFunction, 'owner' | 'app'>): string {
  return `${each.owner},${each.app}`;
}

/** A number from 0 on, or null. */
function readNumber(cell: string | undefined): number | null {
  const value = cell === undefined || cell === '' ? Number.NaN : Number(cell);
  return value >= 0 && value <= MS_MAX ? value : null;
}

/** Visits the rows under a header as cells. */
function forEachRow(
  text: string,
  onHeader: (header: string[]) => void,
  onRow: (cells: string[], line: number) => void,
): void {
  let isFirst = true;
  forEachLine(text, (start, end, line) => {
    const cells = text.slice(start, end).split(',');
    if (isFirst) onHeader(cells.map(cellText));
    else onRow(cells, line);
    isFirst = false;
  });
}

/**
 * Reads the durations of the wanted functions: means and percentiles, milliseconds in the table. The
 * percentiles are of 30-second averages (Shahrad et al., USENIX ATC 2020, section 3.1), so extremes are
 * milder than a request's.
 *
 * @throws ScenarioError `bad-trace-row`, `missing-column`
 */
export function readDurations(
  text: string,
  file: string,
  path: Path,
  wanted: ReadonlySet<string>,
): DurationTable {
  const problems = new RowProblems(path);
  const byFunction = new Map<string, TraceDurations>();
  let columns = { HashOwner: -1, HashApp: -1, HashFunction: -1, Average: -1 };
  let percentiles: { column: number; percent: number }[] = [];
  const onHeader = (header: string[]): void => {
    findColumns(header, [`${PERCENTILE}0`, `${PERCENTILE}50`, `${PERCENTILE}100`], file, path);
    columns = findColumns(header, ['HashOwner', 'HashApp', 'HashFunction', 'Average'], file, path);
    percentiles = header
      .map((name, column) => ({
        column,
        percent: name.startsWith(PERCENTILE) ? Number(name.slice(PERCENTILE.length)) : -1,
      }))
      .filter(({ percent }) => percent >= 0 && percent <= 100)
      .sort((a, b) => a.percent - b.percent);
  };
  forEachRow(text, onHeader, (cells, line) => {
    const [owner, app, name] = [
      cells[columns.HashOwner],
      cells[columns.HashApp],
      cells[columns.HashFunction],
    ];
    const key = functionKey({ owner: owner ?? '', app: app ?? '', function: name ?? '' });
    if (!wanted.has(key) || byFunction.has(key)) return;
    const mean = readNumber(cells[columns.Average]);
    const values = percentiles.map(({ column }) => readNumber(cells[column]));
    if (mean === null) {
      problems.add(
        file,
        line,
        `\`${shown(cells[columns.Average] ?? '')}\` is no average`,
        'milliseconds from 0 on',
      );
    } else if (values.some((value, i) => value === null || value < (values[i - 1] ?? 0))) {
      problems.add(
        file,
        line,
        'the percentiles do not rise',
        'milliseconds from 0 on, none below the one before',
      );
    } else {
      const valuesMicros = Float64Array.from(values, (value) => value! * MICROS_PER_MS);
      byFunction.set(key, { meanMicros: mean * MICROS_PER_MS, valuesMicros });
    }
  });
  problems.throwIfAny();
  return { probabilities: Float64Array.from(percentiles, ({ percent }) => percent / 100), byFunction };
}

/**
 * Reads what memory the functions need, in bytes. The published table gives an app's memory, which is split
 * evenly over the app's functions; a table with a column of functions has done that.
 *
 * @returns by function key; a function that the table lacks is not in it
 * @throws ScenarioError `bad-trace-row`, `missing-column`
 */
export function readMemory(
  text: string,
  file: string,
  path: Path,
  functions: readonly TraceFunction[],
): ReadonlyMap<string, number> {
  const problems = new RowProblems(path);
  const byId = new Map<string, number>();
  const wanted = new Set(functions.flatMap((each) => [appKey(each), functionKey(each)]));
  let columns = { HashOwner: -1, HashApp: -1, AverageAllocatedMb: -1 };
  let functionColumn = -1;
  const onHeader = (header: string[]): void => {
    columns = findColumns(header, ['HashOwner', 'HashApp', 'AverageAllocatedMb'], file, path);
    functionColumn = header.indexOf('HashFunction');
  };
  forEachRow(text, onHeader, (cells, line) => {
    const [owner = '', app = ''] = [cells[columns.HashOwner], cells[columns.HashApp]];
    const name = cells[functionColumn] ?? '';
    const id = functionColumn < 0 ? appKey({ owner, app }) : functionKey({ owner, app, function: name });
    if (!wanted.has(id)) return;
    const megabytes = readNumber(cells[columns.AverageAllocatedMb]);
    if (megabytes === null) {
      problems.add(
        file,
        line,
        `\`${shown(cells[columns.AverageAllocatedMb] ?? '')}\` is no memory size`,
        'megabytes from 0 on',
      );
    } else {
      byId.set(id, megabytes * BYTES_PER_MB);
    }
  });
  problems.throwIfAny();
  if (functionColumn >= 0) return byId;
  const functionsByApp = new Map<string, number>();
  for (const each of functions) functionsByApp.set(appKey(each), (functionsByApp.get(appKey(each)) ?? 0) + 1);
  return new Map(
    functions.flatMap((each) => {
      const bytes = byId.get(appKey(each));
      return bytes === undefined
        ? []
        : [[functionKey(each), bytes / functionsByApp.get(appKey(each))!] as const];
    }),
  );
}
