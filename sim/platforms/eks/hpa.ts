import type { HpaMetric, HpaPlan } from '../../fleet/kubernetes/hpa/horizontal-pod-autoscaler.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { cpuMilli } from '../../units/kubernetes-quantity.ts';
import type { PlatformContext } from '../platform.ts';
import { queueOf } from '../shared/common-options.ts';
import type { HpaMetricOptions, HpaOptions, HpaRulesOptions } from './hpa-options.ts';
import type { EksOptions } from './options.ts';
import { readResources } from './pod-resources.ts';

/** The HorizontalPodAutoscaler in numbers; null without one. */
export function planHpa(options: EksOptions, mostPlaced: number): HpaPlan | null {
  const { hpa } = options;
  if (hpa === undefined) return null;
  return {
    minReplicas: hpa.minReplicas,
    maxReplicas: hpa.maxReplicas,
    metrics: hpa.metrics.map(readMetric),
    ...planBehavior(hpa.behavior),
    mostPlaced,
    requestMilli: readResources(options).requests.cpuMilli,
  };
}

/** How fast an HPA scales. */
export function planBehavior({
  scaleUp,
  scaleDown,
}: HpaOptions['behavior']): Pick<HpaPlan, 'scaleUp' | 'scaleDown' | 'tolerance'> {
  return {
    scaleUp: readRules(scaleUp),
    scaleDown: readRules(scaleDown),
    tolerance: { scaleUp: scaleUp.tolerance, scaleDown: scaleDown.tolerance },
  };
}

function readRules({ policies, selectPolicy, stabilizationWindowSeconds }: HpaRulesOptions) {
  return { policies, selectPolicy, stabilizationSeconds: stabilizationWindowSeconds };
}

function readMetric(metric: HpaMetricOptions): HpaMetric {
  if (metric.type === 'Resource') {
    const { target } = metric.resource;
    return target.type === 'Utilization'
      ? { source: 'cpu', target: 'Utilization', value: target.averageUtilization }
      : { source: 'cpu', target: 'AverageValue', value: cpuMilli(target.averageValue) };
  }
  if (metric.type === 'Pods') {
    const value = cpuMilli(metric.pods.target.averageValue);
    return { source: 'requests-per-pod', target: 'AverageValue', value };
  }
  const { target } = metric.object;
  return target.type === 'Value'
    ? { source: 'requests', target: 'Value', value: cpuMilli(target.value) }
    : { source: 'requests', target: 'AverageValue', value: cpuMilli(target.averageValue) };
}

/** What the API server refuses of an HPA, and what it could never read. */
export function hpaProblems(options: EksOptions, { path }: PlatformContext): Problem[] {
  const { hpa } = options;
  if (hpa === undefined) return [];
  const at = [...path, 'hpa'];
  const problems = hpa.metrics.flatMap((metric, index) => targetProblems(metric, [...at, 'metrics', index]));
  if (queueOf(options.frontDoor) !== null && hpa.metrics.some(({ type }) => type !== 'Resource')) {
    const message = 'pods that read a queue get no HTTP requests';
    const help = 'scale them on CPU, or on the length of the queue: `keda: {}` in place of `hpa`';
    problems.push(problem('conflicting-keys', [...at, 'metrics'], message, { help }));
  }
  if (hpa.minReplicas > hpa.maxReplicas) {
    const order = 'must be greater than or equal to minReplicas';
    const message = `maxReplicas ${hpa.maxReplicas} ${order} ${hpa.minReplicas}`;
    problems.push(problem('out-of-range', [...at, 'maxReplicas'], message, { help: 'raise maxReplicas' }));
  }
  const hasRequest = readResources(options).requests.cpuMilli > 0;
  if (!hasRequest && readsUtilization(hpa)) {
    problems.push(
      problem('missing-request', at, 'the HPA cannot compute a utilization: missing request for cpu', {
        help:
          'set `resources.requests.cpu`, or take a target of type AverageValue; ' +
          'without `metrics` an HPA holds CPU at 80 % of the requests',
      }),
    );
  }
  return problems;
}

function targetProblems(metric: HpaMetricOptions, at: readonly (string | number)[]): Problem[] {
  if (readMetric(metric).value > 0) return [];
  return [problem('out-of-range', at, 'the target must be greater than 0', { help: 'give it a value' })];
}

function readsUtilization({ metrics }: HpaOptions): boolean {
  return metrics.some(
    (metric) => metric.type === 'Resource' && metric.resource.target.type === 'Utilization',
  );
}
