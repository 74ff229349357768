// Hot: `recordLatency` runs once for every request.
import { bucketOf, bucketStart, FINE_BITS } from './latency-histogram.ts';

/** 32 steps an octave: the percentiles of a bin are exact to 3 %. */
const BITS = 5;
/** As far as the histogram reaches: values below 2^51. */
const BUCKETS = 47 << BITS;
/** From here on a coarse bucket is a whole number of fine ones. */
const EXACT_BELOW = 1 << FINE_BITS;
const COARSER = FINE_BITS - BITS;

/** What happened in each bin [i·step, (i+1)·step) of the window. Areas are level × microseconds. */
export class TimeSeries {
  readonly stepMicros: number;
  readonly bins: number;
  readonly arrivals: Float64Array;
  readonly failed: Float64Array;
  readonly coldStarts: Float64Array;
  readonly capacityArea: Float64Array;
  readonly busyArea: Float64Array;
  readonly queueArea: Float64Array;
  private readonly windowMicros: number;
  private readonly latencies: Uint32Array;

  constructor(windowMicros: number, stepMicros: number) {
    this.windowMicros = windowMicros;
    this.stepMicros = stepMicros;
    this.bins = Math.ceil(windowMicros / stepMicros);
    this.arrivals = new Float64Array(this.bins);
    this.failed = new Float64Array(this.bins);
    this.coldStarts = new Float64Array(this.bins);
    this.capacityArea = new Float64Array(this.bins);
    this.busyArea = new Float64Array(this.bins);
    this.queueArea = new Float64Array(this.bins);
    this.latencies = new Uint32Array(this.bins * BUCKETS);
  }

  /** Notes the latency of a request that arrived in `bin`. `fineBucket` is its bucket of `FINE_BITS`. */
  recordLatency(bin: number, micros: number, fineBucket: number): void {
    const coarse =
      micros < EXACT_BELOW ? bucketOf(micros, BITS) : (fineBucket >> COARSER) + (COARSER << BITS);
    this.latencies[bin * BUCKETS + coarse]!++;
  }

  /** Length of a bin; the last one may be cut short by the end of the window. */
  binMicros(bin: number): number {
    return Math.min(this.stepMicros, this.windowMicros - bin * this.stepMicros);
  }

  /** Percentile `q` of the latencies of requests that arrived in `bin`, in microseconds; null without any. */
  percentileMicros(bin: number, q: number): number | null {
    const row = this.latencies.subarray(bin * BUCKETS, (bin + 1) * BUCKETS);
    let count = 0;
    for (const each of row) count += each;
    if (count === 0) return null;
    const rank = Math.max(1, Math.ceil(q * count - 1e-9));
    let below = 0;
    for (let index = 0; index < BUCKETS; index++) {
      const here = row[index]!;
      if (below + here >= rank) {
        const start = bucketStart(index, BITS);
        const width = bucketStart(index + 1, BITS) - start;
        return start + (width <= 1 ? 0 : (width * (rank - below - 0.5)) / here);
      }
      below += here;
    }
    return null;
  }

  /** Adds another run of the same window, bin by bin. */
  merge(other: TimeSeries): void {
    addTo(this.arrivals, other.arrivals);
    addTo(this.failed, other.failed);
    addTo(this.coldStarts, other.coldStarts);
    addTo(this.capacityArea, other.capacityArea);
    addTo(this.busyArea, other.busyArea);
    addTo(this.queueArea, other.queueArea);
    for (let index = 0; index < this.latencies.length; index++)
      this.latencies[index]! += other.latencies[index]!;
  }
}

function addTo(target: Float64Array, source: Float64Array): void {
  for (let index = 0; index < target.length; index++) target[index]! += source[index]!;
}

/**
 * Adds `level` over [from, to) to the bins that it crosses. The warm-up is the caller's business.
 * @param area one of a series' areas
 */
export function addSpan(
  area: Float64Array,
  stepMicros: number,
  from: number,
  to: number,
  level: number,
): void {
  let bin = Math.floor(from / stepMicros);
  let start = from;
  while (start < to && bin < area.length) {
    const end = Math.min(to, (bin + 1) * stepMicros);
    area[bin]! += level * (end - start);
    start = end;
    bin++;
  }
}
