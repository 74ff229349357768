import type { Recorder } from '../../observe/recorder.ts';
import { AutoScaler } from '../scaling/auto-scaler.ts';
import { GroupMetrics } from './group-metrics.ts';
import type { ReplicasPlan, Scaler, WorkerQueue } from './plan.ts';
import type { Processors } from './processors.ts';
import { GONE, type WorkerGroup } from './worker-group.ts';

/** A bin in which so much of the CPU was busy had none to spare. */
const SATURATED_SHARE = 0.95;

/** What happens at ticks: the bins of the observation are closed, and the group is scaled. */
export class GroupSteering {
  /** When the next tick is due. */
  nextAt: number;
  private readonly plan: ReplicasPlan;
  private readonly group: WorkerGroup;
  private readonly processors: Processors;
  private readonly recorder: Recorder;
  private readonly scaler: Scaler;
  private nextBinAt: number;
  private warmupAt: number;
  private busyAtBin = 0;
  private busyAtWarmup = 0;
  /** Time that instances were held to their baseline, by bin; empty where they never are. */
  private readonly limitedArea: Float64Array;
  private limitedAtBin = 0;
  /** Requests that waited for a worker, by bin. */
  private readonly waitingArea: Float64Array;

  /** @param queue that the workers read, if they read one */
  constructor(
    plan: ReplicasPlan,
    group: WorkerGroup,
    processors: Processors,
    recorder: Recorder,
    queue: WorkerQueue | null = null,
  ) {
    this.plan = plan;
    this.group = group;
    this.processors = processors;
    this.recorder = recorder;
    const metrics = new GroupMetrics(
      plan.instance.reservedVcpus ?? plan.instance.vcpus,
      group,
      processors,
      recorder,
      queue,
    );
    this.scaler =
      plan.openScaler?.(group, processors, recorder, queue) ?? new AutoScaler(plan.group, group, metrics);
    const { bins, queueArea } = recorder.observation.series;
    this.waitingArea = queue?.waitingArea ?? queueArea;
    this.limitedArea = new Float64Array(processors.credits === null ? 0 : bins);
    this.nextBinAt = plan.program.stepMicros;
    this.warmupAt = plan.program.warmupMicros > 0 ? plan.program.warmupMicros : Number.POSITIVE_INFINITY;
    this.nextAt = Math.min(this.nextBinAt, this.scaler.nextAt, this.warmupAt);
  }

  /** Carries out all that is due at `nextAt`. */
  tick(): void {
    const now = this.nextAt;
    this.settleAll(now);
    if (now === this.warmupAt) {
      this.busyAtWarmup = this.processors.busyMicros;
      this.warmupAt = Number.POSITIVE_INFINITY;
    }
    if (now === this.nextBinAt) {
      this.closeBin(Math.round(now / this.plan.program.stepMicros) - 1);
      this.nextBinAt += this.plan.program.stepMicros;
    }
    if (now === this.scaler.nextAt) this.scaler.tick();
    this.nextAt = Math.min(this.nextBinAt, this.scaler.nextAt, this.warmupAt);
  }

  /** The window closes: the last bin and the totals. */
  close(): void {
    const { windowMicros } = this.plan.program;
    const { observation } = this.recorder;
    this.settleAll(windowMicros);
    this.closeBin(observation.series.bins - 1);
    this.recorder.finish();
    observation.capacity.busyArea =
      (this.processors.busyMicros - this.busyAtWarmup) / this.plan.instance.vcpus;
    const { credits } = this.processors;
    if (credits !== null) {
      observation.largeUsage.cpuCreditsCharged = credits.charged;
      observation.usage.cpuCreditsOwed = credits.owed;
      observation.usage.cpuCreditsLimitedMicros = credits.limitedMicros;
    }
    observation.limitedBy = this.limitedBy();
  }

  private settleAll(now: number): void {
    for (let instance = 0; instance < this.group.used; instance++) {
      if (this.group.state[instance] !== GONE) this.processors.settle(instance, now);
    }
  }

  private closeBin(bin: number): void {
    const busy = this.processors.busyMicros;
    this.recorder.observation.series.busyArea[bin] = (busy - this.busyAtBin) / this.plan.instance.vcpus;
    this.busyAtBin = busy;
    const { credits } = this.processors;
    if (credits === null) return;
    this.limitedArea[bin] = credits.limitedMicros - this.limitedAtBin;
    this.limitedAtBin = credits.limitedMicros;
  }

  /** What most of the bins that were short of something were short of; nothing when few were. */
  private limitedBy() {
    const { series, requests } = this.recorder.observation;
    const { instance } = this.plan;
    const saturatedShare = SATURATED_SHARE * (instance.sustainedShare ?? 1);
    const short = { cpu: 0, concurrency: 0, 'scaling-speed': 0 };
    for (let bin = 0; bin < series.bins; bin++) {
      const capacity = series.capacityArea[bin]!;
      const usedUp = series.busyArea[bin]! + (this.limitedArea[bin] ?? 0);
      const isSaturated = usedUp > saturatedShare * capacity;
      const isQueueing = this.waitingArea[bin]! > 0.01 * capacity;
      if (!isSaturated && !isQueueing && (capacity > 0 || series.arrivals[bin] === 0)) continue;
      const canGrow = this.scaler.canGrow(capacity / series.binMicros(bin) + 0.5);
      if (canGrow || capacity === 0) short['scaling-speed']++;
      else if (isSaturated) short.cpu++;
      else short.concurrency++;
    }
    if (requests.failures.rejected > 0 && instance.backlog < Number.POSITIVE_INFINITY) short.concurrency++;
    const worst = (['cpu', 'scaling-speed', 'concurrency'] as const).reduce((a, b) =>
      short[b] > short[a] ? b : a,
    );
    return short[worst] * 20 >= series.bins ? worst : 'nothing';
  }
}
