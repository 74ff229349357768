// Hot: pushed and popped for every request. No allocation but on growth, no closures.
import { grownFloat64, grownInt32 } from './typed-arrays.ts';

/**
 * A four-ary heap of (time, id) pairs in typed arrays, earliest first. Two entries of one time leave in the
 * order of `order[id]`, which its owner sets before it pushes; the array may be replaced when the owner grows.
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
    const { times, ids, order } = this;
    const rank = order[id]!;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && order[ids[parent]!]! <= rank)) break;
      times[hole] = parentTime;
      ids[hole] = ids[parent]!;
      hole = parent;
    }
    times[hole] = time;
    ids[hole] = id;
    this.nextTime = times[0]!;
  }

  /** Takes the earliest entry away. @returns its id. The heap must not be empty. */
  pop(): number {
    const { times, ids } = this;
    const first = ids[0]!;
    const last = --this.size;
    if (last === 0) {
      this.nextTime = Number.POSITIVE_INFINITY;
      return first;
    }
    this.settle(times[last]!, ids[last]!, last);
    this.nextTime = times[0]!;
    return first;
  }

  private settle(time: number, id: number, size: number): void {
    const { times, ids, order } = this;
    const rank = order[id]!;
    let hole = 0;
    for (;;) {
      let child = hole * 4 + 1;
      if (child >= size) break;
      const end = child + 4 < size ? child + 4 : size;
      let childTime = times[child]!;
      for (let other = child + 1; other < end; other++) {
        const otherTime = times[other]!;
        if (otherTime < childTime || (otherTime === childTime && order[ids[other]!]! < order[ids[child]!]!)) {
          child = other;
          childTime = otherTime;
        }
      }
      if (time < childTime || (time === childTime && rank <= order[ids[child]!]!)) break;
      times[hole] = childTime;
      ids[hole] = ids[child]!;
      hole = child;
    }
    times[hole] = time;
    ids[hole] = id;
  }

  private grow(): void {
    this.ids = grownInt32(this.ids, this.ids.length * 2);
    this.times = grownFloat64(this.times, this.times.length * 2);
  }
}
