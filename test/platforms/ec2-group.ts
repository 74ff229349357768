import { type PlatformResult, type Result, simulate } from '../../sim/index.ts';
import { ScenarioError } from '../../sim/problems/problem.ts';

/** Load by the minute: so many vCPUs busy for so long. */
export interface Stage {
  readonly minutes: number;
  readonly vcpus: number;
}

const REQUESTS_PER_VCPU_SECOND = 10;

/** Evenly spaced requests of 100 ms on instances of one vCPU: the metric is load divided by instances. */
export function groupScenario(stages: readonly Stage[], group: object, more: object = {}): object {
  const rate = (vcpus: number) => `${vcpus * REQUESTS_PER_VCPU_SECOND}/s`;
  return {
    version: 1,
    duration: `${stages.reduce((sum, { minutes }) => sum + minutes, 0)}m`,
    workload: { cpu: '100ms' },
    traffic: {
      load: {
        executor: 'ramping-arrival-rate',
        arrivals: 'uniform',
        startRate: rate(stages[0]!.vcpus),
        stages: stages.flatMap(({ minutes, vcpus }) => [
          { duration: '0s', target: rate(vcpus) },
          { duration: `${minutes}m`, target: rate(vcpus) },
        ]),
      },
    },
    platforms: { group: { type: 'ec2', instanceType: 'c7g.medium', ...group } },
    ...more,
  };
}

export function runGroup(stages: readonly Stage[], group: object, more: object = {}): PlatformResult {
  return simulate(groupScenario(stages, group, more)).platforms.group!;
}

/** Instances in service at the end of each minute, told by a group that starts them at once. */
export function capacityByMinute({ timeseries }: PlatformResult): number[] {
  return timeseries.columns.capacity;
}

/** Instances start at once and are never warming up: what the policies want is what is there. */
export const AT_ONCE = {
  pending: '0s',
  boot: '0s',
  applicationStart: '0s',
  defaultInstanceWarmup: '0s',
  deregistrationDelay: '0s',
};

/** Code and place of each problem of a scenario, by place. */
export function refusals(scenario: object): [code: string, path: string][] {
  try {
    const result: Result = simulate(scenario);
    throw new Error(`ran: ${Object.keys(result.platforms)}`);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const places = error.problems.map(({ code, path }): [string, string] => [code, path.join('.')]);
    return places.sort(([, a], [, b]) => (a < b ? -1 : 1));
  }
}
