// Cases of kubernetes-sigs/karpenter designs/balanced-consolidation.md and its tests (2026-08-20), restated.
import { describe, expect, test } from 'vitest';
import {
  consolidationScore,
  isWorthConsolidating,
} from '../../../sim/fleet/kubernetes/karpenter/balanced-consolidation.ts';
import { batchEndsAt } from '../../../sim/fleet/kubernetes/karpenter/batch-window.ts';
import { allowedDisruptions } from '../../../sim/fleet/kubernetes/karpenter/disruption-budget.ts';

describe('Balanced consolidation compares shares of cost and of disruption', () => {
  test.each([
    ['a node too large', 7.26, 4, 58.08, 90, true, 2.8125],
    ['a marginal move', 2.42, 9, 58.08, 90, false, 0.4167],
    ['exactly half is enough', 2.42, 9, 48.4, 90, true, 0.5],
    ['nothing is disturbed', 4.84, 0, 58.08, 90, true, Number.POSITIVE_INFINITY],
    ['a pool that costs nothing', 4.84, 5, 0, 90, false, 0],
    ['nothing saved', -5, 10, 100, 100, false, 0],
    ['shares alike', 10, 10, 100, 100, true, 1],
  ])('%s', (_what, savings, disruptionCost, poolCost, poolDisruptionCost, approved, score) => {
    const move = { savings, disruptionCost, poolCost, poolDisruptionCost };
    expect(consolidationScore(move)).toBeCloseTo(score, 4);
    expect(isWorthConsolidating(move)).toBe(approved);
  });

  test('a threshold of 1 wants shares alike', () => {
    const move = { savings: 2.42, disruptionCost: 9, poolCost: 48.4, poolDisruptionCost: 90 };
    expect(isWorthConsolidating(move, 1)).toBe(false);
  });
});

test('a budget of 10 % is rounded up, less what is on its way out', () => {
  expect(allowedDisruptions('10%', 19, 0)).toBe(2);
  expect(allowedDisruptions('10%', 1, 0)).toBe(1);
  expect(allowedDisruptions('10%', 20, 2)).toBe(0);
  expect(allowedDisruptions('0', 20, 0)).toBe(0);
  expect(allowedDisruptions('3', 20, 1)).toBe(2);
  expect(allowedDisruptions('100%', 20, 30)).toBe(0);
});

test('a batch ends a second after its last pod, ten after its first at the latest', () => {
  const second = 1_000_000;
  const window = { idleMicros: second, maxMicros: 10 * second };
  expect(batchEndsAt(window, 0, 0)).toBe(second);
  expect(batchEndsAt(window, 0, 9.5 * second)).toBe(10 * second);
});
