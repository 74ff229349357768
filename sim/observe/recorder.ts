// Hot: called several times for every request. No allocation, no closures; counters are fields, added up in
// `finish`.
import { clockHourCount, clockHourOffset } from '../kernel/clock-hours.ts';
import { MICROS_PER_HOUR } from '../kernel/time.ts';
import type { ProgramBase } from '../workload/program.ts';
import type { FailureKind } from './failure-kind.ts';
import { bucketOf, FINE_BITS, type LatencyHistogram } from './latency-histogram.ts';
import { Level } from './level.ts';
import { failedCount, newObservation, type Observation } from './observation.ts';
import type { ThrottleReason } from './throttle-reason.ts';
import { addSpan, type TimeSeries } from './time-series.ts';

/**
 * Turns what happens to requests into an observation: whole window, measured part, bins and clock-hours at
 * once.
 */
export class Recorder {
  readonly observation: Observation;
  /** The number of workers in service, over time. */
  readonly capacity: Level;
  /** The number of waiting requests, over time. */
  readonly queue: Level;
  /** Requests that have come so far, each once. */
  arrived = 0;
  /** How often a request has come that had come before; how many are on their way to come again. */
  private repeated = 0;
  private betweenAttempts = 0;
  /** When the client of the last request given to `serve` had its answer, or gave up. */
  answeredAt = 0;
  private completed = 0;
  private inFlight = 0;
  private served = 0;
  /** What had come when the warm-up ended (-1 until then), and what of it was given a worker. */
  private arrivedInWarmup = -1;
  private servedInWarmup = 0;
  private bin = 0;
  private binStart = 0;
  private binEnd: number;
  private hour = 0;
  private hourEnd: number;
  private arrivedAtBin = 0;
  private boundary = 0;
  private readonly windowMicros: number;
  private readonly warmupMicros: number;
  private readonly stepMicros: number;
  private readonly frontDoorMicros: number;
  private readonly timeouts: Float64Array;
  private readonly payloadBytes: readonly number[];
  private readonly payloadOutBytes: readonly number[];
  /** Served, and not known to have failed: their answers are sent. */
  private readonly answeredByWorkload: Float64Array;
  private readonly arrivedByWorkload: Float64Array;
  private readonly arrivedAtHour: Float64Array;
  private readonly series: TimeSeries;
  private readonly latency: LatencyHistogram;
  private readonly busyMeasured = new Float64Array(1);

  constructor(program: ProgramBase, frontDoorMicros: number) {
    this.windowMicros = program.windowMicros;
    this.warmupMicros = program.warmupMicros;
    this.stepMicros = program.stepMicros;
    this.frontDoorMicros = frontDoorMicros;
    this.timeouts = Float64Array.from(program.workloads, (workload) => workload.timeoutMicros);
    this.payloadBytes = program.workloads.map((each) => each.payloadInBytes + each.payloadOutBytes);
    this.payloadOutBytes = program.workloads.map((each) => each.payloadOutBytes);
    this.answeredByWorkload = new Float64Array(program.workloads.length);
    this.binEnd = program.stepMicros;
    const offset = clockHourOffset(program.startAtEpochMs);
    const hours = clockHourCount(program.windowMicros, offset);
    this.hourEnd = MICROS_PER_HOUR - offset;
    this.observation = newObservation(program.windowMicros, program.stepMicros, hours);
    this.series = this.observation.series;
    this.latency = this.observation.latency;
    this.arrivedByWorkload = new Float64Array(program.workloads.length);
    this.arrivedAtHour = new Float64Array(program.workloads.length);
    this.capacity = new Level(this.series.capacityArea, program.stepMicros, program.warmupMicros);
    this.queue = new Level(this.series.queueArea, program.stepMicros, program.warmupMicros);
  }

  /** A request comes. Times must not go back. */
  arrive(now: number, workload: number): void {
    if (now >= this.boundary) this.turn(now);
    this.arrived++;
    this.arrivedByWorkload[workload]!++;
  }

  /** A request comes once more. Times must not go back. */
  arriveAgain(now: number, workload: number): void {
    if (now >= this.boundary) this.turn(now);
    this.betweenAttempts--;
    this.repeated++;
    this.arrivedByWorkload[workload]!++;
  }

  /** The client of a failed attempt is going to send the request again. */
  expectAgain(): void {
    this.betweenAttempts++;
  }

  /** Arrivals so far, each time a request came. */
  get attempts(): number {
    return this.arrived + this.repeated;
  }

  /** Something happens between two arrivals. Times must not go back, and lie within the window. */
  passTo(now: number): void {
    if (now >= this.boundary) this.turn(now);
  }

  /** A function takes in one event or several of them. */
  invoked(now: number): void {
    this.served++;
    if (now < this.warmupMicros) this.servedInWarmup++;
  }

  /** A request that had failed, though not for its client, is tried once more. */
  triedAgain(): void {
    this.repeated++;
  }

  /** A worker is started ahead of requests: it counts as started, and as no cold start. */
  startAhead(now: number): void {
    if (now >= this.warmupMicros) this.observation.measured.started++;
  }

  /** The request that has just arrived starts a worker. */
  coldStart(now: number): void {
    this.series.coldStarts[this.bin]!++;
    if (now < this.warmupMicros) return;
    this.observation.measured.coldStarts++;
    this.observation.measured.started++;
  }

  /** A request that arrived at `arrivedAt`, the first time if it came more than once, fails. */
  fail(arrivedAt: number, kind: FailureKind): void {
    this.observation.requests.failures[kind]++;
    this.series.failed[this.binOf(arrivedAt)]!++;
    if (arrivedAt >= this.warmupMicros) this.observation.measured.failed++;
  }

  /** A request that has just come, perhaps not for the first time, is refused with 429. */
  throttle(reason: ThrottleReason): void {
    this.observation.throttles[reason]++;
  }

  /** A worker is busy over [from, to), which may reach beyond the window. */
  busy(from: number, to: number): void {
    if (from >= this.binStart && to <= this.binEnd && to <= this.windowMicros) {
      this.series.busyArea[this.bin]! += to - from;
    } else {
      addSpan(this.series.busyArea, this.stepMicros, from, Math.min(to, this.windowMicros), 1);
    }
    const start = from > this.warmupMicros ? from : this.warmupMicros;
    const end = to < this.windowMicros ? to : this.windowMicros;
    if (end > start) this.busyMeasured[0]! += end - start;
  }

  /**
   * A request was given a worker at its arrival and leaves it at `endAt`, known now or already past.
   * Sets `answeredAt`. A client that gives up sooner, or a failure, is counted; so is what the window cuts
   * off.
   * @returns whether the request failed for its client
   */
  serve(arrivedAt: number, endAt: number, workload: number, failure: FailureKind | null): boolean {
    const latency = endAt - arrivedAt + this.frontDoorMicros;
    const timeout = this.timeouts[workload]!;
    this.served++;
    if (arrivedAt < this.warmupMicros) this.servedInWarmup++;
    const gaveUp = latency > timeout;
    const answeredAt = arrivedAt + (gaveUp ? timeout : latency);
    this.answeredAt = answeredAt;
    if (answeredAt > this.windowMicros) {
      this.answeredByWorkload[workload]!++;
      this.inFlight++;
      return false;
    }
    if (gaveUp || failure !== null) {
      this.fail(arrivedAt, gaveUp ? 'timedOut' : failure!);
      return true;
    }
    this.answeredByWorkload[workload]!++;
    this.complete(arrivedAt, latency);
    return false;
  }

  /** A request that arrived at `arrivedAt`, the first time if it came more than once, has its answer. */
  complete(arrivedAt: number, latency: number): void {
    this.completed++;
    const bucket = bucketOf(latency, FINE_BITS);
    if (arrivedAt >= this.warmupMicros) this.latency.recordIn(bucket, latency);
    this.series.recordLatency(this.binOf(arrivedAt), latency, bucket);
  }

  /**
   * A worker took in a request whose end is told otherwise, or not at all: the client gave up, it was lost,
   * or is still there.
   * @param isAnswered whether its answer is sent to a client that waits for it
   */
  serveUnseen(arrivedAt: number, workload: number, isAnswered: boolean): void {
    this.served++;
    if (isAnswered) this.answeredByWorkload[workload]!++;
    if (arrivedAt < this.warmupMicros) this.servedInWarmup++;
  }

  /** The outcome of an event is sent: no client waits for it, but it is as large as an answer. */
  send(workload: number): void {
    this.answeredByWorkload[workload]!++;
  }

  /** The window closes on a request whose client has no answer yet. */
  cutOff(): void {
    this.inFlight++;
  }

  /** Closes the books. @throws Error when a request was lost: arrived = completed + failed + in flight. */
  finish(): Observation {
    const { observation, capacity, queue } = this;
    const { requests, measured } = observation;
    this.closeBin();
    this.closeHour();
    if (this.arrivedInWarmup < 0) this.arrivedInWarmup = this.arrived;
    capacity.change(this.windowMicros, 0);
    queue.change(this.windowMicros, 0);
    observation.capacity.area = capacity.area;
    observation.capacity.max = capacity.max;
    observation.capacity.busyArea = this.busyMeasured[0]!;
    requests.arrived = this.arrived;
    requests.attempts = this.attempts;
    requests.completed = this.completed;
    requests.inFlight = this.inFlight + this.betweenAttempts;
    measured.arrived = this.arrived - this.arrivedInWarmup;
    measured.served = this.served - this.servedInWarmup;
    observation.usage.served = this.served;
    let bytesOut = 0n;
    for (let workload = 0; workload < this.payloadOutBytes.length; workload++)
      bytesOut += product(this.answeredByWorkload[workload]!, this.payloadOutBytes[workload]!);
    observation.largeUsage.bytesOut = bytesOut;
    if (this.arrived !== this.completed + failedCount(observation) + requests.inFlight) {
      throw new Error(
        `broken invariant: ${this.arrived} requests arrived, ` +
          `${this.completed} completed, ${requests.inFlight} in flight`,
      );
    }
    return observation;
  }

  /** The clock has passed the end of a bin, an hour, the warm-up, or several of them. */
  private turn(now: number): void {
    if (now >= this.warmupMicros && this.arrivedInWarmup < 0) this.arrivedInWarmup = this.arrived;
    while (now >= this.binEnd) {
      this.closeBin();
      this.bin++;
      this.binStart = this.binEnd;
      this.binEnd += this.stepMicros;
    }
    while (now >= this.hourEnd) {
      this.closeHour();
      this.hour++;
      this.hourEnd += MICROS_PER_HOUR;
    }
    const warmupEnd = this.arrivedInWarmup < 0 ? this.warmupMicros : Number.POSITIVE_INFINITY;
    this.boundary = Math.min(this.binEnd, this.hourEnd, warmupEnd);
  }

  private closeBin(): void {
    this.series.arrivals[this.bin] = this.arrived - this.arrivedAtBin;
    this.arrivedAtBin = this.arrived;
  }

  private closeHour(): void {
    const { requests, bytes } = this.observation.hours;
    for (let workload = 0; workload < this.arrivedByWorkload.length; workload++) {
      const count = this.arrivedByWorkload[workload]! - this.arrivedAtHour[workload]!;
      requests[this.hour]! += count;
      bytes[this.hour]! += product(count, this.payloadBytes[workload]!);
      this.arrivedAtHour[workload]! += count;
    }
  }

  /** Mostly the bin that is open; dividing is for those that arrived before it. */
  private binOf(arrivedAt: number): number {
    return arrivedAt >= this.binStart ? this.bin : Math.floor(arrivedAt / this.stepMicros);
  }
}

/** Exactly, however large. For rare moments. */
function product(count: number, each: number): bigint {
  return count === 0 || each === 0 ? 0n : BigInt(count) * BigInt(each);
}
