import { describe, expect, it } from 'vitest';
import { circuitBreakerThreshold, deploymentLimits } from '../../../sim/fleet/containers/deployment.ts';

describe('ECS minimum healthy rounds up, maximum rounds down', () => {
  // The examples of the Amazon ECS Developer Guide (2023-05).
  it.each([
    [4, 50, 2],
    [2, 75, 0],
    [3, 100, 0],
    [3, 0, 3],
  ])('of %d tasks at a minimum of %d %% it may stop %d', (desired, minimumHealthyPercent, mayStop) => {
    expect(deploymentLimits(desired, { minimumHealthyPercent, maximumPercent: 200 }).mayStop).toBe(mayStop);
  });

  it.each([
    [4, 200, 4],
    [3, 125, 0],
    [8, 125, 2],
    [4, 100, 0],
  ])('of %d tasks at a maximum of %d %% it may start %d', (desired, maximumPercent, mayStart) => {
    expect(deploymentLimits(desired, { minimumHealthyPercent: 100, maximumPercent }).mayStart).toBe(mayStart);
  });
});

describe("the circuit breaker's minimum is 3 (was 10)", () => {
  it.each([
    [1, 3, 10],
    [25, 13, 13],
    [400, 200, 200],
    [800, 200, 200],
    [7, 4, 10],
  ])('%d tasks: %d failures, %d by the rule of 2023', (desired, today, in2023) => {
    expect(circuitBreakerThreshold(desired)).toBe(today);
    expect(circuitBreakerThreshold(desired, 10)).toBe(in2023);
  });
});
