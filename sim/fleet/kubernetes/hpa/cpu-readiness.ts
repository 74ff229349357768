/** Flags of kube-controller-manager that say how long a young pod's CPU usage is distrusted. */
export interface CpuReadinessRules {
  /** --horizontal-pod-autoscaler-cpu-initialization-period, default 300 s. */
  readonly cpuInitializationSeconds: number;
  /** --horizontal-pod-autoscaler-initial-readiness-delay, default 30 s. */
  readonly initialReadinessDelaySeconds: number;
}

/** kubernetes/kubernetes pkg/controller/podautoscaler/config/v1alpha1/defaults.go (2025). */
export const CPU_READINESS_DEFAULTS: CpuReadinessRules = {
  cpuInitializationSeconds: 300,
  initialReadinessDelaySeconds: 30,
};

/** What is known of a pod and its CPU sample; times in seconds. */
export interface CpuSample {
  readonly ready: boolean;
  readonly startedAt: number;
  /** When the pod last became ready or ceased to be. */
  readonly readinessChangedAt: number;
  readonly sampledAt: number;
  readonly sampleWindowSeconds: number;
}

/**
 * Whether a pod's CPU usage is left out as that of a pod that starts: while its initialisation period runs,
 * until it is ready and a whole window was measured since; afterwards only if it never was ready.
 * (kubernetes/kubernetes pkg/controller/podautoscaler/replica_calculator.go, groupPods, 2025.)
 */
export function isCpuUnready(
  sample: CpuSample,
  now: number,
  rules: CpuReadinessRules = CPU_READINESS_DEFAULTS,
): boolean {
  const { ready, startedAt, readinessChangedAt, sampledAt, sampleWindowSeconds } = sample;
  if (startedAt + rules.cpuInitializationSeconds > now) {
    return !ready || sampledAt < readinessChangedAt + sampleWindowSeconds;
  }
  return !ready && startedAt + rules.initialReadinessDelaySeconds > readinessChangedAt;
}
