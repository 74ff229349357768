import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';

/** Code and message of what is told of a scenario of an hour that begins on 5 January 2026. */
function told(platform: object, more: object = {}, streams: object = {}): string[] {
  const { warnings } = simulate({
    version: 1,
    duration: '1h',
    workload: { cpu: '1ms' },
    traffic: { web: { executor: 'constant-arrival-rate', rate: '1/min' }, ...streams },
    platforms: { it: platform },
    ...more,
  });
  return warnings.map(({ code, message }) => `${code}: ${message}`);
}

const EC2 = { type: 'ec2', instanceType: 'c7g.large', minSize: 1, maxSize: 2 };
const ECS = {
  type: 'ecs',
  launchType: 'FARGATE',
  cpu: 256,
  memory: 512,
  imageSize: '100MB',
  desiredCount: 1,
};

describe('what a scenario says and nothing comes of is told', () => {
  it('a stream that begins when the window is over', () => {
    const late = { executor: 'constant-arrival-rate', rate: '1/s', startTime: '1h' };
    expect(told(EC2, {}, { late })).toEqual([
      'never-happens: the stream `late` with its `startTime` of `1h` never comes: the window ends after 1h',
    ]);
    expect(told(EC2, {}, { late: { ...late, startTime: '59m' } })).toEqual([]);
  });

  it('a fault after the end', () => {
    const fault = { kind: 'az-loss', zone: 'b', at: '2h' };
    expect(told(EC2, { faults: [fault, { ...fault, at: '59m' }] })).toEqual([
      'never-happens: the loss of zone b at `2h` never comes: the window ends after 1h',
    ]);
  });

  it('deployments before the beginning and after the end', () => {
    const at = (text: string) => ({ at: `2026-01-05T${text}:00Z` });
    const startAt = '2026-01-05T08:00:00Z';
    const ends = 'never comes: the window ends after 1h';
    const deployments = [at('08:30'), at('09:00'), at('07:59')];
    expect(told({ ...ECS, deployments }, { startAt })).toEqual([
      `never-happens: the deployment of \`2026-01-05T09:00:00Z\` ${ends}`,
      'never-happens: the deployment of `2026-01-05T07:59:00Z` never comes: it lies before `startAt`',
    ]);
  });

  it('deployments told by how long after the beginning', () => {
    const deployments = [{ at: '30m' }, { at: '2h' }];
    expect(told({ ...ECS, deployments }, { startAt: '2026-01-05T08:00:00Z' })).toEqual([
      'never-happens: the deployment of `2h` never comes: the window ends after 1h',
    ]);
  });

  it('Capacity Rebalancing of a group without Spot Instances: AWS accepts it', () => {
    expect(told({ ...EC2, capacityRebalance: true })).toEqual([
      'no-effect: `capacityRebalance` does nothing: no instance of the group is Spot',
    ]);
    expect(told({ ...EC2, capacityRebalance: true, purchase: 'spot' })).toEqual([]);
    const mixed = { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 50 };
    expect(told({ ...EC2, capacityRebalance: true, purchase: mixed })).toEqual([]);
    expect(
      told({
        ...EC2,
        capacityRebalance: true,
        purchase: { ...mixed, onDemandPercentageAboveBaseCapacity: 100 },
      }),
    ).toHaveLength(1);
  });
});
