// Hot: pushed and popped for every request with a deadline. No allocation but on growth, no closures.
import { EventHeap } from './event-heap.ts';
import { grownFloat64, grownInt32 } from './typed-arrays.ts';

const CAPACITY_MIN = 64;

/**
 * An event heap whose entries keep the rank that they were pushed with: an id may be in it many times, and
 * may stand for something else by the time at which an old entry of it leaves. Who asks `nextRank` can tell.
 */
export class EntryHeap {
  private readonly heap = new EventHeap(new Float64Array(CAPACITY_MIN));
  /** By place: whose entry it is. Places in use are 0 … used − 1 but for those that are free. */
  private idOf = new Int32Array(CAPACITY_MIN);
  private free = new Int32Array(CAPACITY_MIN);
  private freeCount = 0;
  private used = 0;

  /** Time of the earliest entry; Infinity when there is none. */
  get nextTime(): number {
    return this.heap.nextTime;
  }

  /** The rank of the earliest entry. Meaningless when there is none. */
  get nextRank(): number {
    return this.heap.order[this.heap.nextId]!;
  }

  /** @param rank two entries of one time leave in the order of their ranks */
  push(time: number, id: number, rank: number): void {
    const place = this.freeCount > 0 ? this.free[--this.freeCount]! : this.used++;
    if (place === this.idOf.length) this.grow();
    this.idOf[place] = id;
    this.heap.order[place] = rank;
    this.heap.push(time, place);
  }

  /** Takes the earliest entry away. @returns its id. The heap must not be empty. */
  pop(): number {
    const place = this.heap.pop();
    this.free[this.freeCount++] = place;
    return this.idOf[place]!;
  }

  private grow(): void {
    const capacity = this.idOf.length * 2;
    this.idOf = grownInt32(this.idOf, capacity);
    this.free = grownInt32(this.free, capacity);
    this.heap.order = grownFloat64(this.heap.order, capacity);
  }
}
