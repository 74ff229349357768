import { stringify } from 'csv-stringify/sync';

/** A value of a cell; null leaves it empty. */
export type Cell = string | number | null;

/**
 * Rows as RFC 4180 text with a header and LF line ends. A text that a spreadsheet would take for a formula
 * (it starts with = + - @, a tab or a carriage return) gets an apostrophe in front (OWASP, CSV injection).
 */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return stringify([[...header], ...rows.map((row) => [...row])], {
    record_delimiter: '\n',
    escape_formulas: true,
  });
}
