// Hot: a row is opened and closed for every batch. No allocation but on growth, no closures.
import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { EventTable } from './event-table.ts';

const NONE = -1;

/** Batches of events on their way to a function, or handled by it: lines of the event table. */
export class BatchTable {
  first = new Int32Array(16);
  private last = new Int32Array(16);
  count = new Int32Array(16);
  /** The work of all its events. */
  cpu = new Float64Array(16);
  wait = new Float64Array(16);
  /** Whether handling one of them fails. */
  fails = new Uint8Array(16);
  openedAt = new Float64Array(16);
  private readonly free: number[] = [];
  private used = 0;

  open(now: number): number {
    const batch = this.free.pop() ?? this.used++;
    if (batch === this.first.length) this.grow();
    this.first[batch] = NONE;
    this.last[batch] = NONE;
    this.count[batch] = 0;
    this.cpu[batch] = 0;
    this.wait[batch] = 0;
    this.fails[batch] = 0;
    this.openedAt[batch] = now;
    return batch;
  }

  close(batch: number): void {
    this.free.push(batch);
  }

  /** How many batches there are. */
  get size(): number {
    return this.used - this.free.length;
  }

  /** Puts an event, which stands in no other line, at the end of a batch. */
  add(batch: number, events: EventTable, row: number): void {
    events.next[row] = NONE;
    if (this.first[batch] === NONE) this.first[batch] = row;
    else events.next[this.last[batch]!] = row;
    this.last[batch] = row;
    this.count[batch]!++;
    this.cpu[batch]! += events.cpu[row]!;
    this.wait[batch]! += events.wait[row]!;
    if (events.fails[row] === 1) this.fails[batch] = 1;
  }

  private grow(): void {
    const capacity = this.first.length * 2;
    this.first = grownInt32(this.first, capacity);
    this.last = grownInt32(this.last, capacity);
    this.count = grownInt32(this.count, capacity);
    this.cpu = grownFloat64(this.cpu, capacity);
    this.wait = grownFloat64(this.wait, capacity);
    this.fails = grownUint8(this.fails, capacity);
    this.openedAt = grownFloat64(this.openedAt, capacity);
  }
}
