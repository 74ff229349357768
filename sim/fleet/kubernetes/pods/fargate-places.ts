import { FargateCapacity } from '../../containers/fargate-capacity.ts';
import type { PodPlaces } from './pod-places.ts';

/** Pods on Fargate: every one is a machine of its own, so no place is better to give up than another. */
export class FargatePlaces extends FargateCapacity implements PodPlaces {
  stopRank(): number {
    return 0;
  }

  override release(pod: number): void {
    this.stopping(pod);
    super.release(pod);
  }
}
