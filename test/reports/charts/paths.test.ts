import { describe, expect, it } from 'vitest';
import { dodge, polyline, stepArea, stepLine } from '../../../reports/charts/paths.ts';

describe('paths', () => {
  it('draws levels as steps and joins equal neighbours', () => {
    expect(stepLine([0, 10, 20, 30], [5, 5, 2])).toBe('M0,5H20V2H30');
    expect(stepArea([0, 10, 20], [5, 2], 9)).toBe('M0,5H10V2H20V9H0Z');
    expect(stepLine([0], [])).toBe('');
  });

  it('rounds to a tenth of a pixel', () => {
    expect(
      polyline([
        { x: 0.123, y: 1 / 3 },
        { x: 2, y: -0.01 },
      ]),
    ).toBe('M0.1,0.3L2,0');
  });
});

describe('labels that dodge', () => {
  it('keep their gap, their order and the edges', () => {
    const placed = dodge([50, 51, 52, 100], 16, 0, 100);
    const sorted = [...placed].sort((a, b) => a - b);
    for (const [index, place] of sorted.entries()) {
      if (index > 0) expect(place - sorted[index - 1]!).toBeGreaterThanOrEqual(16);
    }
    expect(placed[0]).toBeLessThan(placed[1]!);
    expect(Math.max(...placed)).toBeLessThanOrEqual(100);
  });

  it('stay where they want to be when there is room', () => {
    expect(dodge([10, 60], 16, 0, 100)).toEqual([10, 60]);
  });
});
