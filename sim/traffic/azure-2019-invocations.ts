import type { Path } from '../problems/problem.ts';
import { MinuteCounts } from './minute-counts.ts';
import { cellText, findColumns, forEachLine, RowProblems, shown } from './trace-text.ts';

const COMMA = 44;
const DIGIT_ZERO = 48;
const DIGITS_MAX = 9;

/** A function of the trace: who it is, and where its counts are. */
export interface TraceFunction {
  readonly owner: string;
  readonly app: string;
  readonly function: string;
  /** What invokes it (http, timer, queue …); empty where the table does not say. */
  readonly trigger: string;
  /** Line of the table, from 1. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly requests: number;
}

export interface Invocations {
  readonly functions: readonly TraceFunction[];
  readonly counts: MinuteCounts;
  /** How many minutes the table has, of those that are replayed. */
  readonly minutes: number;
}

/** Hashes are hexadecimal as published; whatever else stands there must be fit for a name. */
function isHash(text: string): boolean {
  if (text.length === 0 || text.length > 128) return false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const isDigit = code >= 48 && code <= 57;
    const isLetter = (code | 32) >= 97 && (code | 32) <= 122;
    if (!isDigit && !isLetter && code !== 45 && code !== 95) return false;
  }
  return true;
}

/** Reads one row of digits in place: a trace has tens of millions of cells. */
class CountReader {
  readonly counts = new MinuteCounts();
  requests = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** @returns what is wrong with the row, or null; cells from `keptMinutes` on are checked and left out */
  read(start: number, end: number, minutes: number, keptMinutes: number): string | null {
    const { text } = this;
    this.requests = 0;
    let at = start;
    for (let minute = 0; minute < minutes; minute += 1) {
      if (at > end) return `${minute} minutes in place of ${minutes}`;
      const from = at;
      let count = 0;
      let code = at < end ? text.charCodeAt(at) : COMMA;
      while (code !== COMMA) {
        const digit = code - DIGIT_ZERO;
        if (digit < 0 || digit > 9 || at - from >= DIGITS_MAX) return this.badCount(from, end);
        count = count * 10 + digit;
        at += 1;
        code = at < end ? text.charCodeAt(at) : COMMA;
      }
      if (at === from) return 'an empty count';
      at += 1;
      if (count === 0 || minute >= keptMinutes) continue;
      this.counts.push(minute, count);
      this.requests += count;
    }
    return at <= end ? `more than ${minutes} minutes` : null;
  }

  private badCount(from: number, end: number): string {
    const comma = this.text.indexOf(',', from);
    const cell = this.text.slice(from, comma < 0 ? end : Math.min(comma, end));
    return `\`${shown(cell)}\` is no count of requests`;
  }
}

interface Layout {
  readonly owner: number;
  readonly app: number;
  readonly function: number;
  readonly trigger: number;
  readonly firstMinute: number;
  readonly minutes: number;
}

function readLayout(header: readonly string[], file: string, path: Path): Layout {
  const columns = findColumns(header, ['HashOwner', 'HashApp', 'HashFunction'], file, path);
  const firstMinute = header.findIndex((name) => /^\d+$/.test(name));
  const first = Number(header[firstMinute]);
  const problems = new RowProblems(path);
  if (
    firstMinute < 0 ||
    header.some((name, i) => i >= firstMinute && name !== String(first + i - firstMinute))
  ) {
    problems.add(
      file,
      1,
      'the columns of minutes do not follow each other',
      'HashOwner,HashApp,HashFunction,Trigger,1,2,3 and so on',
    );
  } else if (Math.max(...Object.values(columns)) > firstMinute) {
    problems.add(
      file,
      1,
      'a hash stands behind the minutes',
      'HashOwner,HashApp,HashFunction,Trigger,1,2,3 and so on',
    );
  }
  problems.throwIfAny();
  return {
    owner: columns.HashOwner,
    app: columns.HashApp,
    function: columns.HashFunction,
    trigger: header.indexOf('Trigger'),
    firstMinute,
    minutes: header.length - firstMinute,
  };
}

/**
 * Reads a table of invocations by the minute. The first column of minutes is t = 0, whatever minute it names.
 *
 * @param minutesMax later minutes are left out
 * @throws ScenarioError `bad-trace-row`, `missing-column`
 */
export function readInvocations(text: string, file: string, path: Path, minutesMax: number): Invocations {
  const functions: TraceFunction[] = [];
  const problems = new RowProblems(path);
  const reader = new CountReader(text);
  let layout: Layout | undefined;
  let kept = 0;
  forEachLine(text, (start, end, line) => {
    if (layout === undefined) {
      layout = readLayout(text.slice(start, end).split(',').map(cellText), file, path);
      kept = Math.min(minutesMax, layout.minutes);
      return;
    }
    const names: string[] = [];
    let at = start;
    while (names.length < layout.firstMinute) {
      const comma = text.indexOf(',', at);
      if (comma < 0 || comma >= end) break;
      names.push(text.slice(at, comma));
      at = comma + 1;
    }
    const [owner = '', app = '', name = ''] = [
      names[layout.owner],
      names[layout.app],
      names[layout.function],
    ];
    const from = reader.counts.length;
    const fault = !(isHash(owner) && isHash(app) && isHash(name))
      ? 'a hash is missing, or has other characters than letters, digits, - and _'
      : reader.read(at, end, layout.minutes, kept);
    if (fault !== null)
      problems.add(file, line, fault, 'three hashes, a trigger, and a whole number for each minute');
    else
      functions.push({
        owner,
        app,
        function: name,
        trigger: names[layout.trigger] ?? '',
        line,
        from,
        to: reader.counts.length,
        requests: reader.requests,
      });
  });
  problems.throwIfAny();
  return { functions, counts: reader.counts, minutes: kept };
}
