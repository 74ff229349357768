import { describe, it } from 'vitest';
import { coldFraction, expectTheory, meanSojourn, replicate, type Trial } from './replications.ts';

/**
 * One container behind a queue, first in first out, kept for a while after it has become idle: M/G/1 whose
 * first service after a longer idle time is exceptional (Welch, "On a generalized M/G/1 queuing process in
 * which the first customer of each busy period receives exceptional service", Operations Research 12, 1964).
 *
 * @param keepAlive how long an idle container is kept, seconds
 * @param setup what starting it anew takes, seconds
 */
function oneContainer(arrivalRate: number, service: number, keepAlive: number, setup: number) {
  const load = arrivalRate * service;
  const expires = Math.exp(-arrivalRate * keepAlive);
  const stretch = 1 + arrivalRate * expires * setup;
  const coldFraction = (expires * (1 - load)) / stretch;
  const queueing = (arrivalRate * 2 * service * service) / (2 * (1 - load));
  const starting = (2 * expires * setup + arrivalRate * expires * setup * setup) / (2 * stretch);
  return { coldFraction, wait: queueing + starting };
}

describe('a function with a reserved concurrency of 1 behind a queue', () => {
  it.each([
    [0.02, 1, 60, 5, 400_000],
    [0.005, 2, 300, 10, 2_000_000],
    [0.5, 1, 3, 4, 60_000],
  ])('λ = %d/s, E[S] = %d s, kept for %d s, set up in %d s', (rate, service, keepAlive, setup, seconds) => {
    const trial: Trial = {
      rate,
      measuredSeconds: seconds,
      warmupSeconds: 3600,
      workload: `{ cpu: 0s, wait: { distribution: exponential, mean: ${service}s } }`,
      platform:
        '{ type: lambda, invocation: sqs, eventSource: { batchSize: 1 }, reservedConcurrentExecutions: 1, ' +
        `coldStart: { setup: ${setup}s, init: 0s }, keepAlive: { idle: ${keepAlive}s, maxAge: none } }`,
    };
    const results = replicate(trial);
    const { coldFraction: cold, wait } = oneContainer(rate, service, keepAlive, setup);
    expectTheory(results, coldFraction, cold, 0.05);
    expectTheory(results, meanSojourn, wait + service, 0.05);
  });
});
