import type { Random } from '../kernel/random.ts';

/**
 * Standard normal quantiles of the percentiles that scenario files name. NIST/SEMATECH e-Handbook 1.3.6.7.1.
 */
export const NORMAL_QUANTILES = {
  p90: 1.2815515655446004,
  p95: 1.6448536269514722,
  p99: 2.3263478740408408,
} as const;

/**
 * Standard normal draws by the polar method, which makes two at a time and keeps one for the next call.
 * Marsaglia and Bray, SIAM Review 6(3), 1964.
 */
export class PolarNormal {
  private spare = 0;
  private hasSpare = false;

  next(random: Random): number {
    if (this.hasSpare) {
      this.hasSpare = false;
      return this.spare;
    }
    let x: number;
    let y: number;
    let squared: number;
    do {
      x = 2 * random() - 1;
      y = 2 * random() - 1;
      squared = x * x + y * y;
    } while (squared >= 1 || squared === 0);
    const factor = Math.sqrt((-2 * Math.log(squared)) / squared);
    this.spare = y * factor;
    this.hasSpare = true;
    return x * factor;
  }
}

/**
 * The kept normals of one law, by random stream: a law is shared by platforms and replications, and a spare
 * of one stream must not come out of another.
 */
export class NormalsByStream {
  private readonly normals = new WeakMap<Random, PolarNormal>();
  private lastRandom: Random | undefined;
  private lastNormal = new PolarNormal();

  of(random: Random): PolarNormal {
    if (random === this.lastRandom) return this.lastNormal;
    let normal = this.normals.get(random);
    if (normal === undefined) {
      normal = new PolarNormal();
      this.normals.set(random, normal);
    }
    this.lastRandom = random;
    this.lastNormal = normal;
    return normal;
  }
}
