import type { Result } from '../../sim/result/result.ts';
import { type Cell, csvText } from './csv.ts';

const HEADER = ['platform', 'latency_ms_up_to', 'requests', 'requests_cumulative', 'percentile'];

/** The whole latency distribution: a row a platform and step of the histogram that is not empty. */
export function latencyPercentilesCsv(result: Result): string {
  const rows = Object.entries(result.platforms).flatMap(([name, platform]) => {
    const { upToMs, counts } = platform.latencyDistribution;
    const measured = counts.reduce((sum, count) => sum + count, 0);
    let cumulative = 0;
    const steps: Cell[][] = [];
    for (const [index, count] of counts.entries()) {
      cumulative += count;
      const percentile = Number(((100 * cumulative) / measured).toPrecision(9));
      if (count > 0) steps.push([name, upToMs[index] ?? null, count, cumulative, percentile]);
    }
    return steps;
  });
  return csvText(HEADER, rows);
}
