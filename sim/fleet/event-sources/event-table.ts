// Hot: a row is opened and closed for every event. No allocation but on growth, no closures.
import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { RequestHead } from '../../workload/request-head.ts';

/** Events that have been sent and are neither handled nor given up, one row each. */
export class EventTable {
  /** Ever rising number of the event, by row: breaks ties. */
  order = new Float64Array(64);
  /** When it was sent, and when it entered the source. */
  sentAt = new Float64Array(64);
  enteredAt = new Float64Array(64);
  workload = new Int32Array(64);
  cpu = new Float64Array(64);
  wait = new Float64Array(64);
  /** Whether handling it fails the next time. */
  fails = new Uint8Array(64);
  /** How often handling it has failed, or it was received. */
  tries = new Int32Array(64);
  /** The next one in the line that it stands in. */
  next = new Int32Array(64);
  private readonly free: number[] = [];
  private opened = 0;
  /** Rows ever used are below this. */
  private used = 0;

  get capacity(): number {
    return this.order.length;
  }

  /** A row for the event at the head of the feed. May grow the columns: read them anew. */
  open(now: number, head: RequestHead): number {
    const row = this.free.pop() ?? this.used++;
    if (row === this.order.length) this.grow();
    this.order[row] = this.opened++;
    this.sentAt[row] = now;
    this.enteredAt[row] = now;
    this.workload[row] = head.workload;
    this.cpu[row] = head.cpu;
    this.wait[row] = head.wait;
    this.fails[row] = head.fails;
    this.tries[row] = 0;
    return row;
  }

  close(row: number): void {
    this.free.push(row);
  }

  /** How many events are there. */
  get size(): number {
    return this.used - this.free.length;
  }

  private grow(): void {
    const capacity = this.order.length * 2;
    this.order = grownFloat64(this.order, capacity);
    this.sentAt = grownFloat64(this.sentAt, capacity);
    this.enteredAt = grownFloat64(this.enteredAt, capacity);
    this.workload = grownInt32(this.workload, capacity);
    this.cpu = grownFloat64(this.cpu, capacity);
    this.wait = grownFloat64(this.wait, capacity);
    this.fails = grownUint8(this.fails, capacity);
    this.tries = grownInt32(this.tries, capacity);
    this.next = grownInt32(this.next, capacity);
  }
}
