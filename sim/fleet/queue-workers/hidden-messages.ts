// Hot: called for every message. No allocation but on growth, no closures.
import { grownInt32 } from '../../kernel/typed-arrays.ts';

const NONE = -1;

/**
 * Messages that were received and are hidden, in the order in which they were: every one is hidden for as
 * long as the next, so the first in line is the first to come back.
 */
export class HiddenMessages {
  /** The row of the first one; −1 for none. */
  first = NONE;
  private last = NONE;
  private next = new Int32Array(0);
  private previous = new Int32Array(0);

  /** Makes room for rows below `capacity`. */
  grow(capacity: number): void {
    this.next = grownInt32(this.next, capacity);
    this.previous = grownInt32(this.previous, capacity);
  }

  append(row: number): void {
    const { last } = this;
    this.next[row] = NONE;
    this.previous[row] = last;
    if (last === NONE) this.first = row;
    else this.next[last] = row;
    this.last = row;
  }

  remove(row: number): void {
    const before = this.previous[row]!;
    const after = this.next[row]!;
    if (before === NONE) this.first = after;
    else this.next[before] = after;
    if (after === NONE) this.last = before;
    else this.previous[after] = before;
  }
}
