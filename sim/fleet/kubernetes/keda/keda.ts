import type { Recorder } from '../../../observe/recorder.ts';
import type { Scaler, WorkerQueue } from '../../replicas/plan.ts';
import type { Processors } from '../../replicas/processors.ts';
import { HorizontalPodAutoscaler, type HpaPlan } from '../hpa/horizontal-pod-autoscaler.ts';
import type { PodGroup } from '../pods/pod-group.ts';

/** A ScaledObject with one trigger of type aws-sqs-queue, in numbers. */
export interface KedaPlan {
  readonly minReplicaCount: number;
  readonly pollingMicros: number;
  readonly cooldownMicros: number;
  /** A longer queue makes the trigger active. */
  readonly activationQueueLength: number;
  /** Whether messages that are being handled count too. */
  readonly scaleOnInFlight: boolean;
  /** What KEDA has Kubernetes do between one pod and the most: an HPA on the length of the queue. */
  readonly hpa: HpaPlan;
}

/**
 * KEDA: its operator looks at the queue at every polling interval, and takes the Deployment from none to its
 * fewest pods, or to one, and back to none when the trigger was last active a cooldown period ago. All else
 * is done by the HPA that it makes, which asks KEDA for the length at each of its own synchronisations, and
 * rests while there are no pods.
 *
 * Sources: kedacore/keda pkg/scaling/executor/scale_scaledobjects.go (RequestScale, scaleFromZero,
 * scaleToZero); KEDA documentation, "Scaling Deployments" and "AWS SQS Queue", 2.17, 2025.
 */
export class Keda implements Scaler {
  nextAt: number;
  private readonly plan: KedaPlan;
  private readonly group: PodGroup;
  private readonly queue: WorkerQueue;
  private readonly hpa: HorizontalPodAutoscaler;
  private pollAt: number;
  /** What runs before the window began has been needed until then. */
  private lastActiveAt = 0;

  constructor(
    plan: KedaPlan,
    group: PodGroup,
    processors: Processors,
    recorder: Recorder,
    queue: WorkerQueue,
  ) {
    this.plan = plan;
    this.group = group;
    this.queue = queue;
    this.hpa = new HorizontalPodAutoscaler(plan.hpa, group, processors, recorder, () => this.length);
    this.pollAt = plan.pollingMicros;
    this.nextAt = Math.min(this.pollAt, this.hpa.nextAt);
  }

  /** At one instant the HPA looks first: what KEDA starts is the HPA's from its next look on. */
  tick(): void {
    const now = this.nextAt;
    if (this.hpa.nextAt === now) this.hpa.tick();
    if (this.pollAt === now) {
      this.pollAt += this.plan.pollingMicros;
      this.poll(now);
    }
    this.nextAt = Math.min(this.pollAt, this.hpa.nextAt);
  }

  canGrow(capacity: number): boolean {
    return this.hpa.canGrow(capacity);
  }

  private get length(): number {
    const { visible, notVisible } = this.queue;
    return this.plan.scaleOnInFlight ? visible + notVisible : visible;
  }

  private poll(now: number): void {
    const { group, plan } = this;
    const { minReplicaCount } = plan;
    if (this.length > plan.activationQueueLength) {
      this.lastActiveAt = now;
      if (group.desired === 0) group.setDesired(Math.max(1, minReplicaCount), now);
    } else if (group.desired > 0 && minReplicaCount === 0) {
      if (now - this.lastActiveAt >= plan.cooldownMicros) group.setDesired(0, now);
    } else if (group.desired < minReplicaCount) {
      group.setDesired(minReplicaCount, now);
    }
  }
}
