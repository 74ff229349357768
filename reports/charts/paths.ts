import { rounded } from './drawing.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A tenth of a pixel is finer than any screen, and half the bytes. */
const tenth = (value: number): number => rounded(Math.round(value * 10) / 10);

/** Straight segments through the points. */
export function polyline(points: readonly Point[]): string {
  return points
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${tenth(point.x)},${tenth(point.y)}`)
    .join('');
}

/** Level pieces from `xs[i]` to `xs[i + 1]` at `ys[i]`; equal neighbours are joined. `xs` has one more. */
export function stepLine(xs: readonly number[], ys: readonly number[]): string {
  let path = '';
  let at = Number.NaN;
  for (const [index, exact] of ys.entries()) {
    const y = tenth(exact);
    if (index === 0) path += `M${tenth(xs[0] ?? 0)},${y}`;
    else if (y !== at) path += `H${tenth(xs[index] ?? 0)}V${y}`;
    at = y;
  }
  return ys.length === 0 ? '' : `${path}H${tenth(xs[ys.length] ?? 0)}`;
}

/** The area between a step line and the level `base`. */
export function stepArea(xs: readonly number[], ys: readonly number[], base: number): string {
  if (ys.length === 0) return '';
  return `${stepLine(xs, ys)}V${tenth(base)}H${tenth(xs[0] ?? 0)}Z`;
}

/**
 * Places for labels that want to stand at `wanted`, at least `gap` apart, inside [low, high]: pushed down in
 * order, then back up from the lower edge.
 */
export function dodge(wanted: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const placed = [...wanted];
  let free = low;
  for (const index of order) {
    placed[index] = Math.max(wanted[index]!, free);
    free = placed[index]! + gap;
  }
  let limit = high;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index]!, limit);
    limit = placed[index]! - gap;
  }
  return placed;
}
