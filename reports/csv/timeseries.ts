import type { Result } from '../../sim/result/result.ts';
import { type Cell, csvText } from './csv.ts';

const HEADER = [
  'platform',
  'start_seconds',
  'step_seconds',
  'arrivals',
  'capacity_mean',
  'busy_mean',
  'capacity_unit',
  'queue_mean',
  'cold_starts',
  'failed',
  'latency_ms_p50',
  'latency_ms_p99',
];

/** One row a platform and bin, every bin; percentiles are empty where nothing was completed. */
export function timeseriesCsv(result: Result): string {
  const rows = Object.entries(result.platforms).flatMap(([name, platform]) => {
    const { stepSeconds, columns } = platform.timeseries;
    return columns.capacity.map((capacity, bin): Cell[] => [
      name,
      bin * stepSeconds,
      stepSeconds,
      columns.arrivals[bin] ?? null,
      capacity,
      columns.busy[bin] ?? null,
      platform.capacity.unit,
      columns.queue[bin] ?? null,
      columns.coldStarts[bin] ?? null,
      columns.failed[bin] ?? null,
      columns.p50Ms[bin] ?? null,
      columns.p99Ms[bin] ?? null,
    ]);
  });
  return csvText(HEADER, rows);
}
