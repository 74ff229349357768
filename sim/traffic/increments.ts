import { z } from 'zod';
import { unitExponential } from '../distributions/exponential.ts';
import { openShape, shapeSchema } from '../distributions/shape.ts';
import type { UnitLaw } from '../distributions/unit-law.ts';
import type { Random } from '../kernel/random.ts';
import { LEVEL_SLACK } from './rate-curve.ts';

/** How requests are spread about their rate, as scenario files write it. */
export const arrivalsSchema = z
  .union([
    z.enum(['poisson', 'uniform']).meta({
      description: 'poisson: independent of each other, as from many clients. uniform: evenly spaced.',
    }),
    shapeSchema,
  ])
  .meta({
    description:
      'poisson, uniform, or the law of the gaps, scaled to the rate: { distribution: gamma, cv: 2 }.',
  });

export type Arrivals = z.output<typeof arrivalsSchema>;

/** A point process of rate 1 in operational time. */
export interface Increments {
  /**
   * Writes the levels of the next points, never falling. @returns how many; fewer than `count` at its end.
   */
  fill(levels: Float64Array, count: number): number;
}

/** Points at 0, 1, 2 … of which each has a whole unit of the curve to itself. */
class EvenlySpaced implements Increments {
  private next = 0;
  private readonly end: number;

  constructor(total: number) {
    this.end = Math.floor(total + LEVEL_SLACK);
  }

  fill(levels: Float64Array, count: number): number {
    const writable = Math.min(count, this.end - this.next);
    for (let i = 0; i < writable; i += 1) levels[i] = this.next + i;
    this.next += writable;
    return writable;
  }
}

/** Independent gaps of one law and mean 1; the first is counted from the start. */
class Renewal implements Increments {
  private level = 0;
  private readonly law: UnitLaw;
  private readonly random: Random;

  constructor(law: UnitLaw, random: Random) {
    this.law = law;
    this.random = random;
  }

  fill(levels: Float64Array, count: number): number {
    this.law.fill(this.random, levels, count);
    let { level } = this;
    for (let i = 0; i < count; i += 1) {
      level += levels[i]!;
      levels[i] = level;
    }
    this.level = level;
    return count;
  }
}

/** @param total gives the curve's height at its end; asked only where arrivals are evenly spaced */
export function openIncrements(arrivals: Arrivals, random: Random, total: () => number): Increments {
  if (arrivals === 'uniform') return new EvenlySpaced(total());
  return new Renewal(arrivals === 'poisson' ? unitExponential : openShape(arrivals), random);
}
