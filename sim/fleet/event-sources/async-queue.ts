// Hot: called for every event. No allocation but on growth, no closures.
import type { Distribution } from '../../distributions/distribution.ts';
import { EventHeap } from '../../kernel/event-heap.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../../kernel/time.ts';
import { grownInt32 } from '../../kernel/typed-arrays.ts';
import type { Recorder } from '../../observe/recorder.ts';
import type { RequestHead } from '../../workload/request-head.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventSource } from './event-source.ts';
import { EventTable } from './event-table.ts';
import type { SourceParts } from './source-parts.ts';

/** One function's asynchronous invocation, in numbers. */
export interface AsyncPlan {
  readonly kind: 'async';
  /** Further tries after the function has failed. */
  readonly maximumRetryAttempts: number;
  /** An event that is older is given up. */
  readonly maximumEventAgeMicros: number;
  /** From the cause of an event to the event; null for none. */
  readonly deliveryDelay: Distribution | null;
}

/** A function that failed is tried again after a minute, then after two. */
const RETRY_MICROS = [MICROS_PER_MINUTE, 2 * MICROS_PER_MINUTE];
/** What was throttled comes back after a second, then two, four … up to five minutes. */
const BACKOFF_MICROS = MICROS_PER_SECOND;
const BACKOFF_MAX_MICROS = 5 * MICROS_PER_MINUTE;

/**
 * Lambda's own queue of events for one function (Lambda Developer Guide, invocation-async-error-handling and
 * invocation-async, 2026). Each is taken off it at once and alone; the sender had its 202 before.
 */
export class AsyncQueue implements EventSource {
  readonly isBlocked = false;
  private readonly plan: AsyncPlan;
  private readonly functionIndex: number;
  private readonly errorRate: number;
  private readonly deliveries: Deliveries;
  private readonly recorder: Recorder;
  private readonly table = new EventTable();
  /** By row: how often it was throttled since it was last taken in. */
  private throttles = new Int32Array(this.table.capacity);
  private readonly waiting = new EventHeap(this.table.order);
  private readonly fails: Random;
  private readonly delay: Random;

  constructor(plan: AsyncPlan, { functionIndex, program, replication, deliveries, recorder }: SourceParts) {
    const { name, errorRate } = program.workloads[functionIndex]!;
    this.plan = plan;
    this.functionIndex = functionIndex;
    this.errorRate = errorRate;
    this.deliveries = deliveries;
    this.recorder = recorder;
    this.fails = openRandom(program.seed, replication, 'retry-fails', name);
    this.delay = openRandom(program.seed, replication, 'event-delay', name);
  }

  get nextAt(): number {
    return this.waiting.nextTime;
  }

  arrive(now: number, head: RequestHead): void {
    const { table, plan } = this;
    const row = table.open(now, head);
    if (table.capacity > this.throttles.length) this.grow();
    this.throttles[row] = 0;
    this.recorder.queue.change(now, 1);
    const delay = plan.deliveryDelay === null ? 0 : plan.deliveryDelay.sample(this.delay);
    table.enteredAt[row] = now + delay;
    if (delay > 0) this.waiting.push(now + delay, row);
    else this.attempt(now, row);
  }

  act(now: number): void {
    this.attempt(now, this.waiting.pop());
  }

  ended(now: number, row: number, timedOut: boolean): void {
    const { table } = this;
    const sentAt = table.sentAt[row]!;
    if (!timedOut && table.fails[row] === 0) {
      this.deliveries.handled(sentAt, now);
      table.close(row);
      return;
    }
    const tries = ++table.tries[row]!;
    if (tries > this.plan.maximumRetryAttempts) {
      this.deliveries.giveUp(sentAt, timedOut ? 'timedOut' : 'error');
      table.close(row);
      return;
    }
    table.fails[row] = this.errorRate > 0 && this.fails() < this.errorRate ? 1 : 0;
    this.recorder.queue.change(now, 1);
    this.waitUntil(now + RETRY_MICROS[tries - 1]!, row);
  }

  retry(): void {}

  close(): void {
    for (let count = this.table.size; count > 0; count--) this.recorder.cutOff();
  }

  private attempt(now: number, row: number): void {
    const { table, deliveries, recorder } = this;
    if (now - table.enteredAt[row]! >= this.plan.maximumEventAgeMicros) {
      recorder.queue.change(now, -1);
      deliveries.giveUp(table.sentAt[row]!, 'agedOut');
      table.close(row);
    } else if (deliveries.deliver(now, this.functionIndex, table.cpu[row]!, table.wait[row]!, row)) {
      recorder.queue.change(now, -1);
      if (table.tries[row]! > 0) recorder.triedAgain();
      this.throttles[row] = 0;
    } else {
      let backoff = BACKOFF_MICROS;
      for (let count = this.throttles[row]!; count > 0 && backoff < BACKOFF_MAX_MICROS; count--) backoff *= 2;
      this.throttles[row]!++;
      this.waitUntil(now + (backoff < BACKOFF_MAX_MICROS ? backoff : BACKOFF_MAX_MICROS), row);
    }
  }

  /** It is tried then, or given up before if it becomes too old. */
  private waitUntil(at: number, row: number): void {
    const oldestAt = this.table.enteredAt[row]! + this.plan.maximumEventAgeMicros;
    this.waiting.push(at < oldestAt ? at : oldestAt, row);
  }

  private grow(): void {
    this.throttles = grownInt32(this.throttles, this.table.capacity);
    this.waiting.order = this.table.order;
  }
}
