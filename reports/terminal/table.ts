import { textWidth } from '../text.ts';
import { padEnd, padStart, type Style } from './style.ts';

/** A column of a terminal table: its heading and a cell for every row. */
export interface Column {
  readonly heading: string;
  readonly cells: readonly string[];
  /** Columns with the highest number are left out first when the terminal is narrow. */
  readonly expendable: number;
}

const INDENT = '  ';
const GAP = '  ';
const NAME_WIDTH_MIN = 10;

function widthOf(column: Column): number {
  return Math.max(...[column.heading, ...column.cells].map(textWidth));
}

/** As many columns as leave the names at least ten characters. */
function fitting(columns: readonly Column[], width: number): readonly Column[] {
  const kept = [...columns];
  const room = (): number =>
    width - INDENT.length - kept.reduce((sum, column) => sum + GAP.length + widthOf(column), 0);
  while (kept.length > 1 && room() < NAME_WIDTH_MIN) {
    const most = Math.max(...kept.map((column) => column.expendable));
    kept.splice(
      kept.findIndex((column) => column.expendable === most),
      1,
    );
  }
  return kept;
}

/** Names to the left, cut where the terminal is too narrow; numbers to the right. */
export function renderTable(
  style: Style,
  heading: string,
  names: readonly string[],
  columns: readonly Column[],
) {
  const kept = fitting(columns, style.width);
  const numbers = kept.reduce((sum, column) => sum + GAP.length + widthOf(column), 0);
  const nameWidth = Math.max(
    1,
    Math.min(style.width - INDENT.length - numbers, Math.max(...[heading, ...names].map(textWidth))),
  );
  const line = (name: string, cells: readonly string[]): string => {
    const right = kept.map((column, index) => GAP + padStart(cells[index] ?? '', widthOf(column)));
    return INDENT + padEnd(style.cut(name, nameWidth), nameWidth) + right.join('');
  };
  const head = line(
    heading,
    kept.map((column) => column.heading),
  );
  const rows = names.map((name, row) =>
    line(
      name,
      kept.map((column) => column.cells[row] ?? ''),
    ),
  );
  return [style.paint(head, 'dim'), ...rows];
}
