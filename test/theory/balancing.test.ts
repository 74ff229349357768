import { describe, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { joinShortestOfSojourn } from './formulas/balancing.ts';
import { expectTheory, firstSeed, meanSojourn } from './replications.ts';

const SERVERS = 10_000;
const REPLICATIONS = 5;

/**
 * Requests come for 90 s, of which those after the first 60 s count, and all are served before the window
 * ends: without the last half minute those that wait longest would be missing from the mean.
 */
function scenarioOf(load: number, choices: number): string {
  return [
    'version: 1',
    'duration: 120s',
    'warmup: 60s',
    'workload: { cpu: { distribution: exponential, mean: 1s } }',
    `traffic: { main: { executor: constant-arrival-rate, rate: ${load * SERVERS}/s, duration: 90s } }`,
    `platforms: { it: { type: ec2, instanceType: c7g.medium, minSize: ${SERVERS}, concurrency: 1,`,
    `  frontDoor: { type: proxy, loadBalancing: power_of_two, choices: ${choices} } } }`,
  ].join('\n');
}

describe('JSQ(d): the best of d servers drawn at random, with 10,000 servers', () => {
  it.each([
    { load: 0.7, choices: 2 },
    { load: 0.9, choices: 2 },
    { load: 0.9, choices: 5 },
  ])('load $load, $choices choices: mean sojourn of the limit of many servers', ({ load, choices }) => {
    const text = scenarioOf(load, choices);
    const results = Array.from({ length: REPLICATIONS }, (_, index) =>
      simulate(text, { overrides: { seed: firstSeed(text) + index } }),
    );
    expectTheory(results, meanSojourn, joinShortestOfSojourn(load, choices), 0.03);
  });
});
