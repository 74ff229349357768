import { failureKinds } from '../observe/failure-kind.ts';
import type { Observation } from '../observe/observation.ts';
import type { Threshold } from '../scenario/threshold.ts';
import type { PlatformRun } from './platform-run.ts';

/** The same share as of unfinished requests that tell an overload. */
const SHARE_MAX = 0.01;

/** A platform that fails more of its requests than anyone has said it may. */
export interface Failing {
  readonly run: PlatformRun;
  /** Of its requests, those that it failed. */
  readonly share: number;
  /** What most of them failed by. */
  readonly kind: string;
}

/**
 * Platforms that fail more than 1 % of what arrived, where no threshold on `failed` says whether that will
 * do. What fails in the requests' own code is no fault of a platform, and not counted.
 */
export function failingRuns(runs: readonly PlatformRun[], thresholds: readonly Threshold[]): Failing[] {
  return runs.flatMap((run) => {
    const isHeld = thresholds.some(
      ({ metric, platform }) => metric === 'failed' && (platform === undefined || platform === run.name),
    );
    const failing = isHeld ? null : failuresOf(run.total!);
    return failing === null || failing.share <= SHARE_MAX ? [] : [{ run, ...failing }];
  });
}

function failuresOf({ requests }: Observation): { share: number; kind: string } | null {
  if (requests.arrived === 0) return null;
  const counts = failureKinds
    .filter((kind) => kind !== 'error')
    .map((kind) => ({ kind, count: requests.failures[kind] }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const worst = counts.reduce((most, each) => (each.count > most.count ? each : most));
  return { share: total / requests.arrived, kind: worst.kind };
}

/** `83 %`, `1.2 %`; what is not all is never said to be. */
export function percentOf(share: number): string {
  const percent = share * 100;
  if (share < 1 && percent >= 99.5) return 'more than 99 %';
  return `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}
