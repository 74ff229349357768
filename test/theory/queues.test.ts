import { describe, it } from 'vitest';
import { birthDeathQueue } from './formulas/birth-death.ts';
import { meanWait, sojournQuantile } from './formulas/erlang.ts';
import { expectTheory, failedShare, meanSojourn, replicate, waitingIn } from './replications.ts';

/** One instance whose vCPUs are as many as the requests it serves at once: work never shares a vCPU. */
const TYPE_BY_VCPUS: Readonly<Record<number, string>> = {
  1: 'c7g.medium',
  2: 'c7g.large',
  4: 'c7g.xlarge',
  8: 'c7g.2xlarge',
};

interface Servers {
  readonly serviceRate: number;
  readonly servers: number;
  /** More keys of the platform, and of the workload. */
  readonly platform?: string;
  readonly workload?: string;
}

/**
 * `servers` exponential servers in one instance. Where a type has as many vCPUs the service is CPU work;
 * else it is waiting for others, of which an instance does any number at once: the queue is the same.
 */
function exponentialServers({ serviceRate, servers, platform = '', workload = '' }: Servers) {
  const law = `{ distribution: exponential, mean: ${1 / serviceRate}s }`;
  const type = TYPE_BY_VCPUS[servers];
  return {
    workload: `{ ${type === undefined ? `cpu: 0s, wait: ${law}` : `cpu: ${law}`}${workload} }`,
    platform: `{ type: ec2, instanceType: ${type ?? 'c7g.medium'}, concurrency: ${servers}${platform} }`,
    ...(type === undefined ? {} : { vcpus: servers }),
  };
}

describe('M/M/c: an instance that serves c requests at once', () => {
  it.each([
    // λ, μ, c, measured seconds, warm-up, precision of the mean wait, p95 and p99
    [0.5, 1, 1, 100_000, 600, 0.06, 0.04],
    [0.8, 1, 1, 200_000, 3_000, 0.1, 0.1],
    [0.9, 1, 1, 300_000, 12_000, 0.2, 0.2],
    [1.6, 1, 2, 120_000, 3_000, 0.08, 0.06],
    [3.2, 1, 4, 50_000, 3_000, 0.08, 0.06],
    [6.4, 1, 8, 25_000, 3_000, 0.1, 0.06],
    [8, 1, 10, 20_000, 3_000, 0.1, 0.06],
    [9, 1, 10, 30_000, 6_000, 0.2, 0.15],
    [450, 5, 100, 600, 120, 0.15, 0.03],
  ])(
    'λ %d/s, μ %d/s, c %d',
    (arrivalRate, serviceRate, servers, measuredSeconds, warmupSeconds, wait, tail) => {
      const queue = { arrivalRate, serviceRate, servers };
      const results = replicate({
        ...exponentialServers(queue),
        rate: arrivalRate,
        measuredSeconds,
        warmupSeconds,
        replications: servers === 100 ? 20 : 10,
      });
      const service = 1 / serviceRate;
      expectTheory(results, (it) => meanSojourn(it) - service, meanWait(queue), wait);
      expectTheory(results, (it) => it.latencyMs.p95! / 1000, sojournQuantile(queue, 0.95), tail);
      expectTheory(results, (it) => it.latencyMs.p99! / 1000, sojournQuantile(queue, 0.99), tail);
    },
  );
});

describe('M/M/c/K: a backlog of K − c', () => {
  it.each([
    [3, 4, 2, 3, 30_000, 0.05],
    [0.9, 1, 1, 10, 120_000, 0.08],
    [1.2, 1, 1, 10, 60_000, 0.04],
    [8, 1, 10, 10, 20_000, 0.04],
    [8, 1, 10, 20, 20_000, 0.15],
    [12, 1, 10, 20, 12_000, 0.04],
    [100, 1, 100, 150, 3_000, 0.2],
    [5, 8, 1, 5, 25_000, 0.06],
  ])('λ %d/s, μ %d/s, c %d, K %d', (arrivalRate, serviceRate, servers, room, measuredSeconds, precision) => {
    const trial = {
      ...exponentialServers({ serviceRate, servers, platform: `, backlog: ${room - servers}` }),
      rate: arrivalRate,
      measuredSeconds,
      warmupSeconds: 600,
    };
    const results = replicate(trial);
    const theory = birthDeathQueue({ arrivalRate, serviceRate, servers, room });
    expectTheory(results, failedShare, theory.rejected, precision);
    expectTheory(results, meanSojourn, theory.sojourn, 0.08);
    if (room > servers) expectTheory(results, waitingIn(trial), theory.waiting, 0.2);
  });
});

describe('Erlang-A: clients that wait only so long', () => {
  it.each([
    [10, 1, 10, 1, 10_000],
    [12, 1, 10, 1, 10_000],
    [12, 1, 10, 0.5, 10_000],
    [110, 1, 100, 1, 2_000],
    [9, 1, 10, 2, 10_000],
  ])('λ %d/s, μ %d/s, c %d, θ %d/s', (arrivalRate, serviceRate, servers, patienceRate, measuredSeconds) => {
    const patience = `{ distribution: exponential, mean: ${1 / patienceRate}s }`;
    const trial = {
      ...exponentialServers({ serviceRate, servers, workload: `, queueTimeout: ${patience}` }),
      rate: arrivalRate,
      measuredSeconds,
      warmupSeconds: 120,
    };
    const results = replicate(trial);
    const queue = { arrivalRate, serviceRate, servers, patienceRate, room: servers + 1_000 };
    const theory = birthDeathQueue(queue);
    expectTheory(results, failedShare, theory.abandoned, 0.06);
    expectTheory(results, waitingIn(trial), theory.waiting, 0.08);
  });
});
