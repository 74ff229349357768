import { failedCount } from '../observe/observation.ts';
import type { Result } from '../result/result.ts';
import type { Threshold } from '../scenario/threshold.ts';
import type { ProgramBase } from '../workload/program.ts';
import { tidy } from './figures.ts';
import { platformResult } from './platform-result.ts';
import type { PlatformRun } from './platform-run.ts';

type ThresholdResult = Result['thresholds'][number];

/** Holds the thresholds against the platforms: a scoped one against its own, any other against each. */
export function judge(
  thresholds: readonly Threshold[],
  runs: readonly PlatformRun[],
  program: ProgramBase,
): ThresholdResult[] {
  return thresholds.flatMap((threshold) =>
    runs
      .filter((run) => threshold.platform === undefined || threshold.platform === run.name)
      .map((run) => {
        const actual = measure(threshold, run, program);
        return {
          expression: threshold.expression,
          ok: actual !== null && holds(actual, threshold),
          actual,
          unit: threshold.unit,
          platform: run.name,
          scoped: threshold.platform !== undefined,
        };
      }),
  );
}

function holds(actual: number, { operator, limit }: Threshold): boolean {
  switch (operator) {
    case '<':
      return actual < limit;
    case '<=':
      return actual <= limit;
    case '>':
      return actual > limit;
    case '>=':
      return actual >= limit;
  }
}

/**
 * What a threshold looks at, in its unit; null when the run gives no such figure (nothing completed, say).
 */
function measure(threshold: Threshold, run: PlatformRun, program: ProgramBase): number | null {
  const { requests, measured, latency } = run.total!;
  switch (threshold.metric) {
    case 'latency':
      return latencyMs(threshold, latency);
    case 'failed':
      if (threshold.statistic === 'count') return failedCount(run.total!);
      return requests.arrived === 0 ? null : failedCount(run.total!) / requests.arrived;
    case 'coldStarts':
      if (threshold.statistic === 'count') return measured.coldStarts;
      return measured.served === 0 ? null : measured.coldStarts / measured.served;
    case 'utilization':
      return platformResult(run, program).capacity.utilization;
    case 'cost': {
      const { usdPerMonth, usdPerMillionRequests } = platformResult(run, program).cost;
      return threshold.statistic === 'month' ? usdPerMonth : usdPerMillionRequests;
    }
  }
}

function latencyMs(
  { statistic, percentile }: Threshold,
  latency: NonNullable<PlatformRun['total']>['latency'],
): number | null {
  const micros = {
    avg: () => latency.meanMicros,
    med: () => latency.percentileMicros(0.5),
    max: () => (latency.count === 0 ? null : latency.maxMicros),
    p: () => latency.percentileMicros((percentile ?? 0) / 100),
  }[statistic as 'avg' | 'med' | 'max' | 'p']();
  return micros === null ? null : tidy(micros / 1_000);
}

/** Platforms that break none of the thresholds they are held to, in the order given. */
export function passing(runs: readonly PlatformRun[], thresholds: readonly ThresholdResult[]): PlatformRun[] {
  return runs.filter((run) => thresholds.every((each) => each.platform !== run.name || each.ok));
}
