import { describe, it } from 'vitest';
import { erlangB, meanWait, sojournQuantile } from './formulas/erlang.ts';
import { expectTheory, failedShare, meanSojourn, replicate } from './replications.ts';

/** A service of tasks, work with an exponential law of one second. */
const service = (options: string) => ({
  workload: '{ cpu: { distribution: exponential, mean: 1s } }',
  platform: `{ type: ecs, ${options} }`,
});

describe('M/M/c: a task of c vCPUs that serves c requests at once', () => {
  it.each([
    [0.8, 1, 'cpu: 1024, memory: 2048', 100_000, 0.14],
    [3.2, 4, 'cpu: 4096, memory: 8192', 40_000, 0.1],
    [12.8, 16, 'cpu: 16384, memory: 32768', 12_000, 0.15],
  ])('λ %d/s, c %d', (arrivalRate, servers, size, measuredSeconds, precision) => {
    const queue = { arrivalRate, serviceRate: 1, servers };
    const results = replicate({
      ...service(`${size}, concurrency: ${servers}`),
      rate: arrivalRate,
      measuredSeconds,
      warmupSeconds: 3_000,
      vcpus: servers,
    });
    expectTheory(results, (it) => meanSojourn(it) - 1, meanWait(queue), precision);
    expectTheory(results, (it) => it.latencyMs.p95! / 1000, sojournQuantile(queue, 0.95), precision);
  });
});

describe('a service of c tasks of one vCPU', () => {
  it('requests spread at random: each task is an M/M/1', () => {
    const door = 'frontDoor: { type: alb, loadBalancing: weighted_random }';
    const results = replicate({
      ...service(`cpu: 1024, memory: 2048, desiredCount: 5, concurrency: 1, ${door}`),
      rate: 3.5,
      measuredSeconds: 60_000,
      warmupSeconds: 600,
    });
    expectTheory(results, meanSojourn, 1 / (1 - 0.7), 0.06);
  });

  it.each([
    [2, 3],
    [5, 10],
  ])('no room to wait, sent to an idle one: Erlang B(%d, %d)', (load, servers) => {
    const door = 'frontDoor: { type: alb, loadBalancing: least_outstanding_requests }';
    const tasks = `cpu: 1024, memory: 2048, desiredCount: ${servers}, concurrency: 1, backlog: 0`;
    const results = replicate({
      ...service(`${tasks}, ${door}`),
      rate: load,
      measuredSeconds: 40_000,
      warmupSeconds: 600,
    });
    expectTheory(results, failedShare, erlangB(load, servers), 0.08);
  });

  it('two tasks that share a host of one vCPU: an M/M/1, whoever serves', () => {
    const provider = 'capacityProvider: { instanceType: c7g.medium, enableTaskCpuMemLimit: false }';
    const trial = {
      ...service(`launchType: EC2, cpu: 512, memory: 512, desiredCount: 2, ${provider}`),
      rate: 0.6,
      measuredSeconds: 100_000,
      warmupSeconds: 3_000,
    };
    expectTheory(replicate(trial), meanSojourn, 1 / (1 - 0.6), 0.05);
  });

  it.each([
    ['half a vCPU', 'cpu: 512, memory: 1024', 0.5, 0.4],
    ['a quarter', 'cpu: 256, memory: 512', 0.25, 0.15],
  ])('M/M/1 by processor sharing on %s', (_name, size, share, rate) => {
    const trial = { ...service(size), rate, measuredSeconds: 200_000, warmupSeconds: 6_000 };
    expectTheory(replicate(trial), meanSojourn, 1 / (share - rate), 0.15);
  });
});
