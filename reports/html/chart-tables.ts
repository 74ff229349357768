import type { PlatformResult, Result } from '../../sim/result/result.ts';
import { costParts } from '../cost-parts.ts';
import { formatAmount, formatDurationMs, formatMoney, formatQuantity, formatShare } from '../format.ts';
import { highestPercentile, namedPercentiles, percentileMs, percentileName } from '../percentiles.ts';
import { binsOf, formatSeconds, groupBins, groupMaxima, groupMeans, groupSums } from '../time-bins.ts';
import type { DataTable } from './data-table.ts';

const ROWS_MAX = 60;

interface TimedColumn {
  readonly head: string;
  readonly cells: readonly string[];
}

/** A table over time: rows of one bin each, or of as many as keep it readable. */
function overTime(
  result: Result,
  caption: string,
  columnsOf: (name: string, platform: PlatformResult) => readonly TimedColumn[],
): DataTable {
  const { bins, stepSeconds } = binsOf(result);
  const groups = groupBins(bins, ROWS_MAX);
  const columns = Object.entries(result.platforms).flatMap(([name, platform]) => columnsOf(name, platform));
  const whole = groups.size > 1 ? ` Every row covers ${formatSeconds(groups.size * stepSeconds)}.` : '';
  return {
    caption: `${caption}${whole}`,
    head: ['from', ...columns.map((column) => column.head)],
    rows: Array.from({ length: groups.count }, (_, row) => [
      formatSeconds(row * groups.size * stepSeconds),
      ...columns.map((column) => column.cells[row] ?? ''),
    ]),
  };
}

function costTable(result: Result): DataTable {
  const rows = Object.entries(result.platforms).flatMap(([name, platform]) =>
    costParts(platform).map((part) => [
      name,
      part.name,
      formatMoney(part.usd),
      formatShare(part.usd / platform.cost.usdPerMonth),
    ]),
  );
  return { caption: 'Cost per month by part', head: ['platform', 'part', 'USD', 'share'], rows, words: [1] };
}

function percentileTable(result: Result): DataTable {
  const platforms = Object.values(result.platforms);
  const last = Math.max(0, ...platforms.map(highestPercentile));
  const shares = namedPercentiles.filter((share) => share <= last);
  return {
    caption: 'Latency by percentile, from the histogram; only where at least ten requests were slower',
    head: ['platform', ...shares.map(percentileName)],
    rows: Object.entries(result.platforms).map(([name, platform]) => [
      name,
      ...shares.map((share) => formatDurationMs(percentileMs(platform, share))),
    ]),
  };
}

function latencyTable(result: Result): DataTable {
  const groups = groupBins(binsOf(result).bins, ROWS_MAX);
  return overTime(result, 'Latency over time: the greatest p50 and p99.', (name, { timeseries }) => [
    { head: `${name} p50`, cells: groupMaxima(timeseries.columns.p50Ms, groups).map(formatDurationMs) },
    { head: `${name} p99`, cells: groupMaxima(timeseries.columns.p99Ms, groups).map(formatDurationMs) },
  ]);
}

function capacityTable(result: Result): DataTable {
  const groups = groupBins(binsOf(result).bins, ROWS_MAX);
  return overTime(result, 'Busy, capacity and waiting requests over time: means.', (name, platform) => {
    const { columns } = platform.timeseries;
    const { unit } = platform.capacity;
    return [
      { head: `${name} busy ${unit}`, cells: groupMeans(columns.busy, groups).map(formatAmount) },
      { head: `${name} ${unit}`, cells: groupMeans(columns.capacity, groups).map(formatAmount) },
      { head: `${name} waiting`, cells: groupMeans(columns.queue, groups).map(formatAmount) },
    ];
  });
}

function coldStartTable(result: Result): DataTable {
  const groups = groupBins(binsOf(result).bins, ROWS_MAX);
  return overTime(
    result,
    'Arrivals and cold starts over time, in one run (mean of the runs).',
    (name, { timeseries }) => [
      { head: `${name} arrivals`, cells: groupSums(timeseries.columns.arrivals, groups).map(formatQuantity) },
      {
        head: `${name} cold starts`,
        cells: groupSums(timeseries.columns.coldStarts, groups).map(formatQuantity),
      },
    ],
  );
}

/** The table that says what a chart draws, by the chart's name. */
export const chartTables: Readonly<Record<string, (result: Result) => DataTable>> = {
  'cost-per-month': costTable,
  'latency-percentiles': percentileTable,
  'latency-over-time': latencyTable,
  'demand-and-capacity': capacityTable,
  'cold-starts': coldStartTable,
};
