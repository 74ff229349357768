// Hot: called for every message. No allocation but on growth, no closures.
import { EventHeap } from '../../kernel/event-heap.ts';
import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { FailureKind } from '../../observe/failure-kind.ts';
import type { RequestHead } from '../../workload/request-head.ts';
import { EventTable } from './event-table.ts';

const NONE = -1;
/** Why a message was not done when it was received last, as the queue keeps it. */
export const NOT_DONE: readonly FailureKind[] = ['throttled', 'error', 'timedOut', 'interrupted'];
export const THROTTLED = 0;
export const ERROR = 1;
export const TIMED_OUT = 2;
export const INTERRUPTED = 3;

/** A standard queue of Amazon SQS, in numbers. */
export interface QueuePlan {
  /** How long a message that was received stays hidden from others. */
  readonly visibilityTimeoutMicros: number;
  /** A message that was received so often goes to the dead-letter queue instead; Infinity for never. */
  readonly maxReceiveCount: number;
  /** A message that is older is deleted. */
  readonly retentionMicros: number;
  /** Most messages that may be received and not deleted at one time. */
  readonly inFlightMax: number;
}

/**
 * A standard queue of Amazon SQS: messages that can be received, and those that were and are hidden until
 * they are deleted or their visibility timeout is over. Whoever reads it deletes what is done; what is not
 * comes back by itself. First in, first out, which AWS attempts for standard queues and does not promise.
 */
export class MessageQueue {
  /** What each message needs, by row. */
  readonly table = new EventTable();
  /** How many can be received. */
  visible = 0;
  /** By row: why the message was not done when it was received last, as an index of `NOT_DONE`. */
  lastFailure = new Uint8Array(this.table.capacity);
  private readonly plan: QueuePlan;
  private visibleAt = new Float64Array(this.table.capacity);
  /** Hidden messages that nobody handles any more, by the time at which they can be received again. */
  private readonly hidden = new EventHeap(this.table.order);
  private inFlight = 0;
  /** The line of those that can be received: `next` of the table, and the way back. */
  private first = NONE;
  private last = NONE;
  private previous = new Int32Array(this.table.capacity);

  constructor(plan: QueuePlan) {
    this.plan = plan;
  }

  /** When the next hidden message can be received again; Infinity when none will be. */
  get nextAt(): number {
    return this.hidden.nextTime;
  }

  /** Messages that were received and not deleted, and are hidden. */
  get notVisible(): number {
    return this.inFlight;
  }

  /** When the first message in line becomes too old; Infinity when none can be received. */
  get expiresAt(): number {
    const row = this.first;
    return row === NONE ? Number.POSITIVE_INFINITY : this.table.enteredAt[row]! + this.plan.retentionMicros;
  }

  /** A message is sent, and enters the queue after `delay`. @returns its row */
  send(now: number, head: RequestHead, delay: number): number {
    const { table } = this;
    const row = table.open(now, head);
    if (table.capacity > this.visibleAt.length) this.grow();
    table.enteredAt[row] = now + delay;
    this.lastFailure[row] = 0;
    if (delay > 0) this.hidden.push(now + delay, row);
    else this.append(row);
    return row;
  }

  /** The message at `nextAt` can be received (again). */
  reveal(): void {
    const row = this.hidden.pop();
    if (this.table.tries[row]! > 0) this.inFlight--;
    this.append(row);
  }

  /** Whether one more message may be received now. */
  get canReceive(): boolean {
    return this.visible > 0 && this.inFlight < this.plan.inFlightMax;
  }

  /** Takes the first message, which is then hidden. There must be one, see `canReceive`. @returns its row */
  receive(now: number): number {
    const { table } = this;
    const row = this.first;
    this.remove(row);
    this.inFlight++;
    table.tries[row]!++;
    this.visibleAt[row] = now + this.plan.visibilityTimeoutMicros;
    return row;
  }

  /** When a message that was received can be received again, if it is not deleted. */
  visibleAgainAt(row: number): number {
    return this.visibleAt[row]!;
  }

  /** Nobody handles the message any more: it comes back when its visibility timeout is over. */
  release(now: number, row: number): void {
    const at = this.visibleAt[row]!;
    this.hidden.push(at > now ? at : now, row);
  }

  /** The visibility timeout of a message is over, whoever handles it: it can be received again. */
  reappear(row: number): void {
    this.inFlight--;
    this.append(row);
  }

  /** A message that was received is done. */
  delete(row: number): void {
    this.inFlight--;
    this.table.close(row);
  }

  /** A message that was received is done, after it had reappeared and before it was received again. */
  deleteVisible(row: number): void {
    this.remove(row);
    this.table.close(row);
  }

  /** The row of the first message, if it must be taken out at `now`: as too old, or as received too often. */
  overdue(now: number): number {
    const row = this.first;
    if (row === NONE) return NONE;
    const isOld = now - this.table.enteredAt[row]! >= this.plan.retentionMicros;
    return isOld || this.table.tries[row]! >= this.plan.maxReceiveCount ? row : NONE;
  }

  /** Whether a message that is taken out is too old; else it was received too often. */
  isExpired(row: number, now: number): boolean {
    return now - this.table.enteredAt[row]! >= this.plan.retentionMicros;
  }

  /** Takes the first message out, which was overdue. */
  dropFirst(): void {
    this.deleteVisible(this.first);
  }

  /** Takes a message out of the line of those that can be received. */
  private remove(row: number): void {
    const { next } = this.table;
    const { previous } = this;
    const before = previous[row]!;
    const after = next[row]!;
    if (before === NONE) this.first = after;
    else next[before] = after;
    if (after === NONE) this.last = before;
    else previous[after] = before;
    this.visible--;
  }

  private append(row: number): void {
    const { next } = this.table;
    next[row] = NONE;
    this.previous[row] = this.last;
    if (this.last === NONE) this.first = row;
    else next[this.last] = row;
    this.last = row;
    this.visible++;
  }

  private grow(): void {
    const { capacity, order } = this.table;
    this.visibleAt = grownFloat64(this.visibleAt, capacity);
    this.lastFailure = grownUint8(this.lastFailure, capacity);
    this.previous = grownInt32(this.previous, capacity);
    this.hidden.order = order;
  }
}
