import { describe, it } from 'vitest';
import { meanWait, sojournQuantile } from './formulas/erlang.ts';
import { pollaczekKhinchineWait } from './formulas/single-server.ts';
import { expectTheory, meanSojourn, replicate, waitingIn } from './replications.ts';

/** Workers of one vCPU that read one queue, one message at a time each. */
const TASKS = (servers: number) =>
  `{ type: ecs, cpu: 1024, memory: 2048, desiredCount: ${servers}, concurrency: 1, frontDoor: ` +
  '{ type: sqs, visibilityTimeout: 12h } }';
const INSTANCES = (servers: number) =>
  `{ type: ec2, instanceType: c7g.medium, minSize: ${servers}, concurrency: 1, frontDoor: ` +
  '{ type: sqs, visibilityTimeout: 12h } }';
const exponential = '{ cpu: { distribution: exponential, mean: 1s } }';

describe('c workers of one vCPU that read one queue are an M/M/c', () => {
  it.each([
    ['ecs', 1, 0.8, 80_000, 0.12],
    ['ecs', 2, 1.6, 60_000, 0.12],
    ['ec2', 2, 1.4, 60_000, 0.12],
    ['ecs', 8, 6.8, 20_000, 0.12],
    ['ecs', 50, 46, 4_000, 0.25],
  ])('%s, c = %i, λ = %d/s', (type, servers, rate, measuredSeconds, precision) => {
    const model = { arrivalRate: rate, serviceRate: 1, servers };
    const trial = {
      workload: exponential,
      platform: (type === 'ecs' ? TASKS : INSTANCES)(servers),
      rate,
      measuredSeconds,
      warmupSeconds: 3_000,
      vcpus: 1,
    };
    const results = replicate(trial);
    const wait = meanWait(model);
    expectTheory(results, (it) => meanSojourn(it) - 1, wait, precision);
    // Little's law: those that wait are λ times the wait.
    expectTheory(results, waitingIn(trial), rate * wait, precision);
    for (const q of [0.5, 0.95, 0.99]) {
      const figure = q === 0.5 ? 'p50' : q === 0.95 ? 'p95' : 'p99';
      expectTheory(results, (it) => it.latencyMs[figure]! / 1000, sojournQuantile(model, q), precision);
    }
  });
});

describe('the wait itself, without the work', () => {
  // The share that waits (Erlang C) and the law of the wait are hidden in a sojourn time; work that is always
  // as long as no other shows them, as in an M/D/1: P(wait) = ρ.
  it('M/D/1: the share that waits is the load', () => {
    const results = replicate({
      workload: '{ cpu: 1s }',
      platform: TASKS(1),
      rate: 0.6,
      measuredSeconds: 60_000,
      warmupSeconds: 3_000,
      vcpus: 1,
    });
    const shareThatWaits = ({ latencyDistribution }: Parameters<typeof meanSojourn>[0]) => {
      const { upToMs, counts } = latencyDistribution;
      const total = counts.reduce((sum, count) => sum + count, 0);
      const first = upToMs.findIndex((bound) => bound > 1000);
      return 1 - counts.slice(0, first + 1).reduce((sum, count) => sum + count, 0) / total;
    };
    // The bucket that holds 1 s holds a little of what waits.
    expectTheory(results, (it) => shareThatWaits(it), 0.6, 0.06);
    expectTheory(results, (it) => meanSojourn(it) - 1, pollaczekKhinchineWait(0.6, 1, 0), 0.06);
  });

  it.each([
    ['hyperexponential, mean: 1s, cv: 2', 2],
    ['gamma, mean: 1s, cv: 0.5', 0.5],
  ])('M/G/1 by Pollaczek and Khinchine: %s', (law, cv) => {
    const results = replicate({
      workload: `{ cpu: { distribution: ${law} } }`,
      platform: TASKS(1),
      rate: 0.7,
      measuredSeconds: 100_000,
      warmupSeconds: 6_000,
      vcpus: 1,
    });
    const expected = pollaczekKhinchineWait(0.7, 1, cv * cv);
    expectTheory(results, (it) => meanSojourn(it) - 1, expected, 0.12);
  });

  it('M/D/c: nearly half of the wait of an M/M/c', () => {
    const [servers, load] = [4, 0.85];
    const model = { arrivalRate: servers * load, serviceRate: 1, servers };
    const results = replicate({
      workload: '{ cpu: 1s }',
      platform: TASKS(servers),
      rate: servers * load,
      measuredSeconds: 30_000,
      warmupSeconds: 3_000,
      vcpus: 1,
    });
    // Cosmetatos 1976 (in Tijms, A First Course in Stochastic Models, 9.6.2): exact to about a hundredth.
    const more = ((1 - load) * (servers - 1) * (Math.sqrt(4 + 5 * servers) - 2)) / (16 * load * servers);
    const expected = (meanWait(model) * (1 + more)) / 2;
    expectTheory(results, (it) => meanSojourn(it) - 1, expected, 0.06);
  });
});
