// Hot: called for every message. No allocation but on growth, no closures.
import { grownInt32 } from '../../kernel/typed-arrays.ts';

const NONE = -1;
/** In place of the row before, of rows that do not stand in the line. */
const OUT = -2;

/** Messages of a queue in one order, by age or as they were received; any one can be taken out. */
export class MessageLine {
  /** The row of the first one; −1 for none. */
  first = NONE;
  private last = NONE;
  private next = new Int32Array(0);
  private previous = new Int32Array(0);

  /** Makes room for rows below `capacity`. */
  grow(capacity: number): void {
    const known = this.previous.length;
    this.next = grownInt32(this.next, capacity);
    this.previous = grownInt32(this.previous, capacity).fill(OUT, known);
  }

  has(row: number): boolean {
    return this.previous[row] !== OUT;
  }

  append(row: number): void {
    const { last } = this;
    this.next[row] = NONE;
    this.previous[row] = last;
    if (last === NONE) this.first = row;
    else this.next[last] = row;
    this.last = row;
  }

  prepend(row: number): void {
    const { first } = this;
    this.next[row] = first;
    this.previous[row] = NONE;
    if (first === NONE) this.last = row;
    else this.previous[first] = row;
    this.first = row;
  }

  remove(row: number): void {
    const before = this.previous[row]!;
    const after = this.next[row]!;
    if (before === NONE) this.first = after;
    else this.next[before] = after;
    if (after === NONE) this.last = before;
    else this.previous[after] = before;
    this.previous[row] = OUT;
  }
}
