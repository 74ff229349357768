// Hot: a row is opened and closed for every request. No allocation but on growth, no closures.
import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';

export const FREE = 0;
/** In the backlog of its instance. */
export const QUEUED = 1;
export const ON_CPU = 2;
/** Waiting for others: holds its place in service, uses no CPU. */
export const WAITING = 3;
/** Its server is gone with it; only its entry among those that wait is left. */
export const LOST = 4;

const NONE = -1;

/** Requests that are in the system, one row each, and the backlogs that they form. */
export class RequestTable {
  /** Ever rising number of the request, by row: breaks ties. */
  order = new Float64Array(256);
  state = new Uint8Array(256);
  /** The client has given up: the server goes on, and nobody counts the end. */
  abandoned = new Uint8Array(256);
  arrivedAt = new Float64Array(256);
  cpu = new Float64Array(256);
  wait = new Float64Array(256);
  workload = new Int32Array(256);
  instance = new Int32Array(256);
  user = new Int32Array(256);
  ticket = new Int32Array(256);
  fails = new Uint8Array(256);
  giveUpAt = new Float64Array(256);
  patienceEndsAt = new Float64Array(256);
  private next = new Int32Array(256);
  private previous = new Int32Array(256);
  private free: number[] = [];
  private opened = 0;
  /** Rows ever used are below this. */
  used = 0;

  get capacity(): number {
    return this.order.length;
  }

  /** A row for the next request. May grow the columns: read them anew. */
  open(): number {
    const row = this.free.length > 0 ? this.free.pop()! : this.used++;
    if (row === this.order.length) this.grow();
    this.order[row] = this.opened++;
    this.abandoned[row] = 0;
    return row;
  }

  /** Whether a row holds a request that has not ended. */
  isOpen(row: number): boolean {
    return this.state[row] !== FREE && this.state[row] !== LOST;
  }

  /** The requests of an instance in the order of their arrival. Looks at every row: for rare events. */
  rowsOf(instance: number): number[] {
    const rows: number[] = [];
    for (let row = 0; row < this.used; row++) {
      if (this.isOpen(row) && this.instance[row] === instance) rows.push(row);
    }
    return rows.sort((a, b) => this.order[a]! - this.order[b]!);
  }

  close(row: number): void {
    this.state[row] = FREE;
    this.free.push(row);
  }

  /** Puts a row at the end of a backlog. */
  append(backlog: Backlog, row: number): void {
    this.next[row] = NONE;
    this.previous[row] = backlog.last;
    if (backlog.last === NONE) backlog.first = row;
    else this.next[backlog.last] = row;
    backlog.last = row;
    backlog.length++;
  }

  /** Takes a row out of its backlog, from wherever it stands. */
  unlink(backlog: Backlog, row: number): void {
    const next = this.next[row]!;
    const previous = this.previous[row]!;
    if (previous === NONE) backlog.first = next;
    else this.next[previous] = next;
    if (next === NONE) backlog.last = previous;
    else this.previous[next] = previous;
    backlog.length--;
  }

  private grow(): void {
    const capacity = this.order.length * 2;
    this.order = grownFloat64(this.order, capacity);
    this.state = grownUint8(this.state, capacity);
    this.abandoned = grownUint8(this.abandoned, capacity);
    this.arrivedAt = grownFloat64(this.arrivedAt, capacity);
    this.cpu = grownFloat64(this.cpu, capacity);
    this.wait = grownFloat64(this.wait, capacity);
    this.workload = grownInt32(this.workload, capacity);
    this.instance = grownInt32(this.instance, capacity);
    this.user = grownInt32(this.user, capacity);
    this.ticket = grownInt32(this.ticket, capacity);
    this.fails = grownUint8(this.fails, capacity);
    this.giveUpAt = grownFloat64(this.giveUpAt, capacity);
    this.patienceEndsAt = grownFloat64(this.patienceEndsAt, capacity);
    this.next = grownInt32(this.next, capacity);
    this.previous = grownInt32(this.previous, capacity);
  }
}

/** A first-in first-out line of rows. */
export class Backlog {
  first = NONE;
  last = NONE;
  length = 0;
}
