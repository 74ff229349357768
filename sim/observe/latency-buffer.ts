// Hot: `add` runs once for every request; the rest of the work is done for a block of them, in a tight loop.
import { bucketOf, FINE_BITS, type LatencyHistogram } from './latency-histogram.ts';
import type { TimeSeries } from './time-series.ts';

const ROWS = 2048;

/**
 * Latencies on their way into the histogram and the bins. Counted one by one between the events of a
 * simulation, they wait for memory and for branches guessed wrong; a block at a time they run through.
 */
export class LatencyBuffer {
  private readonly arrivedAt = new Float64Array(ROWS);
  private readonly micros = new Float64Array(ROWS);
  private rows = 0;
  private readonly histogram: LatencyHistogram;
  private readonly series: TimeSeries;
  private readonly warmupMicros: number;

  constructor(histogram: LatencyHistogram, series: TimeSeries, warmupMicros: number) {
    this.histogram = histogram;
    this.series = series;
    this.warmupMicros = warmupMicros;
  }

  /** A request that arrived at `arrivedAt` was completed after `micros`. */
  add(arrivedAt: number, micros: number): void {
    this.arrivedAt[this.rows] = arrivedAt;
    this.micros[this.rows] = micros;
    if (++this.rows === ROWS) this.flush();
  }

  /** Counts what has not been counted yet. */
  flush(): void {
    const { arrivedAt, micros, rows, histogram, series, warmupMicros } = this;
    const { stepMicros } = series;
    for (let row = 0; row < rows; row++) {
      const latency = micros[row]!;
      const bucket = bucketOf(latency, FINE_BITS);
      if (arrivedAt[row]! >= warmupMicros) histogram.recordIn(bucket, latency);
      series.recordLatency(Math.floor(arrivedAt[row]! / stepMicros), latency, bucket);
    }
    this.rows = 0;
  }
}
