// Hot: one update for every arrival and departure. No allocation but on growth, no closures.
import { grownFloat64, grownInt32 } from './typed-arrays.ts';

/**
 * A binary heap of ids, each with one key that may be changed or withdrawn at any time, smallest first; equal
 * keys leave in the order of `order[id]`, which its owner may set before an update.
 *
 * Keys lie in the order of the heap, so that two children are side by side, and the smaller child is picked
 * by arithmetic: a branch on random keys would be guessed wrong every other time.
 */
export class IndexedHeap {
  size = 0;
  /** The smallest key; Infinity when the heap is empty. */
  nextKey = Number.POSITIVE_INFINITY;
  order: Float64Array;
  /** By place in the heap, as `ids`. */
  private keys: Float64Array;
  private places: Int32Array;
  private ids: Int32Array;

  /** @param capacity ids are 0 … capacity − 1, until it grows */
  constructor(capacity: number) {
    this.order = new Float64Array(capacity);
    this.keys = new Float64Array(capacity);
    this.places = new Int32Array(capacity).fill(-1);
    this.ids = new Int32Array(capacity);
  }

  /** The id with the smallest key. Meaningless when the heap is empty. */
  get nextId(): number {
    return this.ids[0]!;
  }

  /** Makes room for ids below `capacity`. */
  grow(capacity: number): void {
    const known = this.keys.length;
    this.order = grownFloat64(this.order, capacity);
    this.keys = grownFloat64(this.keys, capacity);
    this.ids = grownInt32(this.ids, capacity);
    this.places = grownInt32(this.places, capacity).fill(-1, known);
  }

  has(id: number): boolean {
    return this.places[id]! >= 0;
  }

  /** Puts `id` in with `key`, or changes its key. */
  set(id: number, key: number): void {
    let place = this.places[id]!;
    if (place < 0) place = this.size++;
    this.sink(id, key, this.rise(id, key, place));
    this.nextKey = this.keys[0]!;
  }

  /** Takes `id` out; nothing happens when it is not in. */
  remove(id: number): void {
    const place = this.places[id]!;
    if (place < 0) return;
    this.places[id] = -1;
    const last = --this.size;
    if (place !== last) {
      const lastId = this.ids[last]!;
      const key = this.keys[last]!;
      this.sink(lastId, key, this.rise(lastId, key, place));
    }
    this.nextKey = last === 0 ? Number.POSITIVE_INFINITY : this.keys[0]!;
  }

  private rise(id: number, key: number, from: number): number {
    const { keys, places, ids, order } = this;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentKey = keys[parent]!;
      const parentId = ids[parent]!;
      if (parentKey < key || (parentKey === key && order[parentId]! <= order[id]!)) break;
      keys[hole] = parentKey;
      ids[hole] = parentId;
      places[parentId] = hole;
      hole = parent;
    }
    return hole;
  }

  private sink(id: number, key: number, from: number): void {
    const { keys, places, ids, order, size } = this;
    let hole = from;
    let child = hole * 2 + 1;
    while (child < size) {
      if (child + 1 < size) {
        const left = keys[child]!;
        const right = keys[child + 1]!;
        if (right === left) child += Number(order[ids[child + 1]!]! < order[ids[child]!]!);
        else child += Number(right < left);
      }
      const childKey = keys[child]!;
      const childId = ids[child]!;
      if (key < childKey || (key === childKey && order[id]! <= order[childId]!)) break;
      keys[hole] = childKey;
      ids[hole] = childId;
      places[childId] = hole;
      hole = child;
      child = hole * 2 + 1;
    }
    keys[hole] = key;
    ids[hole] = id;
    places[id] = hole;
  }
}
