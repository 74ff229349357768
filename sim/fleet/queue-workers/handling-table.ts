// Hot: a row is opened and closed for every message that is received. No allocation but on growth.
import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';

const FREE = 0;
export const ON_CPU = 1;
/** Waiting for others: holds its place on the worker, uses no CPU. */
export const WAITING = 2;
/** Its worker is gone with it; only its entry among those that wait is left. */
export const LOST = 3;

/** Messages that workers are busy with, one row for each time that one was received. */
export class HandlingTable {
  /** Ever rising number, which is the receipt of the message too. */
  order = new Float64Array(256);
  state = new Uint8Array(256);
  worker = new Int32Array(256);
  /** Row of the message in its queue, which may be another's by the time the work ends. */
  message = new Int32Array(256);
  wait = new Float64Array(256);
  /** Whether it fails in the end. */
  fails = new Uint8Array(256);
  private readonly free: number[] = [];
  private opened = 0;
  /** Rows ever used are below this. */
  private used = 0;

  get capacity(): number {
    return this.order.length;
  }

  /** A row for what is received next. May grow the columns: read them anew. */
  open(): number {
    const row = this.free.length > 0 ? this.free.pop()! : this.used++;
    if (row === this.order.length) this.grow();
    this.order[row] = this.opened++;
    return row;
  }

  close(row: number): void {
    this.state[row] = FREE;
    this.free.push(row);
  }

  /** What a worker is busy with, first received first. Looks at every row: for rare events. */
  rowsOf(worker: number): number[] {
    const rows: number[] = [];
    for (let row = 0; row < this.used; row++) {
      const state = this.state[row];
      if (this.worker[row] === worker && (state === ON_CPU || state === WAITING)) rows.push(row);
    }
    return rows.sort((a, b) => this.order[a]! - this.order[b]!);
  }

  private grow(): void {
    const capacity = this.order.length * 2;
    this.order = grownFloat64(this.order, capacity);
    this.state = grownUint8(this.state, capacity);
    this.worker = grownInt32(this.worker, capacity);
    this.message = grownInt32(this.message, capacity);
    this.wait = grownFloat64(this.wait, capacity);
    this.fails = grownUint8(this.fails, capacity);
  }
}
