import type { Chart } from './chart.ts';
import { coldStarts } from './cold-starts.ts';
import { costPerMonth } from './cost-per-month.ts';
import { demandAndCapacity } from './demand-and-capacity.ts';
import { latencyOverTime } from './latency-over-time.ts';
import { latencyPercentiles } from './latency-percentiles.ts';

export type { Chart } from './chart.ts';
export { dark, light, type Theme } from './theme.ts';

/** In the order of the questions: what does it cost, how slow is it, when, and why. */
export const charts: readonly Chart[] = [
  costPerMonth,
  latencyPercentiles,
  latencyOverTime,
  demandAndCapacity,
  coldStarts,
];
