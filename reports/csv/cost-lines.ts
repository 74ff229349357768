import type { Result } from '../../sim/result/result.ts';
import { costPartOf } from '../cost-parts.ts';
import { type Cell, csvText } from './csv.ts';

const HEADER = [
  'platform',
  'line_id',
  'part',
  'what',
  'quantity_per_month',
  'free_quantity_per_month',
  'unit',
  'usd_per_unit',
  'usd_per_month',
];

/** One row for every line of every platform's bill, not rounded. */
export function costLinesCsv(result: Result): string {
  const rows = Object.entries(result.platforms).flatMap(([name, platform]) =>
    platform.cost.lines.map((line): Cell[] => [
      name,
      line.id,
      costPartOf(line.id),
      line.what,
      line.quantity,
      line.freeQuantity ?? 0,
      line.unit,
      line.usdPerUnit,
      line.usd,
    ]),
  );
  return csvText(HEADER, rows);
}
