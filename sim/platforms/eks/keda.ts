import type { KedaPlan } from '../../fleet/kubernetes/keda/keda.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { queueOf } from '../shared/common-options.ts';
import { planBehavior } from './hpa.ts';
import type { KedaOptions } from './keda-options.ts';
import type { EksOptions } from './options.ts';

/** KEDA counts its times in whole seconds (ScaledObject, pollingInterval and cooldownPeriod, 2025). */
const MIN = { pollingInterval: '1s', cooldownPeriod: '0s' } as const;

/** KEDA in numbers; null without it. */
export function planKeda({ keda }: EksOptions, mostPlaced: number): KedaPlan | null {
  if (keda === undefined) return null;
  const { minReplicaCount, maxReplicaCount, triggers, advanced } = keda;
  const { queueLength, activationQueueLength, scaleOnInFlight } = triggers[0]!.metadata;
  return {
    minReplicaCount,
    pollingMicros: durationMicros(keda.pollingInterval),
    cooldownMicros: durationMicros(keda.cooldownPeriod),
    activationQueueLength,
    scaleOnInFlight,
    hpa: {
      minReplicas: Math.max(1, minReplicaCount),
      maxReplicas: maxReplicaCount,
      metrics: [{ source: 'messages', target: 'AverageValue', value: queueLength }],
      ...planBehavior(advanced.horizontalPodAutoscalerConfig.behavior),
      mostPlaced,
      requestMilli: 0,
    },
  };
}

/** What KEDA refuses, and what it could not do. */
export function* kedaProblems(options: EksOptions, { path }: PlatformContext): Iterable<Problem> {
  const { keda, hpa, frontDoor } = options;
  if (keda === undefined) return;
  const place = [...path, 'keda'];
  if (hpa !== undefined) {
    const message = 'KEDA makes an HPA of its own, and two would fight over the pods';
    const help = 'remove `hpa`; how fast it scales is `keda.advanced.horizontalPodAutoscalerConfig.behavior`';
    yield problem('conflicting-keys', [...path, 'hpa'], message, { help, at: 'key' });
  }
  if (queueOf(frontDoor) === null) {
    const message = 'KEDA scales on the length of a queue, and there is none before the pods';
    yield problem('needs-queue', place, message, { help: 'add `frontDoor: sqs`', at: 'key' });
  }
  if (keda.minReplicaCount > keda.maxReplicaCount) {
    const { minReplicaCount: least, maxReplicaCount: most } = keda;
    const message = `minReplicaCount ${least} is above maxReplicaCount ${most}`;
    const help = 'KEDA: MinReplicaCount must not be above MaxReplicaCount';
    yield problem('out-of-range', [...place, 'minReplicaCount'], message, { help });
  }
  yield* timeProblems(keda, place);
}

function* timeProblems(keda: KedaOptions, place: Path): Iterable<Problem> {
  for (const key of ['pollingInterval', 'cooldownPeriod'] as const) {
    const micros = durationMicros(keda[key]);
    if (micros % MICROS_PER_SECOND === 0 && micros >= durationMicros(MIN[key])) continue;
    const message = `${key} ${keda[key]} is not a whole number of seconds from ${MIN[key]}`;
    const help = 'KEDA takes whole seconds: write it as `30s`';
    yield problem('out-of-range', [...place, key], message, { help });
  }
}
