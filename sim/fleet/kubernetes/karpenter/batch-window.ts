/** Karpenter's batching: a batch ends when no pod came for `idle`, at the latest `max` after its first. */
export interface BatchWindow {
  readonly idleMicros: number;
  readonly maxMicros: number;
}

/**
 * When the batch ends that is open now.
 *
 * Source: kubernetes-sigs/karpenter settings `batchIdleDuration` 1 s and `batchMaxDuration` 10 s
 * (2026-08-20).
 * @param firstAt when the batch's first pod came, `lastAt` its latest so far
 */
export function batchEndsAt({ idleMicros, maxMicros }: BatchWindow, firstAt: number, lastAt: number): number {
  return Math.min(lastAt + idleMicros, firstAt + maxMicros);
}
