import type { ReadFile } from '../distributions/distribution.ts';
import type { Path } from '../problems/problem.ts';
import { durationMicros } from '../units/duration.ts';
import { sizeBytes } from '../units/size.ts';
import type { WorkloadPlan } from '../workload/workload.ts';
import type { Gather } from './gather.ts';
import { planRetries } from './retries-schema.ts';
import type { WorkloadSpec } from './scenario.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Turns a kind of request into numbers.
 * @returns null when one of its distributions could not be opened; `gather` then holds why
 */
export function planWorkload(
  name: string,
  spec: WorkloadSpec,
  path: Path,
  means: { readonly words: Vocabulary; readonly readFile: ReadFile; readonly gather: Gather },
): WorkloadPlan | null {
  const { words, readFile, gather } = means;
  const open = (key: 'cpu' | 'wait' | 'queueTimeout') =>
    gather.attempt(() => words.openDistribution(spec[key], [...path, key], readFile));
  const cpu = open('cpu');
  const wait = open('wait');
  const patience = spec.queueTimeout === 'none' ? null : open('queueTimeout');
  if (cpu === null || wait === null) return null;
  return {
    name,
    cpu,
    wait,
    patience,
    memoryBytes: spec.memory === undefined ? 0 : sizeBytes(spec.memory),
    threads: spec.threads,
    payloadInBytes: sizeBytes(spec.payload.in),
    payloadOutBytes: sizeBytes(spec.payload.out),
    timeoutMicros: spec.timeout === 'none' ? Number.POSITIVE_INFINITY : durationMicros(spec.timeout),
    errorRate: spec.errorRate,
    retries: planRetries(spec.retries),
  };
}
