/** One pod as the HPA sees it at a synchronisation. */
export interface PodSample {
  /** What the pod requests of the metric's resource; for CPU thousandths of a core. */
  readonly request: number;
  /** What it used; null while no measurement is there. */
  readonly usage: number | null;
  /** Counts as not ready yet: pending, or its CPU measurement is of its start (see `isCpuUnready`). */
  readonly unready: boolean;
  /** Being deleted, or failed: not looked at. */
  readonly ignored: boolean;
}

/** A reading over all pods: its relation to the target, and the figure that `kubectl get hpa` shows. */
export interface UsageRatio {
  readonly ratio: number;
  readonly shown: number;
}

/** A pod's usage beside its request, as far as it counts. */
export interface CountedPod {
  readonly request: number;
  readonly usage: number;
}

/**
 * Usage of all pods together as a percentage of what they request together, cut to a whole number, over the
 * target. (kubernetes/kubernetes pkg/controller/podautoscaler/metrics/utilization.go, 2025.)
 */
export function utilizationRatio(pods: readonly CountedPod[], targetPercent: number): UsageRatio {
  const usage = pods.reduce((sum, pod) => sum + pod.usage, 0);
  const requests = pods.reduce((sum, pod) => sum + pod.request, 0);
  const shown = Math.floor((usage * 100) / requests);
  return { ratio: shown / targetPercent, shown };
}

/** Mean usage a pod, cut to a whole number, over the target. (The same file.) */
export function averageValueRatio(pods: readonly CountedPod[], targetAverage: number): UsageRatio {
  const usage = pods.reduce((sum, pod) => sum + pod.usage, 0);
  const shown = Math.floor(usage / pods.length);
  return { ratio: shown / targetAverage, shown };
}
