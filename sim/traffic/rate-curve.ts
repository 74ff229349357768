// Hot: `invert` runs once for every request.
import { MICROS_PER_SECOND } from '../kernel/time.ts';
import { type RateFraction, requestsWithin } from './rate-fraction.ts';

/** A stretch of time in which the rate is constant or changes linearly. */
export interface RatePiece {
  readonly durationMicros: number;
  /** Requests per `perMicros` at its start and at its end. */
  readonly startRate: number;
  readonly endRate: number;
  readonly perMicros: number;
}

/** Levels this near below the end of a piece belong to what follows: sums of doubles are not exact. */
export const LEVEL_SLACK = 1e-9;

/** A piece that goes from one rate to the other in a straight line. */
export function ratePiece(from: RateFraction, to: RateFraction, durationMicros: number): RatePiece {
  if (from.perMicros === to.perMicros) {
    return { durationMicros, startRate: from.count, endRate: to.count, perMicros: from.perMicros };
  }
  const startRate = (from.count / from.perMicros) * MICROS_PER_SECOND;
  const endRate = (to.count / to.perMicros) * MICROS_PER_SECOND;
  return { durationMicros, startRate, endRate, perMicros: MICROS_PER_SECOND };
}

/** How many requests a piece brings on average. */
export function pieceRequests({ durationMicros, startRate, endRate, perMicros }: RatePiece): number {
  return requestsWithin({ count: (startRate + endRate) / 2, perMicros }, durationMicros);
}

/** The first `micros` of a piece. */
function headOf(piece: RatePiece, micros: number): RatePiece {
  const { startRate, endRate, durationMicros } = piece;
  return {
    ...piece,
    durationMicros: micros,
    endRate: startRate + ((endRate - startRate) * micros) / durationMicros,
  };
}

/** How many requests the pieces bring on average in their first `withinMicros`. */
export function curveRequests(pieces: Iterable<RatePiece>, withinMicros = Number.POSITIVE_INFINITY): number {
  let requests = 0;
  let left = withinMicros;
  for (const piece of pieces) {
    if (left <= 0) break;
    requests += pieceRequests(piece.durationMicros > left ? headOf(piece, left) : piece);
    left -= piece.durationMicros;
  }
  return requests;
}

/**
 * A cumulative rate curve Λ(t), made of pieces that follow each other, and its inverse: a point process of
 * rate 1 in operational time becomes one of rate Λ′(t). Çinlar, "Introduction to Stochastic Processes", 1975,
 * section 4.7.
 */
export class RateCurve {
  private readonly pieces: Iterator<RatePiece>;
  private piece: RatePiece = { durationMicros: 0, startRate: 0, endRate: 0, perMicros: 1 };
  private startMicros: number;
  private startLevel = 0;
  private endLevel = 0;

  /** @param startMicros where the first piece begins, a whole number; pieces last whole microseconds */
  constructor(pieces: Iterable<RatePiece>, startMicros: number) {
    this.pieces = pieces[Symbol.iterator]();
    this.startMicros = startMicros;
  }

  /**
   * Replaces levels, never falling, by the whole microseconds at which the curve rises above them; calls
   * follow on.
   * @returns how many of them the curve rises above before it ends
   */
  invert(levels: Float64Array, count: number): number {
    let done = 0;
    while (done < count) {
      while (levels[done]! >= this.endLevel - LEVEL_SLACK) {
        if (!this.advance()) return done;
      }
      if (this.piece.startRate === this.piece.endRate) done = this.invertConstant(levels, done, count);
      else {
        const rise = levels[done]! - this.startLevel;
        levels[done++] = this.startMicros + (rise > 0 ? this.microsToRise(rise) : 0);
      }
    }
    return count;
  }

  /** Inverts the levels of the current piece, whose rate is constant. @returns the place after the last */
  private invertConstant(levels: Float64Array, from: number, count: number): number {
    const { startMicros, startLevel } = this;
    const { durationMicros, startRate, perMicros } = this.piece;
    const end = this.endLevel - LEVEL_SLACK;
    let place = from;
    for (; place < count && levels[place]! < end; place += 1) {
      const rise = levels[place]! - startLevel;
      const micros = rise > 0 ? Math.round((rise * perMicros) / startRate) : 0;
      levels[place] = startMicros + (micros < durationMicros ? micros : durationMicros);
    }
    return place;
  }

  private microsToRise(rise: number): number {
    const { durationMicros, startRate, endRate, perMicros } = this.piece;
    if (startRate === endRate) return Math.min(durationMicros, Math.round((rise * perMicros) / startRate));
    // The root of startRate·x + slope·x²/2 = rise that loses no digits, whichever way the rate goes.
    const slope = ((endRate - startRate) * perMicros) / durationMicros;
    const root = Math.sqrt(Math.max(0, startRate * startRate + 2 * slope * rise));
    return Math.min(durationMicros, Math.round((2 * rise * perMicros) / (startRate + root)));
  }

  private advance(): boolean {
    const next = this.pieces.next();
    if (next.done === true) return false;
    this.startMicros += this.piece.durationMicros;
    this.startLevel = this.endLevel;
    this.piece = next.value;
    this.endLevel += pieceRequests(next.value);
    return true;
  }
}
