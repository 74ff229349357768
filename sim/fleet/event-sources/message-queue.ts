// Hot: called for every message. No allocation but on growth, no closures.
import { EventHeap } from '../../kernel/event-heap.ts';
import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { FailureKind } from '../../observe/failure-kind.ts';
import type { RequestHead } from '../../workload/request-head.ts';
import { EventTable } from './event-table.ts';
import { MessageLine } from './message-line.ts';

const NONE = -1;
/** In place of the time at which a message can be received again, of those that can be received. */
const VISIBLE = -1;
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
  /** All that may become too old, oldest first: in line, one that came back stands behind younger ones. */
  private readonly ages = new MessageLine();

  constructor(plan: QueuePlan) {
    this.plan = plan;
    this.ages.grow(this.table.capacity);
  }

  /** When the next hidden message can be received again; Infinity when none will be. */
  get nextAt(): number {
    return this.hidden.nextTime;
  }

  /** Messages that were received and not deleted, and are hidden. */
  get notVisible(): number {
    return this.inFlight;
  }

  /** When the oldest message becomes too old; Infinity when there is none. */
  get expiresAt(): number {
    const row = this.ages.first;
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
    else this.enter(row);
    return row;
  }

  /** The message at `nextAt` can be received (again). */
  reveal(): void {
    const row = this.hidden.pop();
    if (this.table.tries[row]! > 0) this.reappear(row);
    else this.enter(row);
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
    if (!this.ages.has(row)) this.ages.prepend(row);
    this.append(row);
  }

  /** A message that was received is done. */
  delete(row: number): void {
    this.inFlight--;
    this.forget(row);
  }

  /** A message that was received is done, after it had reappeared and before it was received again. */
  deleteVisible(row: number): void {
    this.remove(row);
    this.forget(row);
  }

  /**
   * A message that must be taken out at `now`: one that is too old, wherever it stands, or the first, if it
   * was received too often. One that is being handled is left to whoever does.
   * @returns its row, −1 when there is none
   */
  overdue(now: number): number {
    const tooOld = this.expired(now);
    if (tooOld !== NONE) return tooOld;
    const row = this.first;
    return row !== NONE && this.table.tries[row]! >= this.plan.maxReceiveCount ? row : NONE;
  }

  /** A message that can be received and is too old; −1 when there is none, and `expiresAt` is later. */
  expired(now: number): number {
    const { ages } = this;
    for (let row = ages.first; row !== NONE && this.isExpired(row, now); row = ages.first) {
      if (this.visibleAt[row] === VISIBLE) return row;
      ages.remove(row);
    }
    return NONE;
  }

  /** Whether a message is too old. */
  isExpired(row: number, now: number): boolean {
    return now - this.table.enteredAt[row]! >= this.plan.retentionMicros;
  }

  private enter(row: number): void {
    this.ages.append(row);
    this.append(row);
  }

  private forget(row: number): void {
    if (this.ages.has(row)) this.ages.remove(row);
    this.table.close(row);
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
    this.visibleAt[row] = VISIBLE;
    this.visible++;
  }

  private grow(): void {
    const { capacity, order } = this.table;
    this.visibleAt = grownFloat64(this.visibleAt, capacity);
    this.lastFailure = grownUint8(this.lastFailure, capacity);
    this.previous = grownInt32(this.previous, capacity);
    this.hidden.order = order;
    this.ages.grow(capacity);
  }
}
