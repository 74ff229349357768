import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { grownFloat64 } from '../../kernel/typed-arrays.ts';
import type { Recorder } from '../../observe/recorder.ts';
import type { MetricPoint, MetricSource } from '../scaling/dynamic-scaling.ts';
import type { ScalingMetric } from '../scaling/scaling-policy.ts';
import type { WorkerQueue } from './plan.ts';
import type { Processors } from './processors.ts';
import { IN_SERVICE, type WorkerGroup } from './worker-group.ts';

/**
 * The metrics of a group, each a mean over the period since it was last read.
 *
 * CPU utilisation is the mean over instances in service that have warmed up. Requests per target are those of
 * the load balancer over all targets in service: it knows nothing of warming up. Messages are those that can
 * be received at the moment, of all together or for each worker in service.
 */
export class GroupMetrics implements MetricSource {
  private readonly vcpus: number;
  private readonly group: WorkerGroup;
  private readonly processors: Processors;
  private readonly recorder: Recorder;
  private busyAtLast = new Float64Array(0);
  private arrivedAtLast = 0;
  private readonly queue: WorkerQueue | null;

  /** @param queue that the workers read, if they read one */
  constructor(
    vcpus: number,
    group: WorkerGroup,
    processors: Processors,
    recorder: Recorder,
    queue: WorkerQueue | null = null,
  ) {
    this.queue = queue;
    this.vcpus = vcpus;
    this.group = group;
    this.processors = processors;
    this.recorder = recorder;
  }

  read(metric: ScalingMetric, now: number, periodMicros: number): MetricPoint {
    switch (metric) {
      case 'cpu-percent':
        return this.readCpu(now, periodMicros);
      case 'requests-per-target-minute':
        return this.readRequests(periodMicros);
      default:
        return this.readMessages(metric === 'messages-per-worker');
    }
  }

  get lastActivityAt(): number {
    return this.group.lastActivityAt ?? Number.NEGATIVE_INFINITY;
  }

  countWarming(now: number): number {
    let count = 0;
    for (let worker = 0; worker < this.group.used; worker++) if (this.group.isWarming(worker, now)) count++;
    return count;
  }

  loadSoFar(metric: ScalingMetric): number {
    return metric === 'cpu-percent'
      ? (100 * this.processors.busyMicros) / this.vcpus
      : this.recorder.arrived * MICROS_PER_MINUTE;
  }

  private readCpu(now: number, periodMicros: number): MetricPoint {
    const { group, processors } = this;
    if (this.busyAtLast.length < group.state.length) {
      this.busyAtLast = grownFloat64(this.busyAtLast, group.state.length);
    }
    let contributing = 0;
    let busyMicros = 0;
    for (let worker = 0; worker < group.used; worker++) {
      const used = processors.usedSince(worker, this.busyAtLast[worker]!);
      this.busyAtLast[worker] = processors.busyOf[worker]!;
      if (group.state[worker] !== IN_SERVICE || group.isWarming(worker, now)) continue;
      contributing++;
      busyMicros += used;
    }
    const percent = (100 * busyMicros) / (this.vcpus * periodMicros);
    return { value: contributing === 0 ? null : withoutNoise(percent / contributing), contributing };
  }

  private readRequests(periodMicros: number): MetricPoint {
    const contributing = this.countInService();
    const arrived = this.recorder.attempts - this.arrivedAtLast;
    this.arrivedAtLast += arrived;
    const perMinute = (arrived * MICROS_PER_MINUTE) / periodMicros;
    return { value: contributing === 0 ? null : perMinute / contributing, contributing };
  }

  /** What the queue tells of itself at this moment; nothing is divided by no workers. */
  private readMessages(isPerWorker: boolean): MetricPoint {
    const contributing = this.countInService();
    const { visible } = this.queue!;
    if (!isPerWorker) return { value: visible, contributing };
    return { value: contributing === 0 ? null : visible / contributing, contributing };
  }

  private countInService(): number {
    const { group } = this;
    let count = 0;
    for (let worker = 0; worker < group.used; worker++) if (group.state[worker] === IN_SERVICE) count++;
    return count;
  }
}

/** CPU times are sums of fractions: a load of 60 % is not to be 59.999999999 % to an alarm at 60. */
function withoutNoise(percent: number): number {
  return Math.round(percent * 1e6) / 1e6;
}
