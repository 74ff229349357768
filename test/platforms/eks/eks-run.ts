import { simulate } from '../../../sim/index.ts';
import type { PlatformResult } from '../../../sim/result/result.ts';
import { expectSound } from '../../theory/expect-sound.ts';

/** One EKS platform under one stream of requests. */
export interface EksCase {
  readonly rate?: string;
  readonly stages?: readonly object[];
  readonly arrivals?: string;
  readonly duration?: string;
  readonly workload?: object;
  readonly region?: string;
  readonly seed?: number;
  readonly platform: object;
}

export const smallPod = {
  resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '500m' } },
};
export const group = (instanceType: string, more: object = {}) => ({
  nodes: { type: 'managedNodeGroup', instanceType, ...more },
});

/** @throws ScenarioError when the platform is refused */
export function runEks(given: EksCase): PlatformResult {
  const {
    rate = '1/s',
    stages,
    arrivals = 'uniform',
    duration = '1h',
    region = 'us-east-1',
    seed = 1,
  } = given;
  const load =
    stages === undefined
      ? { executor: 'constant-arrival-rate', arrivals, rate }
      : { executor: 'ramping-arrival-rate', arrivals, startRate: rate, stages };
  const result = simulate({
    version: 1,
    region,
    seed,
    duration,
    workload: given.workload ?? { cpu: '0s', wait: '10ms' },
    traffic: { load },
    platforms: { it: { type: 'eks', ...given.platform } },
  });
  expectSound(result);
  return result.platforms.it!;
}

/** Dollars of a line; 0 where the bill has none. */
export function usd(platform: PlatformResult, id: string): number {
  return platform.cost.lines.find((line) => line.id === id)?.usd ?? 0;
}
