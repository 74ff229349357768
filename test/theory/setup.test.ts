import { describe, expect, it } from 'vitest';
import { studentInterval } from '../../sim/experiment/student-t.ts';
import { firstSeed } from './replications.ts';
import { SetupQueue, type SetupQueueFigures, type SetupQueuePlan } from './setup-queue.ts';

const REPLICATIONS = 10;

/** The 99 % interval of the replications' figures holds what theory says, and is narrow. */
function expectFigure(values: readonly number[], expected: number, precision: number): void {
  const [low, high] = studentInterval(values, 0.99)!;
  const told = `${low} … ${high} for ${expected}`;
  expect((high - low) / 2 / expected, told).toBeLessThan(precision);
  expect(low, told).toBeLessThanOrEqual(expected);
  expect(high, told).toBeGreaterThanOrEqual(expected);
}

function replicate(plan: SetupQueuePlan, requests: number): SetupQueueFigures[] {
  return Array.from({ length: REPLICATIONS }, (_, index) =>
    new SetupQueue(plan, firstSeed(JSON.stringify(plan)) + index).run(requests, requests / 20),
  );
}

describe('M/M/1 with set-up, off when idle', () => {
  // T = 1/(μ − λ) + (2 E[D] + λ E[D²]) / (2 (1 + λ E[D])), which for exponential D is 1/(μ − λ) + E[D].
  it.each([
    [0.5, 10, 'exponential', 12],
    [0.5, 60, 'exponential', 62],
    [0.9, 60, 'exponential', 70],
    [0.5, 10, 'constant', 7.833333],
    [0.5, 60, 'constant', 32.967742],
    [0.9, 60, 'constant', 40.545455],
  ] as const)('λ %d/s, set-up %d s, %s', (arrivalRate, setup, setupLaw, sojourn) => {
    const plan = { servers: 1, arrivalRate, serviceRate: 1, setup, setupLaw, delayOff: 0 };
    const figures = replicate(plan, 200_000);
    expectFigure(
      figures.map((each) => each.sojourn),
      sojourn,
      0.08,
    );
  });
});

describe('M/M/k with set-up and delayed off', () => {
  // Exact solutions of the Markov chain of Gandhi and Harchol-Balter (CMU-CS-13-105).
  it.each([
    [4, 2, 10, 0, 4.46214, 2, 1.60578],
    [10, 5, 10, 0, 2.66335, 5, 3.63516],
    [10, 5, 60, 0, 9.21649, 5, 4.67834],
    [20, 10, 60, 0, 5.54756, 10, 8.9983],
    [10, 5, 60, 60, 1.62203, 6.34776, 1.34776],
    [10, 5, 60, 300, 1.16533, 7.38944, 0.47789],
    [20, 10, 60, 300, 1.0853, 13.50158, 0.70032],
    [20, 14, 120, 300, 1.20273, 16.7072, 1.08288],
  ])(
    'k %d, λ %d/s, set-up %d s, off after %d s',
    (servers, arrivalRate, setup, delayOff, sojourn, on, inSetup) => {
      const plan = { servers, arrivalRate, serviceRate: 1, setup, delayOff } as const;
      const figures = replicate({ ...plan, setupLaw: 'exponential' }, 300_000);
      expectFigure(
        figures.map((each) => each.sojourn),
        sojourn,
        0.06,
      );
      expectFigure(
        figures.map((each) => each.on),
        on,
        0.03,
      );
      expectFigure(
        figures.map((each) => each.inSetup),
        inSetup,
        0.08,
      );
    },
  );
});
