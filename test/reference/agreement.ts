import type { OnDemandPlan } from '../../sim/fleet/on-demand/plan.ts';
import type { InstancesPlan } from '../../sim/fleet/replicas/plan.ts';
import { type FailureKind, failureKinds } from '../../sim/observe/failure-kind.ts';
import type { Observation } from '../../sim/observe/observation.ts';
import { throttleReasons } from '../../sim/observe/throttle-reason.ts';
import { prepare } from '../../sim/simulate.ts';
import type { ProgramBase } from '../../sim/workload/program.ts';
import { areaOf, type Journal, peakOf, spansOf } from './journal.ts';
import { OnDemandReference } from './on-demand.ts';
import { ServersReference } from './servers.ts';

/** A scenario as an object, and the texts of the traces that it names. */
export interface Given {
  readonly scenario: object;
  readonly files: Readonly<Record<string, string>>;
}

/** Everything that is compared, by name. */
type Account = Record<string, number | string | readonly number[] | null>;

const HOUR_MICROS = 3_600_000_000;
/** Sums of CPU time are sums of fractions of a microsecond in another order. */
const FRACTION_NOISE_MICROS = 0.01;

/**
 * Runs the first platform of a scenario in the simulator and in the reference.
 * @returns one line for each difference: none when both agree
 */
export function disagreements(given: Given): string[] {
  const { program } = prepare(given.scenario, { readFile: (path) => given.files[path] ?? '' });
  const differences: string[] = [];
  for (let replication = 0; replication < program.base.replications; replication++) {
    const { plan, type } = program.platforms[0]!;
    const engine = plan.open(replication);
    while (!engine.advance(17));
    const inside = (engine as unknown as { plan: OnDemandPlan & InstancesPlan }).plan;
    const reference =
      type === 'lambda'
        ? new OnDemandReference(inside, replication)
        : new ServersReference(inside, replication);
    const journal = reference.run();
    const expected = expectedAccount(journal, program.base);
    const actual = actualAccount(engine.observation(), journal.limitedBy !== null);
    differences.push(...compare(expected, actual));
    differences.push(...compareLatencies(journal, engine.observation(), program.base));
  }
  return differences;
}

/** Fails with the scenario that reproduces what differs. */
export function mustAgree(given: Given): void {
  const differences = disagreements(given);
  if (differences.length === 0) return;
  throw new Error(`${differences.slice(0, 12).join('\n')}\nreproduce with: ${JSON.stringify(given)}`);
}

function binsOf(program: ProgramBase): { from: number; to: number }[] {
  const { windowMicros, stepMicros } = program;
  return Array.from({ length: Math.ceil(windowMicros / stepMicros) }, (_, bin) => ({
    from: bin * stepMicros,
    to: Math.min(windowMicros, (bin + 1) * stepMicros),
  }));
}

function expectedAccount(journal: Journal, program: ProgramBase): Account {
  const { windowMicros, warmupMicros, workloads } = program;
  const { requests, attempts } = journal;
  const measured = requests.filter(({ at }) => at >= warmupMicros);
  const measuredAttempts = attempts.filter(({ at }) => at >= warmupMicros);
  const latencies = measured.filter(({ fate }) => fate === 'completed').map(({ latency }) => latency);
  const capacity = spansOf(journal.capacity, windowMicros);
  const queue = spansOf(journal.queue, windowMicros);
  const perBin = (value: (bin: { from: number; to: number }) => number) => binsOf(program).map(value);
  const isFailed = ({ fate }: { fate: string }) => failureKinds.includes(fate as FailureKind);
  const arrivedIn = ({ from, to }: { from: number; to: number }) =>
    requests.filter(({ at }) => at >= from && at < to);
  const cameIn = ({ from, to }: { from: number; to: number }) =>
    attempts.filter(({ at }) => at >= from && at < to);
  const hours = Array.from({ length: Math.ceil(windowMicros / HOUR_MICROS) }, (_, hour) =>
    cameIn({ from: hour * HOUR_MICROS, to: (hour + 1) * HOUR_MICROS }),
  );
  const bytes = ({ workload }: { workload: number }) =>
    workloads[workload]!.payloadInBytes + workloads[workload]!.payloadOutBytes;
  const bytesOut = attempts
    .filter(({ served, failed }) => served && !failed)
    .map((each) => workloads[each.workload]!.payloadOutBytes);
  return {
    arrived: requests.length,
    attempts: attempts.length,
    ...Object.fromEntries(
      ['completed', 'inFlight', ...failureKinds].map((fate) => [
        fate,
        requests.filter((each) => each.fate === fate).length,
      ]),
    ),
    'measured.arrived': measured.length,
    'measured.failed': measured.filter(isFailed).length,
    'measured.served': measuredAttempts.filter(({ served }) => served).length,
    'measured.coldStarts': measuredAttempts.filter(({ cold }) => cold).length,
    'measured.started': journal.orderedAt.filter((at) => at >= warmupMicros).length,
    'latency.count': latencies.length,
    'latency.sum': sum(latencies),
    'latency.max': Math.max(0, ...latencies),
    'latency.min': Math.min(Number.POSITIVE_INFINITY, ...latencies),
    'capacity.area': areaOf(capacity, warmupMicros, windowMicros),
    'capacity.max': peakOf(capacity, warmupMicros),
    'capacity.busyArea': areaOf(journal.busy, warmupMicros, windowMicros),
    'series.arrivals': perBin((bin) => arrivedIn(bin).length),
    'series.failed': perBin((bin) => arrivedIn(bin).filter(isFailed).length),
    'series.coldStarts': perBin((bin) => cameIn(bin).filter(({ cold }) => cold).length),
    'series.capacityArea': perBin(({ from, to }) => areaOf(capacity, from, to)),
    'series.busyArea': perBin(({ from, to }) => areaOf(journal.busy, from, to)),
    'series.queueArea': perBin(({ from, to }) => areaOf(queue, from, to)),
    'hours.requests': hours.map((each) => each.length),
    'hours.bytes': hours.map((each) => sum(each.map(bytes))),
    'spans.start': journal.ran.map(({ start }) => start),
    'spans.end': journal.ran.map(({ end }) => end),
    'largeUsage.bytesOut': sum(bytesOut),
    'usage.served': attempts.filter(({ served }) => served).length,
    ...Object.fromEntries(Object.entries(journal.usage).map(([name, value]) => [`usage.${name}`, value])),
    ...Object.fromEntries(
      throttleReasons.map((reason) => [`throttles.${reason}`, journal.throttles[reason] ?? 0]),
    ),
    limitedBy: journal.limitedBy,
  };
}

/** @param isLimitTold whether the reference says what limited the platform */
function actualAccount(observation: Observation, isLimitTold: boolean): Account {
  const { requests, throttles, measured, latency, capacity, series, hours, spans, usage, largeUsage } =
    observation;
  return {
    arrived: requests.arrived,
    attempts: requests.attempts,
    completed: requests.completed,
    inFlight: requests.inFlight,
    ...requests.failures,
    ...Object.fromEntries(Object.entries(measured).map(([name, value]) => [`measured.${name}`, value])),
    'latency.count': latency.count,
    'latency.sum': latency.sumMicros,
    'latency.max': latency.maxMicros,
    'latency.min': latency.minMicros,
    'capacity.area': capacity.area,
    'capacity.max': capacity.max,
    'capacity.busyArea': capacity.busyArea,
    'series.arrivals': [...series.arrivals],
    'series.failed': [...series.failed],
    'series.coldStarts': [...series.coldStarts],
    'series.capacityArea': [...series.capacityArea],
    'series.busyArea': [...series.busyArea],
    'series.queueArea': [...series.queueArea],
    'hours.requests': [...hours.requests],
    'hours.bytes': hours.bytes.map(Number),
    'spans.start': spans.startMicros,
    'spans.end': spans.endMicros,
    ...Object.fromEntries(Object.entries(usage).map(([name, value]) => [`usage.${name}`, value])),
    ...Object.fromEntries(
      Object.entries(largeUsage).map(([name, value]) => [`largeUsage.${name}`, Number(value)]),
    ),
    ...Object.fromEntries(throttleReasons.map((reason) => [`throttles.${reason}`, throttles[reason]])),
    limitedBy: isLimitTold ? observation.limitedBy : null,
  };
}

function compare(expected: Account, actual: Account): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  return names.flatMap((name) => {
    const [a, b] = [expected[name], actual[name]];
    return isEqual(a, b, name.endsWith('usyArea') ? FRACTION_NOISE_MICROS : 0)
      ? []
      : [`${name}: the reference says ${JSON.stringify(a)}, the simulator ${JSON.stringify(b)}`];
  });
}

function isEqual(a: unknown, b: unknown, tolerance: number): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, index) => isEqual(each, b[index], tolerance));
  }
  return a === b || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= tolerance);
}

/** Percentiles by nearest rank: to 0.1 % over the run, to 3.2 % in a bin, and a microsecond below that. */
function compareLatencies(journal: Journal, observation: Observation, program: ProgramBase): string[] {
  const completed = journal.requests.filter(({ fate }) => fate === 'completed');
  const differences: string[] = [];
  const check = (
    what: string,
    latencies: readonly number[],
    actual: number | null,
    q: number,
    error: number,
  ) => {
    const sorted = latencies.toSorted((a, b) => a - b);
    const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? null;
    const isNear =
      exact === null || actual === null ? exact === actual : Math.abs(actual - exact) <= exact * error + 1e-9;
    if (!isNear) differences.push(`${what}: the reference says ${exact}, the simulator ${actual}`);
  };
  for (const q of [0, 0.5, 0.9, 1]) {
    const measured = completed.filter(({ at }) => at >= program.warmupMicros).map(({ latency }) => latency);
    check(`p${q * 100}`, measured, observation.latency.percentileMicros(q), q, 0.001);
  }
  binsOf(program).forEach(({ from, to }, bin) => {
    const here = completed.filter(({ at }) => at >= from && at < to).map(({ latency }) => latency);
    check(`bin ${bin} p50`, here, observation.series.percentileMicros(bin, 0.5), 0.5, 1 / 32);
  });
  return differences;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
