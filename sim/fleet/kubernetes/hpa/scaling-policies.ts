/** One entry of `behavior.scaleUp.policies` or `behavior.scaleDown.policies`. */
export interface ScalingPolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  readonly periodSeconds: number;
}

/** `behavior.scaleUp` or `behavior.scaleDown`, its rate. */
export interface ScalingRules {
  readonly policies: readonly ScalingPolicy[];
  /** Max takes the policy that allows the greatest change. */
  readonly selectPolicy: 'Max' | 'Min' | 'Disabled';
}

/** A change of the number of replicas that was carried out: how much, and how long ago. */
export interface ScaleEvent {
  readonly change: number;
  readonly ageSeconds: number;
}

/** Why the number is what it is: the HPA's condition `ScalingLimited`. */
export type LimitCondition =
  | 'DesiredWithinRange'
  | 'ScaleUpLimit'
  | 'ScaleDownLimit'
  | 'TooManyReplicas'
  | 'TooFewReplicas';

/** What `limitedReplicas` limits. */
export interface ScalingRequest {
  readonly current: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
  readonly scaleUpEvents: readonly ScaleEvent[];
  readonly scaleDownEvents: readonly ScaleEvent[];
}

/**
 * Brings a recommendation within `minReplicas`, `maxReplicas` and the rate that `behavior` allows. What a
 * policy allows is counted from the number of replicas at the start of its period; a percentage is rounded up
 * on the way up, and what is left is cut off on the way down.
 *
 * Source: kubernetes/kubernetes pkg/controller/podautoscaler/horizontal.go,
 * convertDesiredReplicasWithBehaviorRate, 2025.
 */
export function limitedReplicas(request: ScalingRequest): { replicas: number; condition: LimitCondition } {
  const { current, desired, min, max } = request;
  if (desired > current) {
    const rate = Math.max(current, scaleUpLimit(request));
    const most = Math.min(max, rate);
    if (desired > most) return { replicas: most, condition: max > rate ? 'ScaleUpLimit' : 'TooManyReplicas' };
  } else if (desired < current) {
    const rate = Math.min(current, scaleDownLimit(request));
    const least = Math.max(min, rate);
    if (desired < least)
      return { replicas: least, condition: min < rate ? 'ScaleDownLimit' : 'TooFewReplicas' };
  }
  return { replicas: desired, condition: 'DesiredWithinRange' };
}

function scaleUpLimit({ current, scaleUp, scaleUpEvents, scaleDownEvents }: ScalingRequest): number {
  if (scaleUp.selectPolicy === 'Disabled') return current;
  const limits = scaleUp.policies.map(({ type, value, periodSeconds }) => {
    const start = startOfPeriod(current, periodSeconds, scaleUpEvents, scaleDownEvents);
    return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100));
  });
  return scaleUp.selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
}

function scaleDownLimit({ current, scaleDown, scaleUpEvents, scaleDownEvents }: ScalingRequest): number {
  if (scaleDown.selectPolicy === 'Disabled') return current;
  const limits = scaleDown.policies.map(({ type, value, periodSeconds }) => {
    const start = startOfPeriod(current, periodSeconds, scaleUpEvents, scaleDownEvents);
    return type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100));
  });
  return scaleDown.selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits);
}

function startOfPeriod(
  current: number,
  periodSeconds: number,
  ups: readonly ScaleEvent[],
  downs: readonly ScaleEvent[],
): number {
  const changed = (events: readonly ScaleEvent[]) =>
    events.reduce((sum, event) => sum + (event.ageSeconds < periodSeconds ? event.change : 0), 0);
  return current - changed(ups) + changed(downs);
}
