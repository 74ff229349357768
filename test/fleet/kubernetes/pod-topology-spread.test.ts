import { describe, expect, test } from 'vitest';
import {
  allowsSpread,
  DEFAULT_MAX_SKEW,
  topologySpreadScores,
} from '../../../sim/fleet/kubernetes/scheduler/pod-topology-spread.ts';

/** Four nodes that hold so many matching pods each. */
function hosts(pods: readonly number[], maxSkew = 1) {
  const domains = pods.map((_, index) => `node-${index}`);
  return { maxSkew, domains, podsByDomain: Object.fromEntries(pods.map((count, i) => [`node-${i}`, count])) };
}

describe('ScheduleAnyway', () => {
  // Cases of podtopologyspread/scoring_test.go (2025): counts × ln(nodes + 2), rounded, then
  // 100 × (max + min − count) / max in whole numbers.
  test('two of four nodes are better by what they hold less', () => {
    // ln 6 = 1.79: 2, 1, 0, 3 pods give 4, 2, 0, 5; then 100 × (5 − s) / 5.
    expect(topologySpreadScores([hosts([2, 1, 0, 3])])).toEqual([20, 60, 100, 0]);
  });

  test('nothing anywhere: every node is as good as can be', () => {
    expect(topologySpreadScores([hosts([0, 0])])).toEqual([100, 100]);
  });

  test('a node without the label gets 0', () => {
    const zones = { maxSkew: 1, domains: ['a', null, 'b'], podsByDomain: { a: 1 } };
    expect(topologySpreadScores([zones])).toEqual([0, 0, 100]);
  });

  test('zones and hosts add up, few domains counting for less each', () => {
    const zones = { maxSkew: 5, domains: ['a', 'a', 'b'], podsByDomain: { a: 2, b: 1 } };
    const names = { ...hosts([2, 0, 1], 3) };
    // zones: ln 4 × pods + 4; hosts: ln 5 × pods + 2: 11.99 → 12, 8.77 → 9, 8.996 → 9.
    expect(topologySpreadScores([zones, names])).toEqual([75, 100, 100]);
  });

  test('every pod of a Deployment is spread over hosts and zones by default', () => {
    expect(Object.values(DEFAULT_MAX_SKEW)).toEqual([3, 5]);
  });
});

test('DoNotSchedule keeps every domain within maxSkew of the emptiest', () => {
  const zones = { maxSkew: 1, domains: ['a', 'b', null], podsByDomain: { a: 2, b: 1 } };
  expect([0, 1, 2].map((node) => allowsSpread(zones, node))).toEqual([false, true, false]);
});
