import type { Result } from '../../sim/result/result.ts';
import { costLinesCsv } from './cost-lines.ts';
import { latencyPercentilesCsv } from './latency-percentiles.ts';
import { summaryCsv } from './summary.ts';
import { timeseriesCsv } from './timeseries.ts';

/** A table of a result that can be written as `NAME.csv`. */
export interface CsvTable {
  readonly name: string;
  render(result: Result): string;
}

export const csvTables: readonly CsvTable[] = [
  { name: 'summary', render: summaryCsv },
  { name: 'cost-lines', render: costLinesCsv },
  { name: 'timeseries', render: timeseriesCsv },
  { name: 'latency-percentiles', render: latencyPercentilesCsv },
];
