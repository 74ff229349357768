import { type Arrivals, type Increments, openIncrements } from './increments.ts';
import { curveRequests, RateCurve, type RatePiece } from './rate-curve.ts';
import { type StreamSpan, workloadOf } from './stream-options.ts';
import type { ArrivalProcess, OpenRandom, TrafficContext, TrafficPlan } from './traffic.ts';

/** Points of rate 1 in operational time, read off a rate curve. */
class ArrivalsOnCurve implements ArrivalProcess {
  private readonly increments: Increments;
  private readonly curve: RateCurve;

  constructor(increments: Increments, curve: RateCurve) {
    this.increments = increments;
    this.curve = curve;
  }

  fill(out: Float64Array, count: number): number {
    return this.curve.invert(out, this.increments.fill(out, count));
  }
}

export interface OpenStreamOptions extends StreamSpan {
  readonly arrivals: Arrivals;
  /**
   * The rate curve from the start of the stream. Called with the same random streams it gives the same
   * pieces.
   */
  pieces(openRandom: OpenRandom): Iterable<RatePiece>;
  /** Requests expected in the first `withinMicros` of the stream; by default those of the curve. */
  expectedRequests?(withinMicros: number): number;
}

const noRandom: OpenRandom = () => {
  throw new Error('a random curve must say what it expects');
};

/**
 * A plan of one open stream of the context's name and workload. It expects the requests before its end or the
 * end of the window, whichever comes first.
 */
export function planOpenStream(context: TrafficContext, options: OpenStreamOptions): TrafficPlan {
  const { startMicros, durationMicros, arrivals } = options;
  const { windowMicros = Number.POSITIVE_INFINITY } = context;
  const withinMicros = Math.max(0, Math.min(durationMicros, windowMicros - startMicros));
  const expectedRequests =
    options.expectedRequests?.(withinMicros) ?? curveRequests(options.pieces(noRandom), withinMicros);
  return {
    workloads: [],
    streams: [
      {
        kind: 'open',
        name: context.name,
        workload: workloadOf(context),
        expectedRequests,
        endMicros: startMicros + durationMicros,
        open(openRandom) {
          const total = () => curveRequests(options.pieces(openRandom));
          return new ArrivalsOnCurve(
            openIncrements(arrivals, openRandom('arrivals'), total),
            new RateCurve(options.pieces(openRandom), startMicros),
          );
        },
      },
    ],
  };
}
