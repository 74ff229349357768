import { describe, expect, it } from 'vitest';
import { costText } from '../../reports/platforms.ts';
import { makeResult } from './fixtures.ts';

describe('costText', () => {
  const { lambda } = makeResult({ names: ['lambda'] }).platforms;

  it.each([
    [162.19, 0.0061, '$162.19 ± $0.01'],
    [162.19, 0.0049, '$162.19 ± $0.00'],
    [162.19, 1.084, '$162.19 ± $1.08'],
    [0.00023, 0.00001, '$0.00023 ± $0.00001'],
  ])('writes the margin of %f ± %f to the cent where the cost is', (usdPerMonth, margin, text) => {
    const ci95 = { 'cost.usdPerMonth': [usdPerMonth - margin, usdPerMonth + margin] as [number, number] };
    expect(costText({ ...lambda!, cost: { ...lambda!.cost, usdPerMonth }, ci95 })).toBe(text);
  });
});
