import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { warmPool } from './formulas/warm-pool.ts';
import { coldFraction, expectTheory, meanSojourn, replicate, scenarioOf } from './replications.ts';

/**
 * One Lambda function that starts at no cost in time, whose environments expire after exactly
 * `idleSeconds`, held against the exact steady state of the pool.
 */
function platform(idleSeconds: number): string {
  const keepAlive = `keepAlive: { idle: ${idleSeconds}s, maxAge: none }`;
  return `{ type: lambda, accountConcurrency: none, coldStart: { setup: 0s, init: 0s }, ${keepAlive} }`;
}

function waiting(law: string): string {
  return `{ cpu: 0s, wait: ${law} }`;
}

describe('warm pool in steady state', () => {
  it.each([
    // λ, E[S], T, requests a replication, precision of p_cold and of the lifetime
    [0.9, 1.991, 600, 300_000, 0.07],
    [10, 2.016, 10, 100_000, 0.04],
    [10, 2.016, 600, 600_000, 0.12],
    [0.01, 0.2, 300, 40_000, 0.04],
    [1, 0.2, 300, 300_000, 0.07],
    [0.1, 0.2, 300, 100_000, 0.04],
    [5, 0.1, 600, 600_000, 0.2],
  ])('λ %d/s, E[S] %d s, T %d s', (rate, meanService, idleSeconds, requests, precision) => {
    const theory = warmPool({ arrivalRate: rate, meanService, idleSeconds });
    const results = replicate({
      rate,
      // From empty, N is stationary after 40 services, and its maximum over T after another T.
      warmupSeconds: idleSeconds + 40 * meanService,
      measuredSeconds: requests / rate,
      workload: waiting(`{ distribution: exponential, mean: ${meanService}s }`),
      platform: platform(idleSeconds),
    });
    expectTheory(results, coldFraction, theory.coldFraction, precision);
    expectTheory(results, (it) => it.capacity.mean, theory.pool, 0.02);
    expectTheory(results, (it) => it.capacity.busyMean, theory.busy, 0.03);
    expectTheory(results, (it) => it.capacity.idleMean, theory.pool - theory.busy, 0.03);
    expectTheory(results, (it) => it.capacity.meanLifetimeSeconds!, theory.lifetimeSeconds, precision);
  });
});

describe('special cases', () => {
  it('requests that never overlap are cold with e^(−λT)', () => {
    const results = replicate({
      rate: 1 / 300,
      warmupSeconds: 0,
      measuredSeconds: 3_000_000,
      workload: waiting('1us'),
      platform: platform(600),
    });
    expectTheory(results, coldFraction, Math.exp(-2), 0.03);
  });

  it.each([
    [599, 1],
    [601, 0],
  ])(
    'requests every 600 s with an idle time of %d s: cold share %d after the first',
    (idleSeconds, share) => {
      const trial = {
        rate: 1 / 600,
        warmupSeconds: 600,
        measuredSeconds: 59_400,
        arrivals: 'uniform',
        workload: waiting('1us'),
        platform: platform(idleSeconds),
      };
      const { coldStarts, requests } = simulate(scenarioOf(trial)).platforms.it!;
      expect(requests.arrived).toBe(100);
      expect(coldStarts.fraction).toBe(share);
    },
  );

  it('M/M/∞: without limits nobody waits, and N has the mean λE[S]', () => {
    const results = replicate({
      rate: 50,
      warmupSeconds: 120,
      measuredSeconds: 6_000,
      workload: waiting('{ distribution: exponential, mean: 2s }'),
      platform: platform(300),
    });
    expectTheory(results, meanSojourn, 2, 0.01);
    expectTheory(results, (it) => it.capacity.busyMean, 100, 0.01);
    expectTheory(results, (it) => it.latencyMs.p99! / 1000, 2 * Math.log(100), 0.02);
  });
});
