import { describe, it } from 'vitest';
import { erlangB } from './formulas/erlang.ts';
import { coldFraction, expectTheory, failedShare, replicate } from './replications.ts';

/** A Lambda function with reserved concurrency turns away what finds all of it busy: M/G/c/c. */
function platform(idleSeconds: number, reserved: number): string {
  const start = 'coldStart: { setup: 0s, init: 0s }';
  const keepAlive = `keepAlive: { idle: ${idleSeconds}s, maxAge: none }`;
  const limits = `accountConcurrency: none, reservedConcurrentExecutions: ${reserved}`;
  return `{ type: lambda, ${limits}, ${start}, ${keepAlive} }`;
}

function waiting(law: string): string {
  return `{ cpu: 0s, wait: ${law} }`;
}

const LAWS = {
  exponential: (mean: number) => `{ distribution: exponential, mean: ${mean}s }`,
  lognormal: (mean: number) => `{ distribution: lognormal, mean: ${mean}s, cv: 2 }`,
  constant: (mean: number) => `${mean}s`,
};

describe('reserved concurrency without a queue', () => {
  it.each(
    [
      [1, 1],
      [2, 3],
      [5, 10],
      [10, 10],
    ].flatMap(([offered, servers]) =>
      Object.entries(LAWS).map(([name, law]) => [offered!, servers!, name, law] as const),
    ),
  )('%d Erlang, %d reserved, %s work: throttled as Erlang B says', (offered, servers, _, law) => {
    const results = replicate({
      rate: offered,
      warmupSeconds: 120,
      measuredSeconds: 120_000 / offered,
      replications: 20,
      workload: waiting(law(1)),
      platform: platform(300, servers),
    });
    const loss = erlangB(offered, servers);
    expectTheory(results, failedShare, loss, 0.05);
    expectTheory(results, (it) => it.capacity.busyMean, offered * (1 - loss), 0.02);
  });

  it.each(Object.entries(LAWS))('of one, %s work: what is accepted is cold with e^(−λT)', (_, law) => {
    const rate = 0.02;
    const idleSeconds = 60;
    const meanService = 20;
    const results = replicate({
      rate,
      warmupSeconds: 6_000,
      measuredSeconds: 900_000,
      workload: waiting(law(meanService)),
      platform: platform(idleSeconds, 1),
    });
    expectTheory(results, coldFraction, Math.exp(-rate * idleSeconds), 0.03);
    expectTheory(results, failedShare, erlangB(rate * meanService, 1), 0.03);
  });
});
