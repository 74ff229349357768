import { readFileSync } from 'node:fs';
import {
  type PlatformResult,
  prepare,
  type Result,
  type SimulateOptions,
  simulate,
} from '../../sim/index.ts';
import { MICROS_PER_SECOND } from '../../sim/kernel/time.ts';
import { expectSound } from '../theory/expect-sound.ts';

/** Simulates a scenario as if its file lay in `folder`; what comes back is sound. */
export function replay(text: string, folder: URL, overrides: SimulateOptions['overrides'] = {}): Result {
  const readFile = (path: string) => readFileSync(new URL(path, folder), 'utf8');
  const windowSeconds = prepare(text, { readFile, overrides }).program.base.windowMicros / MICROS_PER_SECOND;
  const result = simulate(text, { readFile, overrides });
  expectSound(result, { windowSeconds });
  return result;
}

/** Lambda and servers under one stream of replayed requests. */
export function replayScenario(stream: string, workload = ''): string {
  return `
version: 1
replications: 1
${workload}
traffic:
  trace: { executor: replay, ${stream} }
platforms:
  lambda: { type: lambda, accountConcurrency: none }
  servers: { type: ec2, instanceType: m7g.large, minSize: 4, frontDoor: alb }
`;
}

/** Requests of each minute, as the time series tells them. */
export function arrivalsByMinute({ timeseries }: PlatformResult): readonly number[] {
  if (timeseries.stepSeconds !== 60) throw new Error(`bins of ${timeseries.stepSeconds} s`);
  return timeseries.columns.arrivals;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
