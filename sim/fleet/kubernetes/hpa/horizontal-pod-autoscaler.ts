import { MICROS_PER_SECOND } from '../../../kernel/time.ts';
import { grownFloat64 } from '../../../kernel/typed-arrays.ts';
import type { Recorder } from '../../../observe/recorder.ts';
import type { Scaler } from '../../replicas/plan.ts';
import type { Processors } from '../../replicas/processors.ts';
import { DRAINING, GONE, IN_SERVICE } from '../../replicas/worker-group.ts';
import { type PodGroup, UNSCHEDULED } from '../pods/pod-group.ts';
import { isCpuUnready } from './cpu-readiness.ts';
import {
  mostDemanding,
  type Recommendation,
  replicasByAverageValue,
  replicasByUtilization,
  replicasByValue,
  replicasByValuePerPod,
  type Tolerance,
} from './desired-replicas.ts';
import { limitedReplicas, type ScalingRules } from './scaling-policies.ts';
import { stabilizedByBehavior } from './stabilization.ts';
import type { PodSample } from './usage.ts';

/**
 * An entry of `spec.metrics`, its target in percent, thousandths of a core, requests per 1,000 s, or
 * messages.
 */
export interface HpaMetric {
  readonly source: 'cpu' | 'requests-per-pod' | 'requests' | 'messages';
  readonly target: 'Utilization' | 'AverageValue' | 'Value';
  readonly value: number;
}

/** `spec` of a HorizontalPodAutoscaler, in numbers. */
export interface HpaPlan {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly metrics: readonly HpaMetric[];
  readonly scaleUp: ScalingRules & { readonly stabilizationSeconds: number };
  readonly scaleDown: ScalingRules & { readonly stabilizationSeconds: number };
  readonly tolerance: Tolerance;
  /** Pods that the nodes can hold: beyond it more replicas are more pending pods. Infinity for no limit. */
  readonly mostPlaced: number;
  /** What a pod requests of the CPU, in thousandths of a core. */
  readonly requestMilli: number;
}

/** --horizontal-pod-autoscaler-sync-period (kube-controller-manager defaults.go, 2025). */
const SYNC_SECONDS = 15;
const SYNC_MICROS = SYNC_SECONDS * MICROS_PER_SECOND;
/** How long changes and recommendations are remembered: the longest window and period that may be set. */
const MEMORY_MICROS = 3600 * MICROS_PER_SECOND;
const MILLI = 1000;

interface ReadPod extends PodSample {
  readonly isReady: boolean;
}

interface Event {
  readonly at: number;
  readonly amount: number;
}

/**
 * The HorizontalPodAutoscaler: every 15 s it reads each metric over the time since it last did (the
 * metrics-server's default resolution is 15 s too), takes the most that any asks for, and brings that within
 * windows, policies and limits.
 */
export class HorizontalPodAutoscaler implements Scaler {
  nextAt = SYNC_MICROS;
  private readonly plan: HpaPlan;
  private readonly group: PodGroup;
  private readonly processors: Processors;
  private readonly recorder: Recorder;
  private readonly readMessages: () => number;
  private busyAtLast = new Float64Array(0);
  private arrivedAtLast = 0;
  private recommendations: Event[] = [];
  private ups: Event[] = [];
  private downs: Event[] = [];

  /** @param readMessages of the queue that the pods read, where there is one */
  constructor(
    plan: HpaPlan,
    group: PodGroup,
    processors: Processors,
    recorder: Recorder,
    readMessages: () => number = () => 0,
  ) {
    this.plan = plan;
    this.group = group;
    this.processors = processors;
    this.recorder = recorder;
    this.readMessages = readMessages;
  }

  /** Synchronises: the processors' accounts are up to date. */
  tick(): void {
    const now = this.nextAt;
    this.nextAt += SYNC_MICROS;
    const { group, plan } = this;
    const current = group.desired;
    // Without replicas scaling is disabled (pkg/controller/podautoscaler/horizontal.go, 2025).
    if (current === 0) return;
    const wanted = this.wanted(current, now);
    if (wanted === current) return;
    if (wanted > current) this.ups.push({ at: now, amount: wanted - current });
    else this.downs.push({ at: now, amount: current - wanted });
    group.setDesired(Math.max(0, Math.min(plan.maxReplicas, wanted)), now);
  }

  canGrow(capacity: number): boolean {
    return capacity < Math.min(this.plan.maxReplicas, this.plan.mostPlaced);
  }

  private wanted(current: number, now: number): number {
    const { minReplicas, maxReplicas, scaleUp, scaleDown } = this.plan;
    // What it finds at first counts as recommended (horizontal.go, recordInitialRecommendation, 2025).
    if (now === SYNC_MICROS) this.recommendations.push({ at: now, amount: current });
    const recommended = this.recommended(current, now);
    if (current > maxReplicas) return maxReplicas;
    if (current < minReplicas) return minReplicas;
    if (recommended === null) return current;
    const history = this.recommendations.map(({ at, amount }) => ({
      replicas: amount,
      ageSeconds: age(at, now),
    }));
    const stable = stabilizedByBehavior(current, recommended, history, {
      scaleUpSeconds: scaleUp.stabilizationSeconds,
      scaleDownSeconds: scaleDown.stabilizationSeconds,
    });
    this.recommendations.push({ at: now, amount: recommended });
    this.forget(now);
    const events = (list: readonly Event[]) =>
      list.map(({ at, amount }) => ({ change: amount, ageSeconds: age(at, now) }));
    return limitedReplicas({
      current,
      desired: stable,
      min: minReplicas,
      max: maxReplicas,
      scaleUp,
      scaleDown,
      scaleUpEvents: events(this.ups),
      scaleDownEvents: events(this.downs),
    }).replicas;
  }

  /** What the metrics ask for; null when none can be read. */
  private recommended(current: number, now: number): number | null {
    const pods = this.samples(now);
    const perThousandSeconds = (this.arrivedSinceLast() * MILLI) / SYNC_SECONDS;
    const asked = this.plan.metrics.map((metric) => this.ask(metric, pods, perThousandSeconds, current));
    return asked.every((each) => each === null) ? null : mostDemanding(asked, current);
  }

  private ask(
    { source, target, value }: HpaMetric,
    pods: readonly ReadPod[],
    perThousandSeconds: number,
    current: number,
  ): Recommendation | null {
    const { tolerance } = this.plan;
    const ready = pods.filter((pod) => pod.isReady).length;
    if (source === 'cpu') {
      return target === 'Utilization'
        ? replicasByUtilization(pods, current, value, tolerance)
        : replicasByAverageValue(pods, current, value, tolerance);
    }
    if (source === 'messages') return replicasByValuePerPod(this.readMessages(), value, current, tolerance);
    if (source === 'requests-per-pod') {
      const share = ready === 0 ? 0 : Math.round(perThousandSeconds / ready);
      const samples = pods.map((pod) => ({ ...pod, usage: share, unready: !pod.isReady }));
      return replicasByAverageValue(samples, current, value, tolerance);
    }
    return target === 'Value'
      ? replicasByValue(perThousandSeconds, value, current, ready, tolerance)
      : replicasByValuePerPod(perThousandSeconds, value, current, tolerance);
  }

  /** Every pod with the CPU that it used since the last synchronisation, in thousandths of a core. */
  private samples(now: number): ReadPod[] {
    const { group, processors } = this;
    if (this.busyAtLast.length < group.state.length) {
      this.busyAtLast = grownFloat64(this.busyAtLast, group.state.length);
    }
    const samples: ReadPod[] = [];
    for (let pod = 0; pod < group.used; pod++) {
      const used = processors.usedSince(pod, this.busyAtLast[pod]!);
      this.busyAtLast[pod] = processors.busyOf[pod]!;
      const state = group.state[pod];
      if (state === GONE) continue;
      const isReady = state === IN_SERVICE;
      samples.push({
        request: this.plan.requestMilli,
        usage: Math.round((used * MILLI) / SYNC_MICROS),
        unready: !isReady && state !== DRAINING ? true : this.isUnready(pod, isReady, now),
        ignored: state === DRAINING,
        isReady,
      });
    }
    return samples;
  }

  private isUnready(pod: number, ready: boolean, now: number): boolean {
    const { group } = this;
    if (group.state[pod] === UNSCHEDULED) return true;
    return isCpuUnready(
      {
        ready,
        startedAt: group.startedAt[pod]! / MICROS_PER_SECOND,
        readinessChangedAt: group.readyAt[pod]! / MICROS_PER_SECOND,
        sampledAt: now / MICROS_PER_SECOND,
        sampleWindowSeconds: SYNC_SECONDS,
      },
      now / MICROS_PER_SECOND,
    );
  }

  private arrivedSinceLast(): number {
    const arrived = this.recorder.attempts - this.arrivedAtLast;
    this.arrivedAtLast += arrived;
    return arrived;
  }

  private forget(now: number): void {
    const isRecent = ({ at }: Event) => now - at < MEMORY_MICROS;
    if (!this.recommendations.every(isRecent)) this.recommendations = this.recommendations.filter(isRecent);
    this.ups = this.ups.filter(isRecent);
    this.downs = this.downs.filter(isRecent);
  }
}

function age(at: number, now: number): number {
  return (now - at) / MICROS_PER_SECOND;
}
