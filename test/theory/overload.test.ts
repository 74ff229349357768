import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';

/** M/M/1: one vCPU, one request at a time, work of a second in the mean. */
function isOverloaded(load: number, requests: number, seed: number): boolean {
  const { warnings } = simulate({
    version: 1,
    seed,
    duration: `${Math.round(requests / load)}s`,
    workload: { cpu: { distribution: 'exponential', mean: '1s' } },
    traffic: { load: { executor: 'constant-arrival-rate', rate: `${load}/s` } },
    platforms: { it: { type: 'ec2', instanceType: 'c7g.medium', minSize: 1, concurrency: 1 } },
  });
  return warnings.some(({ code }) => code === 'overload');
}

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const overloadedOf = (load: number, requests: number) =>
  SEEDS.filter((seed) => isOverloaded(load, requests, seed)).length;

// The rule: more than 1 % of n requests are unfinished, or the queue gains a tenth of the last tenth of them.
describe('the warning of overload, M/M/1', () => {
  // P(more than n/100 in the system) = ρ^(n/100): in 20 runs 3 × 10⁻²², 4 × 10⁻⁶ and 10⁻⁴.
  it.each([
    [0.9, 50_000],
    [0.95, 30_000],
    [0.98, 60_000],
  ])('load %d of %d requests: stable, and not told', (load, requests) => {
    expect(20 * load ** (requests / 100)).toBeLessThan(2e-4);
    expect(overloadedOf(load, requests)).toBe(0);
  });

  // Unfinished are (ρ − 1) n / ρ, normal with variance 2n: 1 % is 3.7 deviations below that, at least.
  it.each([
    [1.05, 20_000],
    [1.1, 10_000],
    [1.3, 10_000],
  ])('load %d of %d requests: always told', (load, requests) => {
    const deviations = (((load - 1) / load - 0.01) * requests) / Math.sqrt(2 * requests);
    expect(deviations).toBeGreaterThan(3.7);
    expect(overloadedOf(load, requests)).toBe(20);
  });
});
