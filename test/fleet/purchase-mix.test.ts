import { describe, expect, it } from 'vitest';
import { unitExponential } from '../../sim/distributions/exponential.ts';
import { scaleToMean } from '../../sim/distributions/unit-law.ts';
import { onDemandOf, type PurchasePlan } from '../../sim/fleet/replicas/purchase-mix.ts';

const mix = (onDemandBaseCapacity: number, onDemandPercentageAboveBaseCapacity: number): PurchasePlan => ({
  onDemandBaseCapacity,
  onDemandPercentageAboveBaseCapacity,
  timeToNotice: scaleToMean(unitExponential, 1e9),
  replacesAtNotice: false,
});

describe('a mix of on-demand and Spot instances', () => {
  it('is the base, and the percentage of what is above it', () => {
    expect([0, 1, 2, 4, 10].map((count) => onDemandOf(count, mix(2, 50)))).toEqual([0, 1, 2, 3, 6]);
    expect([0, 1, 5].map((count) => onDemandOf(count, mix(0, 0)))).toEqual([0, 0, 0]);
    expect([1, 5].map((count) => onDemandOf(count, mix(0, 100)))).toEqual([1, 5]);
  });

  it('rounds up in favour of on-demand', () => {
    expect([1, 2, 3, 4, 5].map((count) => onDemandOf(count, mix(0, 20)))).toEqual([1, 1, 1, 1, 1]);
    expect([3, 6, 11].map((count) => onDemandOf(count, mix(1, 30)))).toEqual([2, 3, 4]);
  });
});
