import type { RateFraction } from '../../../traffic/rate-fraction.ts';
import { LaunchRate } from '../../containers/launch-rate.ts';

/** What the kube-controller-manager may ask of the API server, --kube-api-qps and --kube-api-burst. */
export interface PodCreationPlan {
  readonly burst: number;
  readonly refill: RateFraction;
}

/** The token bucket of a client is its only limit. */
const NO_PACE = { count: 1, perMicros: 0 };

/**
 * Pods that a ReplicaSet has still to make: each is a request to the API server, and the client of the
 * kube-controller-manager sends them no faster than its token bucket lets it (client-go,
 * util/flowcontrol, 2025). Its other requests are not counted.
 */
export class PodCreation {
  /** Pods wanted and not made yet. */
  owed = 0;
  private readonly rate: LaunchRate;

  constructor({ burst, refill }: PodCreationPlan) {
    this.rate = new LaunchRate({ burst, refill, perService: NO_PACE });
  }

  /** When the next pod may be made; Infinity while none is owed. */
  nextAt(now: number): number {
    return this.owed === 0 ? Number.POSITIVE_INFINITY : this.rate.readyAt(now);
  }

  /** Notes that one is made. */
  take(now: number): void {
    this.owed--;
    this.rate.take(now);
  }

  /** Fewer pods are wanted: those that are not made yet go first. @returns how many others have to go */
  forgo(count: number): number {
    const forgone = Math.min(count, this.owed);
    this.owed -= forgone;
    return count - forgone;
  }
}
