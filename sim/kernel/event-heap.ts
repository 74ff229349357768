// Hot: pushed and popped for every request. No allocation but on growth, no closures.
import { grownFloat64, grownInt32 } from './typed-arrays.ts';

/**
 * A binary heap of (time, id) pairs in typed arrays, earliest first. Two entries of one time leave in the
 * order of `order[id]`, which its owner sets before it pushes; the array may be replaced when the owner
 * grows.
 *
 * What comes last was at the bottom and mostly belongs there again, so `pop` lets the hole sink to a leaf
 * without looking at it (Wegener 1993, bottom-up heapsort), and picks the earlier child by arithmetic: a
 * branch on random times would be guessed wrong every other time.
 */
export class EventHeap {
  size = 0;
  /** Time of the earliest entry; Infinity when there is none. */
  nextTime = Number.POSITIVE_INFINITY;
  order: Float64Array;
  private times: Float64Array;
  private ids: Int32Array;

  constructor(order: Float64Array, capacity = 64) {
    this.order = order;
    this.times = new Float64Array(capacity);
    this.ids = new Int32Array(capacity);
  }

  /** The id of the earliest entry. Meaningless when the heap is empty. */
  get nextId(): number {
    return this.ids[0]!;
  }

  push(time: number, id: number): void {
    if (this.size === this.times.length) this.grow();
    this.rise(time, id, this.size++);
    this.nextTime = this.times[0]!;
  }

  /** Takes the earliest entry away. @returns its id. The heap must not be empty. */
  pop(): number {
    const { times, ids, order } = this;
    const first = ids[0]!;
    const size = --this.size;
    if (size === 0) {
      this.nextTime = Number.POSITIVE_INFINITY;
      return first;
    }
    let hole = 0;
    let child = 1;
    while (child + 1 < size) {
      const left = times[child]!;
      const right = times[child + 1]!;
      let earlier = child + Number(right < left);
      if (right === left && order[ids[child + 1]!]! < order[ids[child]!]!) earlier = child + 1;
      times[hole] = times[earlier]!;
      ids[hole] = ids[earlier]!;
      hole = earlier;
      child = hole * 2 + 1;
    }
    if (child < size) {
      times[hole] = times[child]!;
      ids[hole] = ids[child]!;
      hole = child;
    }
    this.rise(times[size]!, ids[size]!, hole);
    this.nextTime = times[0]!;
    return first;
  }

  private rise(time: number, id: number, from: number): void {
    const { times, ids, order } = this;
    const rank = order[id]!;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && order[ids[parent]!]! <= rank)) break;
      times[hole] = parentTime;
      ids[hole] = ids[parent]!;
      hole = parent;
    }
    times[hole] = time;
    ids[hole] = id;
  }

  private grow(): void {
    this.ids = grownInt32(this.ids, this.ids.length * 2);
    this.times = grownFloat64(this.times, this.times.length * 2);
  }
}
