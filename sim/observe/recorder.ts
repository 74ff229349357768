// Hot: called several times for every request. No allocation, no closures.
import { MICROS_PER_HOUR } from '../kernel/time.ts';
import type { ProgramBase } from '../scenario/program.ts';
import type { FailureKind } from './failure-kind.ts';
import { Level } from './level.ts';
import { failedCount, newObservation, type Observation } from './observation.ts';
import { addSpan } from './time-series.ts';

/** Turns what happens to requests into an observation: whole window, measured part, bins and clock-hours at once. */
export class Recorder {
  readonly observation: Observation;
  /** When the client of the last request given to `serve` had its answer, or gave up. */
  answeredAt = 0;
  private readonly windowMicros: number;
  private readonly warmupMicros: number;
  private readonly stepMicros: number;
  private readonly frontDoorMicros: number;
  private readonly timeouts: Float64Array;
  private readonly payloadBytes: Float64Array;
  private readonly payloadOutBytes: Float64Array;
  private bytesOut = 0;
  private bin = 0;
  private binEnd: number;
  private hour = 0;
  private hourEnd = MICROS_PER_HOUR;

  constructor(program: ProgramBase, frontDoorMicros: number) {
    this.windowMicros = program.windowMicros;
    this.warmupMicros = program.warmupMicros;
    this.stepMicros = program.stepMicros;
    this.frontDoorMicros = frontDoorMicros;
    this.timeouts = Float64Array.from(program.workloads, (workload) => workload.timeoutMicros);
    this.payloadBytes = Float64Array.from(program.workloads, (each) => each.payloadInBytes + each.payloadOutBytes);
    this.payloadOutBytes = Float64Array.from(program.workloads, (each) => each.payloadOutBytes);
    this.binEnd = program.stepMicros;
    const hours = Math.ceil(program.windowMicros / MICROS_PER_HOUR);
    this.observation = newObservation(program.windowMicros, program.stepMicros, hours);
    const { capacityArea, queueArea } = this.observation.series;
    this.capacity = new Level(capacityArea, program.stepMicros, program.warmupMicros);
    this.queue = new Level(queueArea, program.stepMicros, program.warmupMicros);
  }

  /** The number of workers in service, over time. */
  readonly capacity: Level;
  /** The number of waiting requests, over time. */
  readonly queue: Level;

  /** A request comes. Times must not go back. */
  arrive(now: number, workload: number): void {
    while (now >= this.binEnd) {
      this.bin++;
      this.binEnd += this.stepMicros;
    }
    while (now >= this.hourEnd) {
      this.hour++;
      this.hourEnd += MICROS_PER_HOUR;
    }
    const { requests, measured, series, hours } = this.observation;
    requests.arrived++;
    requests.attempts++;
    series.arrivals[this.bin]!++;
    hours.requests[this.hour]!++;
    hours.bytes[this.hour]! += this.payloadBytes[workload]!;
    if (now >= this.warmupMicros) measured.arrived++;
  }

  /** The request that has just arrived starts a worker. */
  coldStart(now: number): void {
    this.observation.series.coldStarts[this.bin]!++;
    if (now < this.warmupMicros) return;
    this.observation.measured.coldStarts++;
    this.observation.measured.started++;
  }

  /** A request that arrived at `arrivedAt` fails. */
  fail(arrivedAt: number, kind: FailureKind): void {
    this.observation.requests.failures[kind]++;
    const bin = arrivedAt >= this.binEnd - this.stepMicros ? this.bin : Math.floor(arrivedAt / this.stepMicros);
    this.observation.series.failed[bin]!++;
    if (arrivedAt >= this.warmupMicros) this.observation.measured.failed++;
  }

  /** A worker is busy over [from, to), which may reach beyond the window. */
  busy(from: number, to: number): void {
    const { series, capacity } = this.observation;
    if (from >= this.binEnd - this.stepMicros && to <= this.binEnd && to <= this.windowMicros) {
      series.busyArea[this.bin]! += to - from;
    } else {
      addSpan(series.busyArea, this.stepMicros, from, Math.min(to, this.windowMicros), 1);
    }
    const start = from > this.warmupMicros ? from : this.warmupMicros;
    const end = to < this.windowMicros ? to : this.windowMicros;
    if (end > start) capacity.busyArea += end - start;
  }

  /**
   * A request was given a worker at its arrival and leaves it at `endAt`, known now or already past.
   * Sets `answeredAt`. A client that gives up sooner, or a failure, is counted; so is what the window cuts off.
   * @returns whether the request failed for its client
   */
  serve(arrivedAt: number, endAt: number, workload: number, failure: FailureKind | null): boolean {
    const { observation } = this;
    const latency = endAt - arrivedAt + this.frontDoorMicros;
    const timeout = this.timeouts[workload]!;
    this.bytesOut += this.payloadOutBytes[workload]!;
    if (arrivedAt >= this.warmupMicros) observation.measured.served++;
    const gaveUp = latency > timeout;
    this.answeredAt = arrivedAt + (gaveUp ? timeout : latency);
    if (this.answeredAt > this.windowMicros) {
      observation.requests.inFlight++;
      return false;
    }
    if (gaveUp || failure !== null) {
      this.fail(arrivedAt, gaveUp ? 'timedOut' : failure!);
      return true;
    }
    observation.requests.completed++;
    if (arrivedAt >= this.warmupMicros) observation.latency.record(latency);
    const bin = arrivedAt >= this.binEnd - this.stepMicros ? this.bin : Math.floor(arrivedAt / this.stepMicros);
    observation.series.recordLatency(bin, latency);
    return false;
  }

  /** The window closes on a request that has not been answered. */
  cutOff(workload: number): void {
    this.observation.requests.inFlight++;
    this.bytesOut += this.payloadOutBytes[workload]!;
  }

  /** Closes the books. @throws Error when a request was lost: arrived = completed + failed + in flight. */
  finish(): Observation {
    const { observation, capacity, queue } = this;
    const { arrived, completed, inFlight } = observation.requests;
    capacity.change(this.windowMicros, 0);
    queue.change(this.windowMicros, 0);
    observation.capacity.area = capacity.area;
    observation.capacity.max = capacity.max;
    observation.usage['bytesOut'] = this.bytesOut;
    if (arrived !== completed + failedCount(observation) + inFlight) {
      throw new Error(`broken invariant: ${arrived} requests arrived, ${completed} completed, ${inFlight} in flight`);
    }
    return observation;
  }
}
