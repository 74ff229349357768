import { failureKinds } from '../../sim/observe/failure-kind.ts';
import type { Result } from '../../sim/result/result.ts';
import { failedShare } from '../platforms.ts';
import { type Cell, csvText } from './csv.ts';

const HEADER = [
  'platform',
  'type',
  'cost_usd_per_month',
  'cost_usd_per_month_ci95_low',
  'cost_usd_per_month_ci95_high',
  'cost_usd_per_million_requests',
  'requests_arrived',
  'requests_completed',
  'requests_failed',
  'requests_in_flight',
  'requests_failed_share',
  'attempts',
  ...failureKinds.map((kind) => `failures_${snakeCase(kind)}`),
  'latency_ms_mean',
  'latency_ms_p50',
  'latency_ms_p90',
  'latency_ms_p95',
  'latency_ms_p99',
  'latency_ms_p999',
  'latency_ms_max',
  'cold_starts',
  'cold_starts_share',
  'capacity_unit',
  'capacity_mean',
  'capacity_busy_mean',
  'capacity_idle_mean',
  'capacity_max',
  'capacity_started',
  'capacity_utilization',
  'capacity_lifetime_seconds_mean',
  'limited_by',
];

function snakeCase(camelCase: string): string {
  return camelCase.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** One row a platform: cost, requests, latency, cold starts, capacity. */
export function summaryCsv(result: Result): string {
  const rows = Object.entries(result.platforms).map(([name, platform]): Cell[] => {
    const { requests, latencyMs, capacity, cost, coldStarts } = platform;
    const interval = platform.ci95['cost.usdPerMonth'];
    return [
      name,
      platform.type,
      cost.usdPerMonth,
      interval?.[0] ?? null,
      interval?.[1] ?? null,
      cost.usdPerMillionRequests,
      requests.arrived,
      requests.completed,
      requests.failed,
      requests.inFlight,
      failedShare(platform),
      requests.attempts,
      ...failureKinds.map((kind) => requests.failures[kind] ?? 0),
      latencyMs.mean,
      latencyMs.p50,
      latencyMs.p90,
      latencyMs.p95,
      latencyMs.p99,
      latencyMs.p999,
      latencyMs.max,
      coldStarts.count,
      coldStarts.fraction,
      capacity.unit,
      capacity.mean,
      capacity.busyMean,
      capacity.idleMean,
      capacity.max,
      capacity.started,
      capacity.utilization,
      capacity.meanLifetimeSeconds,
      platform.limitedBy,
    ];
  });
  return csvText(HEADER, rows);
}
