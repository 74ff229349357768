import {
  averageValueRatio,
  type CountedPod,
  type PodSample,
  type UsageRatio,
  utilizationRatio,
} from './usage.ts';

/** What a metric asks for; `shown` is the current value as `kubectl get hpa` prints it. */
export interface Recommendation {
  readonly replicas: number;
  readonly shown: number;
}

/** Ratios this close to 1 change nothing; default 0.1 both ways (defaults.go, 2025). */
export interface Tolerance {
  readonly scaleUp: number;
  readonly scaleDown: number;
}
export const DEFAULT_TOLERANCE: Tolerance = { scaleUp: 0.1, scaleDown: 0.1 };

function isWithin(ratio: number, { scaleUp, scaleDown }: Tolerance): boolean {
  return 1 - scaleDown <= ratio && ratio <= 1 + scaleUp;
}

/**
 * Replicas by a resource's utilisation, `target: { type: Utilization }`.
 *
 * Pods that start count as using nothing when the others ask for more. Pods without a measurement count as
 * using nothing when the others ask for more, and all of their request (or the target, if that is above
 * 100 %) when they ask for less. If that turns the direction, nothing changes.
 *
 * Source: kubernetes/kubernetes pkg/controller/podautoscaler/replica_calculator.go,
 * GetResourceReplicas, 2025.
 * @param targetPercent of the request
 * @returns null when no pod has a measurement that counts: nothing is changed then
 */
export function replicasByUtilization(
  pods: readonly PodSample[],
  current: number,
  targetPercent: number,
  tolerance: Tolerance = DEFAULT_TOLERANCE,
): Recommendation | null {
  const whole = (pod: PodSample) => Math.floor((pod.request * Math.max(100, targetPercent)) / 100);
  const assumed = (pod: PodSample, ratio: number) => {
    if (ratio === 1) return null;
    return ratio < 1 ? whole(pod) : 0;
  };
  return byPods(pods, current, tolerance, (counted) => utilizationRatio(counted, targetPercent), assumed);
}

/**
 * Replicas by a mean value a pod: `target: { type: AverageValue }` of a Resource or a Pods metric. As
 * `replicasByUtilization`, but a pod without a measurement counts as using the target when the others ask for
 * less, and nothing when they are on target too.
 * (The same file, calcPlainMetricReplicas.)
 */
export function replicasByAverageValue(
  pods: readonly PodSample[],
  current: number,
  targetAverage: number,
  tolerance: Tolerance = DEFAULT_TOLERANCE,
): Recommendation | null {
  return byPods(
    pods,
    current,
    tolerance,
    (counted) => averageValueRatio(counted, targetAverage),
    (_pod, ratio) => (ratio < 1 ? targetAverage : 0),
  );
}

function byPods(
  pods: readonly PodSample[],
  current: number,
  tolerance: Tolerance,
  ratioOf: (counted: readonly CountedPod[]) => UsageRatio,
  assumedUsage: (pod: PodSample, ratio: number) => number | null,
): Recommendation | null {
  const looked = pods.filter((pod) => !pod.ignored);
  const unready = looked.filter((pod) => pod.unready);
  const missing = looked.filter((pod) => !pod.unready && pod.usage === null);
  const counted: CountedPod[] = looked
    .filter((pod) => !pod.unready && pod.usage !== null)
    .map((pod) => ({ request: pod.request, usage: pod.usage! }));
  if (counted.length === 0) return null;
  const { ratio, shown } = ratioOf(counted);
  const isRising = unready.length > 0 && ratio > 1;
  if (!isRising && missing.length === 0) {
    const replicas = isWithin(ratio, tolerance) ? current : Math.ceil(ratio * counted.length);
    return { replicas, shown };
  }
  const all = [...counted];
  for (const pod of missing) {
    const usage = assumedUsage(pod, ratio);
    if (usage !== null) all.push({ request: pod.request, usage });
  }
  if (isRising) for (const pod of unready) all.push({ request: pod.request, usage: 0 });
  const corrected = ratioOf(all).ratio;
  const hasTurned = (ratio < 1 && corrected > 1) || (ratio > 1 && corrected < 1);
  if (isWithin(corrected, tolerance) || hasTurned) return { replicas: current, shown };
  const replicas = Math.ceil(corrected * all.length);
  const isContrary = (corrected < 1 && replicas > current) || (corrected > 1 && replicas < current);
  return { replicas: isContrary ? current : replicas, shown };
}

/**
 * Replicas by one value for all: `target: { type: Value }` of an Object or External metric. The ratio is
 * multiplied with the pods that are ready, not with those that there are: with few of them ready, a value
 * above the target can ask for fewer than there are.
 * (The same file, getUsageRatioReplicaCount.)
 */
export function replicasByValue(
  value: number,
  target: number,
  current: number,
  readyPods: number,
  tolerance: Tolerance = DEFAULT_TOLERANCE,
): Recommendation {
  const ratio = value / target;
  if (current === 0) return { replicas: Math.ceil(ratio), shown: value };
  const replicas = isWithin(ratio, tolerance) ? current : Math.ceil(ratio * readyPods);
  return { replicas, shown: value };
}

/**
 * Replicas by one value divided among the pods: `target: { type: AverageValue }` of an Object or External
 * metric.
 * (The same file, GetObjectPerPodMetricReplicas and GetExternalPerPodMetricReplicas.)
 */
export function replicasByValuePerPod(
  value: number,
  targetAverage: number,
  current: number,
  tolerance: Tolerance = DEFAULT_TOLERANCE,
): Recommendation {
  const ratio = value / (targetAverage * current);
  const replicas = isWithin(ratio, tolerance) ? current : Math.ceil(value / targetAverage);
  return { replicas, shown: current === 0 ? value : Math.ceil(value / current) };
}

/**
 * What all metrics together ask for: the most. A metric that cannot be read (null) stops a scale-down, and
 * where none can be read nothing changes.
 * (pkg/controller/podautoscaler/horizontal.go, computeReplicasForMetrics, 2025.)
 */
export function mostDemanding(recommendations: readonly (Recommendation | null)[], current: number): number {
  const valid = recommendations.filter((each) => each !== null);
  if (valid.length === 0) return current;
  const replicas = Math.max(...valid.map((each) => each.replicas));
  return valid.length < recommendations.length && replicas < current ? current : replicas;
}
