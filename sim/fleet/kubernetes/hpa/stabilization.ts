/** What was recommended before, and how long ago. */
export interface PastRecommendation {
  readonly replicas: number;
  readonly ageSeconds: number;
}

/**
 * An HPA without `behavior`: it scales down to no less than the most that was recommended in the window.
 * (kubernetes/kubernetes pkg/controller/podautoscaler/horizontal.go, stabilizeRecommendation, 2025.)
 * @param windowSeconds --horizontal-pod-autoscaler-downscale-stabilization, default 300
 */
export function stabilizedDown(
  desired: number,
  history: readonly PastRecommendation[],
  windowSeconds: number,
): number {
  const recent = history.filter((past) => past.ageSeconds <= windowSeconds);
  return Math.max(desired, ...recent.map((past) => past.replicas));
}

/**
 * `behavior.scaleUp.stabilizationWindowSeconds` and `scaleDown`'s: up by no more than the least, down by no
 * more than the most that was recommended in the window of its direction; in between the number stays.
 * (The same file, stabilizeRecommendationWithBehaviors.)
 */
export function stabilizedByBehavior(
  current: number,
  desired: number,
  history: readonly PastRecommendation[],
  windows: { readonly scaleUpSeconds: number; readonly scaleDownSeconds: number },
): number {
  const within = (seconds: number) =>
    history.filter((past) => past.ageSeconds < seconds).map((past) => past.replicas);
  const floor = Math.min(desired, ...within(windows.scaleUpSeconds));
  const ceiling = Math.max(desired, ...within(windows.scaleDownSeconds));
  return Math.min(Math.max(current, floor), ceiling);
}
