// Hot: `record` runs once for every request.

/** 1,024 buckets an octave: a bucket is at most 0.1 % wide, and values below 2,048 µs are kept exactly. */
export const FINE_BITS = 10;
const BITS = FINE_BITS;
const PER_OCTAVE = 1 << BITS;
const OCTAVES = 42;
const SPLIT = 0x4000_0000;
/** In place of a bucket's one value: it holds several. */
const SEVERAL = -1;

/**
 * Place of a whole number of microseconds (below 2^51) in a log-linear histogram with 2^bits steps an octave,
 * bits ≤ 10. Values from 2^30 on are brought into the range of 32-bit arithmetic first, ten octaves at a
 * time.
 */
export function bucketOf(micros: number, bits: number): number {
  let value = micros;
  let octavesAbove = 0;
  while (value >= SPLIT) {
    value = Math.floor(value / 1024);
    octavesAbove += 10;
  }
  const small = value | 0;
  if (small < 2 << bits) return small;
  const shift = 31 - Math.clz32(small) - bits;
  return ((shift + octavesAbove) << bits) + (small >>> shift);
}

/** The smallest whole value that falls into bucket `index`. */
export function bucketStart(index: number, bits: number): number {
  const perOctave = 1 << bits;
  if (index < 2 * perOctave) return index;
  const shift = Math.floor(index / perOctave) - 1;
  return (index - shift * perOctave) * 2 ** shift;
}

/**
 * Latencies in log-linear buckets, mergeable without loss. Percentiles are exact to 0.1 % (below 2 ms to 1
 * µs), and where all latencies of a bucket are the same: constant service times keep their value. Count, sum,
 * smallest and largest are exact.
 */
export class LatencyHistogram {
  count = 0;
  sumMicros = 0;
  minMicros = Number.POSITIVE_INFINITY;
  maxMicros = 0;
  private readonly counts = new Uint32Array(OCTAVES * PER_OCTAVE);
  /** By bucket: the only value in it, 0 for none yet, or SEVERAL. */
  private readonly onlyMicros = new Float64Array(OCTAVES * PER_OCTAVE);

  record(micros: number): void {
    this.recordIn(bucketOf(micros, BITS), micros);
  }

  /** The same for a value whose bucket of `FINE_BITS` is known. */
  recordIn(bucket: number, micros: number): void {
    this.count++;
    this.sumMicros += micros;
    if (micros < this.minMicros) this.minMicros = micros;
    if (micros > this.maxMicros) this.maxMicros = micros;
    this.counts[bucket]!++;
    const only = this.onlyMicros[bucket]!;
    if (only !== micros && only !== SEVERAL) this.onlyMicros[bucket] = only === 0 ? micros : SEVERAL;
  }

  merge(other: LatencyHistogram): void {
    this.count += other.count;
    this.sumMicros += other.sumMicros;
    this.minMicros = Math.min(this.minMicros, other.minMicros);
    this.maxMicros = Math.max(this.maxMicros, other.maxMicros);
    for (let index = 0; index < this.counts.length; index++) {
      if (other.counts[index] === 0) continue;
      this.counts[index]! += other.counts[index]!;
      const only = this.onlyMicros[index]!;
      const others = other.onlyMicros[index]!;
      if (only !== others) this.onlyMicros[index] = only === 0 ? others : SEVERAL;
    }
  }

  /** Mean in microseconds; null when nothing was recorded. */
  get meanMicros(): number | null {
    return this.count === 0 ? null : this.sumMicros / this.count;
  }

  /**
   * The value at or below which a share `q` of the latencies lies (nearest rank, spread evenly inside a
   * bucket).
   * @param q in [0, 1]
   * @returns microseconds, or null when nothing was recorded
   */
  percentileMicros(q: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(q * this.count - 1e-9));
    let below = 0;
    for (let index = 0; index < this.counts.length; index++) {
      const here = this.counts[index]!;
      if (below + here >= rank) {
        if (this.onlyMicros[index]! > 0) return this.onlyMicros[index]!;
        const start = bucketStart(index, BITS);
        const width = bucketStart(index + 1, BITS) - start;
        const value = start + (width <= 1 ? 0 : (width * (rank - below - 0.5)) / here);
        return Math.min(this.maxMicros, Math.max(this.minMicros, value));
      }
      below += here;
    }
    return this.maxMicros;
  }

  /** How many latencies lie in buckets above that of `micros`. */
  countAbove(micros: number): number {
    let above = 0;
    for (let index = bucketOf(micros, BITS) + 1; index < this.counts.length; index++)
      above += this.counts[index]!;
    return above;
  }

  /** Coarse steps of a twelfth of an octave or so for charts: counts of latencies up to each bound. */
  coarse(): { upToMicros: number[]; counts: number[] } {
    const upToMicros: number[] = [];
    const counts: number[] = [];
    const stride = PER_OCTAVE >> 5;
    for (let from = 0; from < this.counts.length; from += stride) {
      let sum = 0;
      for (let index = from; index < from + stride; index++) sum += this.counts[index]!;
      if (sum === 0) continue;
      upToMicros.push(Math.min(bucketStart(from + stride, BITS) - 1, this.maxMicros));
      counts.push(sum);
    }
    return { upToMicros, counts };
  }
}
