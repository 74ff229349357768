// Hot: pushed and popped for every request. No allocation but on growth, no closures.
import { grownFloat64, grownInt32 } from './typed-arrays.ts';

/** Most heaps are small: a block of this many entries is what each begins with. */
const BLOCK_MIN = 4;

/**
 * Many heaps of (time, id) pairs, one for each line of a kind, earliest first; each works as `EventHeap`
 * does. All lie in two arrays, since ten thousand objects of their own would be ten misses of the cache for
 * every step: a heap that is full moves to a block twice as large, and leaves its block to the next.
 */
export class HeapPool {
  order: Float64Array;
  /** Entries of each heap. */
  size = new Int32Array(0);
  private start = new Int32Array(0);
  private room = new Int32Array(0);
  private times = new Float64Array(0);
  private ids = new Int32Array(0);
  private used = 0;
  /** Blocks that nobody uses, by the binary logarithm of their size. */
  private readonly spare: number[][] = [];

  /** @param order by id; its owner sets it before a push, and replaces it when it grows */
  constructor(order: Float64Array) {
    this.order = order;
  }

  /** Makes room for heaps below `count`; new ones are empty. */
  grow(count: number): void {
    const known = this.size.length;
    this.size = grownInt32(this.size, count);
    this.start = grownInt32(this.start, count);
    this.room = grownInt32(this.room, count);
    for (let heap = known; heap < count; heap++) {
      this.start[heap] = this.takeBlock(BLOCK_MIN);
      this.room[heap] = BLOCK_MIN;
    }
  }

  /** Time of a heap's earliest entry; Infinity when it is empty. */
  nextTimeOf(heap: number): number {
    return this.times[this.start[heap]!]!;
  }

  push(heap: number, time: number, id: number): void {
    const at = this.size[heap]!;
    if (at === this.room[heap]) this.moveOut(heap);
    this.size[heap] = at + 1;
    this.rise(this.start[heap]!, at, time, id);
  }

  /** Takes a heap's earliest entry away. @returns its id. The heap must not be empty. */
  pop(heap: number): number {
    const { times, ids, order } = this;
    const start = this.start[heap]!;
    const first = ids[start]!;
    const size = this.size[heap]! - 1;
    this.size[heap] = size;
    if (size === 0) {
      times[start] = Number.POSITIVE_INFINITY;
      return first;
    }
    let hole = 0;
    let child = 1;
    while (child + 1 < size) {
      const left = times[start + child]!;
      const right = times[start + child + 1]!;
      let earlier = child + Number(right < left);
      if (right === left && order[ids[start + child + 1]!]! < order[ids[start + child]!]!)
        earlier = child + 1;
      times[start + hole] = times[start + earlier]!;
      ids[start + hole] = ids[start + earlier]!;
      hole = earlier;
      child = hole * 2 + 1;
    }
    if (child < size) {
      times[start + hole] = times[start + child]!;
      ids[start + hole] = ids[start + child]!;
      hole = child;
    }
    this.rise(start, hole, times[start + size]!, ids[start + size]!);
    return first;
  }

  private rise(start: number, from: number, time: number, id: number): void {
    const { times, ids, order } = this;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[start + parent]!;
      if (parentTime < time) break;
      if (parentTime === time && order[ids[start + parent]!]! <= order[id]!) break;
      times[start + hole] = parentTime;
      ids[start + hole] = ids[start + parent]!;
      hole = parent;
    }
    times[start + hole] = time;
    ids[start + hole] = id;
  }

  private moveOut(heap: number): void {
    const from = this.start[heap]!;
    const room = this.room[heap]!;
    const to = this.takeBlock(room * 2);
    this.times.copyWithin(to, from, from + room);
    this.ids.copyWithin(to, from, from + room);
    this.start[heap] = to;
    this.room[heap] = room * 2;
    this.spareOf(room).push(from);
  }

  /** @returns the start of a block of `room` entries, whose first says that there are none */
  private takeBlock(room: number): number {
    const spare = this.spareOf(room);
    const start = spare.length > 0 ? spare.pop()! : this.used;
    if (start === this.used) {
      this.used += room;
      if (this.used > this.times.length) {
        const capacity = Math.max(this.used, this.times.length * 2);
        this.times = grownFloat64(this.times, capacity);
        this.ids = grownInt32(this.ids, capacity);
      }
    }
    this.times[start] = Number.POSITIVE_INFINITY;
    return start;
  }

  private spareOf(room: number): number[] {
    const index = 31 - Math.clz32(room);
    while (this.spare.length <= index) this.spare.push([]);
    return this.spare[index]!;
  }
}
