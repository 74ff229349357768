import { mergeDeployments } from './deployments.ts';
import { failureKinds } from './failure-kind.ts';
import type { HostsObservation, LimitedBy, Observation } from './observation.ts';
import { throttleReasons } from './throttle-reason.ts';

/** Worst first: what the whole run was limited by is the worst of its replications. */
const SEVERITY: readonly LimitedBy[] = ['quota', 'concurrency', 'scaling-speed', 'cpu', 'nothing'];

/** Adds another replication to `total`: counts, areas and histograms; peaks and limits take the larger. */
export function mergeObservation(total: Observation, other: Observation): void {
  const { requests, measured, capacity } = total;
  requests.arrived += other.requests.arrived;
  requests.completed += other.requests.completed;
  requests.inFlight += other.requests.inFlight;
  requests.attempts += other.requests.attempts;
  for (const reason of throttleReasons) total.throttles[reason] += other.throttles[reason];
  for (const kind of failureKinds) requests.failures[kind] += other.requests.failures[kind];
  measured.arrived += other.measured.arrived;
  measured.failed += other.measured.failed;
  measured.served += other.measured.served;
  measured.coldStarts += other.measured.coldStarts;
  measured.started += other.measured.started;
  for (const name of Object.keys(other.usage)) {
    total.usage[name] = (total.usage[name] ?? 0) + other.usage[name]!;
  }
  for (const name of Object.keys(other.largeUsage)) {
    total.largeUsage[name] = (total.largeUsage[name] ?? 0n) + other.largeUsage[name]!;
  }
  total.heldAtEnd += other.heldAtEnd;
  if (other.deadLetters >= 0) total.deadLetters += other.deadLetters;
  total.unplaced = {
    workers: Math.max(total.unplaced.workers, other.unplaced.workers),
    waitedMicros: Math.max(total.unplaced.waitedMicros, other.unplaced.waitedMicros),
  };
  if (total.deployments !== null) mergeDeployments(total.deployments, other.deployments ?? []);
  total.latency.merge(other.latency);
  total.series.merge(other.series);
  capacity.area += other.capacity.area;
  capacity.busyArea += other.capacity.busyArea;
  capacity.max = Math.max(capacity.max, other.capacity.max);
  if (total.hosts !== null && other.hosts !== null) mergeHosts(total.hosts, other.hosts);
  if (SEVERITY.indexOf(other.limitedBy) < SEVERITY.indexOf(total.limitedBy))
    total.limitedBy = other.limitedBy;
}

function mergeHosts(total: HostsObservation, other: HostsObservation): void {
  total.area += other.area;
  total.busyArea += other.busyArea;
  total.max = Math.max(total.max, other.max);
  total.started += other.started;
  total.cpu.paid += other.cpu.paid;
  total.cpu.requested += other.cpu.requested;
  total.cpu.used += other.cpu.used;
}
