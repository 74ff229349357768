import { describe, it } from 'vitest';
import {
  erlangArrivalsSojourn,
  pollaczekKhinchineWait,
  processorSharingSojourn,
} from './formulas/single-server.ts';
import { expectTheory, meanSojourn, replicate } from './replications.ts';

/** Laws of mean 1 s, and their squared coefficients of variation. */
const LAWS: readonly (readonly [name: string, law: string, cv2: number])[] = [
  ['constant', '1s', 0],
  ['Erlang-4', '{ distribution: gamma, mean: 1s, cv: 0.5 }', 0.25],
  ['exponential', '{ distribution: exponential, mean: 1s }', 1],
  ['hyperexponential', '{ distribution: hyperexponential, mean: 1s, cv: 2 }', 4],
  ['lognormal', '{ distribution: lognormal, mean: 1s, cv: 2 }', 4],
];

describe('M/G/1, first come first served: one vCPU, one request at a time', () => {
  it.each([
    ...LAWS.map((law) => [0.5, ...law] as const),
    ...LAWS.slice(0, 4).map((law) => [0.8, ...law] as const),
  ])('load %d, %s work: mean wait of Pollaczek and Khinchine', (load, _, law, cv2) => {
    const results = replicate({
      rate: load,
      measuredSeconds: 120_000,
      warmupSeconds: 6_000,
      workload: `{ cpu: ${law} }`,
      platform: '{ type: ec2, instanceType: c7g.medium, concurrency: 1 }',
      vcpus: 1,
    });
    expectTheory(results, (it) => meanSojourn(it) - 1, pollaczekKhinchineWait(load, 1, cv2), 0.25);
    expectTheory(results, (it) => it.capacity.utilization!, load, 0.03);
  });
});

describe('M/G/1 processor sharing: one vCPU, any number of requests', () => {
  it.each([0.5, 0.8].flatMap((load) => LAWS.map((law) => [load, ...law] as const)))(
    'load %d, %s work: mean sojourn E[S] / (1 − ρ), whatever the law',
    (load, _, law) => {
      const results = replicate({
        rate: load,
        measuredSeconds: 120_000,
        warmupSeconds: 6_000,
        workload: `{ cpu: ${law} }`,
        platform: '{ type: ec2, instanceType: c7g.medium }',
      });
      expectTheory(results, meanSojourn, processorSharingSojourn(load, 1), 0.12);
      expectTheory(results, (it) => it.capacity.utilization!, load, 0.03);
    },
  );

  it('two vCPUs shared by any number of one-thread requests are M/M/2', () => {
    const results = replicate({
      rate: 1.6,
      measuredSeconds: 120_000,
      warmupSeconds: 3_000,
      workload: '{ cpu: { distribution: exponential, mean: 1s } }',
      platform: '{ type: ec2, instanceType: c7g.large }',
    });
    // The number in system moves as in M/M/2: its mean, and so the mean sojourn, is that of first come
    // first served.
    expectTheory(results, meanSojourn, 1 / (1 - 0.8 ** 2), 0.06);
  });

  it('requests of two threads on two vCPUs are served as by one vCPU of twice the speed', () => {
    const results = replicate({
      rate: 1.6,
      measuredSeconds: 120_000,
      warmupSeconds: 3_000,
      workload: '{ threads: 2, cpu: { distribution: lognormal, mean: 1s, cv: 2 } }',
      platform: '{ type: ec2, instanceType: c7g.large }',
    });
    expectTheory(results, meanSojourn, processorSharingSojourn(1.6, 0.5), 0.1);
  });
});

describe('several servers, each with its own line', () => {
  const THREE = 'type: ec2, instanceType: c7g.medium, minSize: 3, concurrency: 1';
  const three = (loadBalancing: string) => ({
    rate: 2.4,
    measuredSeconds: 120_000,
    warmupSeconds: 6_000,
    workload: '{ cpu: { distribution: exponential, mean: 1s } }',
    platform: `{ ${THREE}, frontDoor: { type: alb, loadBalancing: ${loadBalancing} } }`,
    vcpus: 1,
  });

  it('at random: each gets Poisson arrivals and is M/M/1', () => {
    expectTheory(replicate(three('weighted_random')), meanSojourn, 1 / (1 - 0.8), 0.08);
  });

  it('in turn: each gets every third of them and is E_3/M/1', () => {
    expectTheory(replicate(three('round_robin')), meanSojourn, erlangArrivalsSojourn(0.8, 1, 3), 0.08);
  });
});
