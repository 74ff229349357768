import { describe, expect, it } from 'vitest';
import { dark, light, page, platformStyle } from '../../../reports/charts/theme.ts';

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const linear = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

/** Simulates a missing cone type (Viénot, Brettel, Mollon 1999) in linear RGB. */
const CONFUSION = {
  protan: [0.1124, 0.8876, 0, 0.1124, 0.8876, 0, 0.004, -0.004, 1],
  deutan: [0.2927, 0.7073, 0, 0.2927, 0.7073, 0, -0.0223, 0.0223, 1],
} as const;

function seen(hex: string, matrix: readonly number[]): number[] {
  const rgb = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return [0, 3, 6].map((row) =>
    Math.cbrt(
      Math.max(
        0,
        rgb.reduce((sum, c, i) => sum + matrix[row + i]! * c, 0),
      ),
    ),
  );
}

describe.each([light, dark])('the $name theme', (theme) => {
  it('gives graphics 3:1 and text 4.5:1', () => {
    for (const colour of [...theme.platforms, ...Object.values(theme.parts)]) {
      expect(contrast(colour, theme.background), colour).toBeGreaterThanOrEqual(3);
    }
    for (const colour of [theme.text, theme.mutedText]) {
      expect(contrast(colour, theme.background), colour).toBeGreaterThanOrEqual(4.5);
    }
    for (const colour of Object.values(theme.parts)) {
      expect(contrast(colour, theme.onPart), colour).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(Object.keys(CONFUSION) as (keyof typeof CONFUSION)[])(
    'keeps the first five apart for %s eyes',
    (kind) => {
      const colours = theme.platforms.slice(0, 5).map((colour) => seen(colour, CONFUSION[kind]));
      for (const [index, one] of colours.entries()) {
        for (const other of colours.slice(index + 1)) {
          const distance = Math.sqrt(
            one.reduce((sum, value, channel) => sum + (value - other[channel]!) ** 2, 0),
          );
          expect(distance).toBeGreaterThan(0.1);
        }
      }
    },
  );
});

describe('platform styles', () => {
  it('never repeats colour and dash together among sixteen platforms', () => {
    const styles = Array.from({ length: 16 }, (_, index) => platformStyle(light, index));
    expect(new Set(styles.map((style) => `${style.colour}/${style.dash}`)).size).toBe(16);
    expect(new Set(styles.slice(0, 8).map((style) => style.colour)).size).toBe(8);
    expect(new Set(styles.slice(0, 8).map((style) => style.dash)).size).toBe(8);
  });

  it('takes colours from the page where a chart is part of one', () => {
    expect(page.platforms).toHaveLength(light.platforms.length);
    expect(page.parts['compute, CPU idle']).toMatch(/^var\(--part-[a-z-]+\)$/);
  });
});
