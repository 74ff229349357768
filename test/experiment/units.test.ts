import { expect, it } from 'vitest';
import { Experiment } from '../../sim/experiment/experiment.ts';
import { prepare } from '../../sim/index.ts';

it('runs a replication on every platform before the next: a run cut short compares the same requests', () => {
  const text = `
version: 1
replications: 2
workload: { cpu: 1ms }
traffic: { one: { executor: constant-arrival-rate, rate: 1/s, duration: 1m } }
platforms: { lambda: { type: lambda }, server: { type: ec2, instanceType: c7g.large } }
`;
  const { units } = new Experiment(prepare(text));
  expect(units.map(({ platform, replication }) => [replication, platform])).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
});
