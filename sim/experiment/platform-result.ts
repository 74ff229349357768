import { type ExactLine, lineToResult, sum, toNumber } from '../billing/index.ts';
import { MICROS_PER_MS, MICROS_PER_SECOND } from '../kernel/time.ts';
import { failureKinds } from '../observe/failure-kind.ts';
import { failedCount, type Observation } from '../observe/observation.ts';
import { throttleReasons } from '../observe/throttle-reason.ts';
import type { BillLine, PlatformResult } from '../result/result.ts';
import type { ProgramBase } from '../workload/program.ts';
import { capacityFigures, coldFraction, latencyFigures, tidy } from './figures.ts';
import { hostFigures } from './host-figures.ts';
import type { PlatformRun } from './platform-run.ts';
import { studentInterval } from './student-t.ts';

const REQUESTS_PER_MILLION = 1e6;

/** What is told of a platform: totals for counts, means for the rest, percentiles of the merged histogram. */
export function platformResult(run: PlatformRun, program: ProgramBase): PlatformResult {
  const total = run.total!;
  const { arrived, completed, inFlight, attempts, failures } = total.requests;
  const bounds = total.latency.coarse();
  const means = meanCapacity(run, total, program);
  const cost = costOf(run, program);
  return {
    type: run.type,
    requests: {
      arrived,
      completed,
      failed: failedCount(total),
      inFlight,
      attempts,
      ...(total.deadLetters < 0 ? {} : { deadLetters: total.deadLetters }),
      failures: Object.fromEntries(
        failureKinds.filter((kind) => failures[kind] > 0).map((kind) => [kind, failures[kind]]),
      ),
    },
    ...throttlesOf(total),
    latencyMs: latencyFigures(total),
    latencyDistribution: {
      upToMs: bounds.upToMicros.map((micros) => micros / MICROS_PER_MS),
      counts: bounds.counts,
    },
    coldStarts: { count: total.measured.coldStarts, fraction: coldFraction(total) },
    capacity: { unit: run.plan.capacityUnit, ...means },
    ...hostFigures(total.hosts, run.hostUsdPerMonth(cost.lines), program, run.replications),
    ...deploymentsOf(total),
    limitedBy: total.limitedBy,
    cost,
    ci95: intervals(run),
    timeseries: timeseries(total, run.replications),
    assumptions: [...run.plan.assumptions, ...doubtedPrices(run)],
    notModelled: [...run.plan.notModelled],
  };
}

function throttlesOf({ throttles }: Observation): Pick<PlatformResult, 'throttles'> {
  const reasons = throttleReasons.filter((reason) => throttles[reason] > 0);
  if (reasons.length === 0) return {};
  return { throttles: Object.fromEntries(reasons.map((reason) => [reason, throttles[reason]])) };
}

function deploymentsOf({ deployments }: Observation): Pick<PlatformResult, 'deployments'> {
  if (deployments === null || deployments.length === 0) return {};
  return {
    deployments: deployments.map(({ atMicros, statuses, failedTasks }) => ({
      atSeconds: atMicros / MICROS_PER_SECOND,
      statuses: { ...statuses },
      failedTasks,
    })),
  };
}

function meanCapacity(run: PlatformRun, total: Observation, program: ProgramBase) {
  const { mean, busyMean, idleMean, utilization, meanLifetimeSeconds } = capacityFigures(total, program);
  const count = run.replications;
  return {
    mean: tidy(mean / count),
    busyMean: tidy(busyMean / count),
    idleMean: tidy(idleMean / count),
    max: total.capacity.max,
    started: total.measured.started,
    utilization,
    meanLifetimeSeconds,
  };
}

function costOf(run: PlatformRun, program: ProgramBase): PlatformResult['cost'] {
  const total = run.meanUsdPerMonth();
  const usdPerMonth = toNumber(total);
  const requestsPerMonth =
    (run.total!.requests.arrived / run.replications) * (program.billing.monthMicros / program.windowMicros);
  return {
    usdPerMonth,
    usdPerMillionRequests:
      requestsPerMonth === 0 ? null : tidy((usdPerMonth / requestsPerMonth) * REQUESTS_PER_MILLION),
    lines: meanLines(run),
  };
}

/** The bill whose every line is the mean of the replications' lines of that id. */
function meanLines(run: PlatformRun): BillLine[] {
  const count = run.bills.length;
  const byId = new Map<string, ExactLine[]>();
  for (const bill of run.bills) {
    for (const line of bill.lines) byId.set(line.id, [...(byId.get(line.id) ?? []), line]);
  }
  return [...byId.keys()].sort().map((id) => {
    const lines = byId.get(id)!;
    const quantity = sum(lines.map((line) => line.quantity)).div(count);
    const freeQuantity = sum(lines.map((line) => line.freeQuantity)).div(count);
    const usd = sum(lines.map((line) => line.usd)).div(count);
    const isOnePrice = lines.every((line) => line.usdPerUnit.equals(lines[0]!.usdPerUnit));
    const usdPerUnit = isOnePrice ? lines[0]!.usdPerUnit : usd.div(quantity);
    return lineToResult({ ...lines[0]!, quantity, freeQuantity, usdPerUnit, usd });
  });
}

function intervals(run: PlatformRun): Record<string, [number, number]> {
  const result: Record<string, [number, number]> = {};
  for (const name of Object.keys(run.figures[0] ?? {}).sort()) {
    const values = run.figures.map((figures) => figures[name]!).filter((value) => value !== null);
    const interval = values.length === run.figures.length ? studentInterval(values) : null;
    if (interval !== null) result[name] = [tidy(interval[0]), tidy(interval[1])];
  }
  return result;
}

function timeseries({ series }: Observation, replications: number): PlatformResult['timeseries'] {
  const bins = Array.from({ length: series.bins }, (_, bin) => bin);
  const mean = (column: Float64Array) => bins.map((bin) => tidy(column[bin]! / replications));
  const level = (area: Float64Array) =>
    bins.map((bin) => tidy(area[bin]! / replications / series.binMicros(bin)));
  const percentile = (q: number) =>
    bins.map((bin) => {
      const micros = series.percentileMicros(bin, q);
      return micros === null ? null : tidy(micros / MICROS_PER_MS);
    });
  return {
    stepSeconds: series.stepMicros / MICROS_PER_SECOND,
    columns: {
      arrivals: mean(series.arrivals),
      capacity: level(series.capacityArea),
      busy: level(series.busyArea),
      queue: level(series.queueArea),
      coldStarts: mean(series.coldStarts),
      failed: mean(series.failed),
      p50Ms: percentile(0.5),
      p99Ms: percentile(0.99),
    },
  };
}

function doubtedPrices(run: PlatformRun): string[] {
  return [...new Set(run.bills.flatMap((bill) => bill.assumptions))].sort();
}
